// A host keeps its memory, at work and attacked: the wasm core as it is shipped, its loader included, over a million steps and under bad
// calls without end.

import assert from "node:assert/strict";
import { test } from "node:test";

import { startCore } from "./support/raw-core.mjs";

const STEPS = 1_000_000;
const CALLS = 100_000;
const WARM = 1_000;
const PAGE = 65_536;

const context = (more) => JSON.stringify({
  now: Date.UTC(2026, 0, 1),
  entropy: "00112233445566778899aabbccddeeff",
  gateway: { provider: "simulator", keyWindowMs: 86_400_000, inquire: ["ourReference"] },
  checkout: { id: "c1", webstoreId: "w1", status: "open", amount: "129.90", currencyIsoCode: "USD", digest: "d" },
  orderReferenceNumber: "O-1",
  ...more,
});
const bytes = (text) => new TextEncoder().encode(text);
const good = JSON.stringify({ requestType: "Auth", paymentToken: "tok_1" });

function load() {
  const { core, exports } = startCore();
  return { core, pages: () => exports.memory.buffer.byteLength / PAGE };
}

// Every export, each with what is wrong in another way: texts that are no texts of the contract, states that are damaged,
// and bodies that are refused only after all of them was read.
function badCalls(core, state) {
  const damaged = state.replace('"operations":', '"operatoins":');
  const long = `${" ".repeat(4_000)}{`;
  const deep = "[".repeat(2_000);
  const wide = JSON.stringify({ requestType: "Auth", paymentToken: "t".repeat(4_000), paymentsData: { a: "\u0000" } });
  return [
    () => core.beginCheckoutPayment(context(), "", Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x7d)),
    () => core.beginCheckoutPayment(context(), state, bytes(wide)),
    () => core.beginCheckoutPayment(context({ contentType: "application/xml", accept: "application/xml" }), state, bytes("<a>".repeat(500))),
    () => core.beginCheckoutPayment("", damaged, bytes(good)),
    () => core.advance(context({ callId: "op_none/0/1/first" }), state, "{}"),
    () => core.advance(context({ callId: "op_none/0/1/first" }), damaged, deep),
    () => core.recover(context(), damaged),
    () => core.recover(long, state),
    () => core.notify(context(), state, '{"provider":"simulator","gatewayReference":"gw_none","event":"succeeded"}'),
    () => core.notify(context(), state, deep),
    () => core.placeOrder(context({ checkout: undefined }), state),
    () => core.placeOrder(context(), damaged),
    () => core.readPayments(context(), damaged),
    () => core.readPayments(deep, ""),
    () => core.explain(context(), damaged),
    () => core.explain(context(), deep),
    () => core.listUnresolved(context(), damaged),
    () => core.listUnresolved(long, state),
    ...["applyPayment", "unapplyPayment", "applyRefund", "ingestInvoice", "postInvoice", "voidInvoice", "cancelInvoice"].flatMap((name) => [
      () => core[name](context({ recordId: `pay_${"0".repeat(26)}`, lineId: "x" }), "", bytes(wide)),
      () => core[name](context({ recordId: `inv_${"0".repeat(26)}`, loaded: [{ name: `invoice/inv_${"0".repeat(26)}`, key: "k" }] }), damaged, bytes(deep)),
    ]),
    ...["changePaymentMethod", "importPaymentMethod", "importPaymentMethods"].flatMap((name) => [
      () => core[name](context({ paymentMethodId: "spm_x" }), "", bytes(wide)),
      () => core[name](context({ paymentMethodId: "spm_x", loaded: [{ name: "spm_x", key: "account/x" }] }), damaged, bytes(deep)),
    ]),
    ...["savePaymentMethods", "cancelPaymentMethod", "readPaymentMethod", "listPaymentMethods"].map((name) => () => core[name](context({ paymentMethodId: "spm_x", accountId: "x", groupKey: "g", loaded: [{ name: "spm_x", key: "account/x" }] }), damaged)),
    ...["createRecord", "updateRecord"].flatMap((name) => [
      () => core[name](context({ object: "Payment", recordId: `pay_${"0".repeat(26)}` }), "", bytes(wide)),
      () => core[name](context({ object: "Payment", recordId: `pay_${"0".repeat(26)}`, loaded: [{ name: `pay_${"0".repeat(26)}`, key: "k" }] }), damaged, bytes('{"Amount":"1e3","Status":"Draft"}')),
    ]),
    () => core.giveUpRecord(context({ object: "Payment", recordId: `pay_${"0".repeat(26)}` }), ""),
    () => core.giveUpRecord(context({ object: "Payment", recordId: `pay_${"0".repeat(26)}`, loaded: [{ name: `pay_${"0".repeat(26)}`, key: "k" }] }), damaged),
    () => core.readInvoice(context({ recordId: `inv_${"0".repeat(26)}`, loaded: [{ name: `invoice/inv_${"0".repeat(26)}`, key: "k" }] }), damaged),
    () => core.readInvoice(deep, long),
    () => core.listRows(context(), damaged),
    () => core.listRows(long, state),
    () => core.locatePayments(context({ operation: "captures" }), bytes(deep)),
    () => core.beginPayments(context({ operation: "captures", targetId: "pauth_none" }), state, bytes('{"amount":"1e3"}')),
    () => core.beginPayments(context({ operation: "sales" }), damaged, bytes(wide)),
    () => core.validate(wide, "{}"),
    () => core.validate(long, "no options"),
    () => core.preview(damaged, good, "{}"),
    () => core.preview("{}", deep, '{"amount":"1e3","currencyIsoCode":"USD"}'),
    () => core.currencyDecimals("💳".repeat(100)),
    () => core.formatMoney("9".repeat(1_000), "USD"),
  ];
}

const answered = { resultCode: "Success", amount: "129.90", currencyIsoCode: "USD" };

// Each step of a first payment, of a second one that lets go of it, of a refusal, of an unknown that recovery asks about, and the reading
// of what came of them: as a host asks for them, with the states that they lead to.
function steps(core) {
  const all = [];
  let now = Date.UTC(2026, 0, 1);
  const step = (name, more, ...rest) => {
    const told = context({ now: (now += 1), entropy: now.toString(16).padStart(32, "0"), rows: true, takeOver: true, ...more });
    const ask = () => core[name](told, ...rest);
    all.push(ask);
    const [header, state, body] = ask().split("\n");
    return { ...JSON.parse(header), state, body };
  };
  const begin = (state) => step("beginCheckoutPayment", {}, state, bytes(good));
  const advance = ({ call, state }, outcome) => step("advance", { callId: call.id }, state, JSON.stringify(outcome));
  const success = (begun, reference) => advance(begun, { ...answered, gatewayReference: reference });

  const first = success(begin(""), "gw_1");
  const released = success(begin(first.state), "gw_2");
  const second = success(released, "gw_3");
  const refused = advance(begin(""), { resultCode: "Decline", gatewayResultCode: "05" });
  const unknown = advance(begin(""), { resultCode: "Indeterminate" });
  now += 3_600_000;
  const asked = step("recover", {}, unknown.state);
  const settled = success(asked, "gw_4");
  const noticed = step("notify", {}, second.state, JSON.stringify({ provider: "simulator", gatewayReference: "gw_3", event: "failed", amount: "129.90", currencyIsoCode: "USD" }));
  assert.deepEqual([first, second, refused, settled].map(({ status }) => status), [201, 201, 422, 201]);
  assert.notEqual(asked.call, undefined);
  for (const { state } of [first, second, settled]) for (const name of ["readPayments", "explain", "listUnresolved", "listRows"]) step(name, {}, state);
  assert.ok(noticed.body !== undefined);
  return all;
}

test(`${STEPS} steps leave the memory where it was after ${WARM}`, async () => {
  const { core, pages } = load();
  const all = steps(core);
  const take = (from, to) => { for (let at = from; at < to; at += 1) all[at % all.length](); };
  take(0, WARM);
  const before = pages();
  take(WARM, STEPS);
  assert.equal(pages(), before, "pages of 64 KiB");
});

test(`${CALLS} bad calls take no more memory than the first ${WARM}`, async () => {
  const { core, pages } = load();
  const state = core.beginCheckoutPayment(context(), "", bytes(good)).split("\n")[1];
  const calls = badCalls(core, state);
  const called = new Set(badCalls(new Proxy({}, { get: (_, name) => () => name }), state).map((call) => call()));
  const exported = Object.entries(core).filter(([name, value]) => typeof value === "function" && !name.startsWith("__") && !["default", "initSync"].includes(name));
  assert.deepEqual([...called].sort(), exported.map(([name]) => name).sort(), "every export is called");

  const call = (from, to) => { for (let at = from; at < to; at += 1) calls[at % calls.length](); };
  call(0, WARM);
  const before = pages();
  call(WARM, CALLS);
  assert.equal(pages(), before, "pages of 64 KiB");
});
