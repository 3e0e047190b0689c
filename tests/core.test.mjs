// The raw core as other hosts use it, and what becomes of a core that stops.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as core from "checkout-payments/core";
import { amountText, fromMinorUnits, toMinorUnits } from "checkout-payments/server";

const context = JSON.stringify({
  now: Date.UTC(2026, 0, 1),
  entropy: "00112233445566778899aabbccddeeff",
  gateway: { provider: "simulator", keyWindowMs: 86_400_000, inquire: ["ourReference"] },
  checkout: { id: "c1", webstoreId: "w1", status: "open", amount: "129.90", currencyIsoCode: "USD", digest: "d" },
});
const body = new TextEncoder().encode('{"requestType":"Auth","paymentToken":"sim_ok"}');

test("a step is three lines; the same input gives the same step", () => {
  const step = core.beginCheckoutPayment(context, "", body);
  assert.equal(step.split("\n").length, 3);
  const header = JSON.parse(step.split("\n")[0]);
  assert.equal(header.commit, true);
  assert.equal(header.call.operation, "authorize");
  assert.equal(core.beginCheckoutPayment(context, "", body), step);
});

test("nonsense from a host is answered, never thrown, and the next call works", () => {
  for (const use of [
    () => core.beginCheckoutPayment("", "", body),
    () => core.beginCheckoutPayment(context, "{}", body),
    () => core.beginCheckoutPayment(context, "[".repeat(1_000_000), body),
    () => core.advance(context, "", ""),
    () => core.recover("null", "null"),
    () => core.notify(context, "x", "y"),
    () => core.placeOrder("{}", ""),
    () => core.readPayments("\u0000", ""),
  ]) {
    const header = JSON.parse(use().split("\n")[0]);
    assert.equal(header.status, 500);
    assert.notEqual(header.commit, true);
  }
  assert.equal(JSON.parse(core.validate("[".repeat(1_000_000), "{}")).status, 400);
  assert.equal(core.formatMoney("129.9", "USD"), "$129.90");
});

test("a core that stops is an error with a code, and starts afresh", async () => {
  const { guarded } = await import(new URL("../pkg/dist/wasm.js", import.meta.url).href);
  // (module (func (export "f") unreachable)): what a panic is in WebAssembly
  const bytes = Uint8Array.from([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11]);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
  let resets = 0;
  const module = { restart: () => (resets += 1) };
  assert.throws(() => guarded(module, "f", exports.f), { name: "PaymentsError", code: "core_panicked" });
  assert.equal(resets, 1);
  const endless = () => endless() + 1;
  assert.throws(() => guarded(module, "endless", endless), { code: "core_panicked" });
  assert.equal(resets, 2);
  assert.throws(() => guarded(module, "f", () => { throw new TypeError("x"); }), TypeError);
  assert.equal(guarded(module, "f", () => 7), 7);
  assert.equal(resets, 2);
});

test("currencies have the decimals of ISO 4217", () => {
  for (const [code, decimals] of [["USD", 2], ["JPY", 0], ["CLP", 0], ["UYI", undefined], ["KWD", 3], ["CLF", 4], ["XXQ", undefined], ["usd", undefined], ["", undefined]]) {
    assert.equal(core.currencyDecimals(code), decimals, code);
  }
});

test("amounts of hosts: read, summed and printed exactly", () => {
  for (const [given, text] of [["0", "0"], ["129.90", "129.90"], [129.9, "129.9"], [0.1, "0.1"], ["999999999999999999", "999999999999999999"]]) assert.equal(amountText(given), text);
  for (const wrong of ["", " 1", "1e3", "1_000", ".5", "1.", "+1", "-1", "01", "0x1", "1,5", "1".repeat(19), -1, 1e21, 1e-7, 0.1 + 0.2, NaN, Infinity, null, undefined, true, [], {}, 1n]) {
    assert.equal(amountText(wrong), undefined, String(wrong));
  }
  for (const [text, currency, units] of [["129.9", "USD", 12990n], ["129", "JPY", 129n], ["1.234", "KWD", 1234n], ["0.01", "EUR", 1n], ["0", "USD", 0n]]) {
    assert.equal(toMinorUnits(text, currency), units);
    assert.equal(toMinorUnits(fromMinorUnits(units, currency), currency), units);
  }
  for (const [text, currency] of [["1.5", "JPY"], ["1.001", "USD"], ["x", "USD"], ["1", "XXQ"]]) assert.equal(toMinorUnits(text, currency), undefined);
  assert.equal(fromMinorUnits(-5n, "USD"), "-0.05");
  assert.equal(fromMinorUnits(7n, "JPY"), "7");
});
