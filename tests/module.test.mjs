// Texts on their way into a module and out of it, and what is left of them there. `formatMoney` answers what is no money as it came: an
// echo of any text.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";

import { tamper } from "./support/tampered-core.mjs";

const { createBuild } = await import(new URL("../pkg/dist/wasm.js", import.meta.url).href);
const { createModule } = await import(new URL("../pkg/dist/module.js", import.meta.url).href);
const PAGE = 65_536;

for (const name of ["storefront", "core"]) describe(name, () => {
  const FILE = new URL(import.meta.resolve(`checkout-payments/${name}.wasm`));
  const compiled = new WebAssembly.Module(readFileSync(FILE));

  /** A module of each test's own, and the size of its memory. */
  function started() {
    const module = createModule();
    const { memory } = module.start(compiled);
    return { echo: (text) => module.text("formatMoney", text, "USD"), module, pages: () => memory.buffer.byteLength / PAGE };
  }

  test("the first answer may be empty", () => {
    assert.equal(started().echo(""), "");
  });

  for (const [name, text] of [
    ["ASCII", "an amount"],
    ["characters of two, three and four bytes", "Straße, 10 €, 𝟎"],
    ["a byte order mark", "\uFEFFx"],
    ["a zero byte", "a\0b"],
    ["characters of three bytes, many", "€".repeat(8 * 1024)],
    ["more than the module's first memory", "€𝟎 ".repeat(1_000_000)],
  ]) {
    test(`${name}: in and out unchanged`, () => {
      const { echo } = started();
      assert.equal(echo(text), text);
      assert.equal(echo("129.9"), "$129.90", "and the next is not disturbed");
      assert.equal(echo(text), text);
    });
  }

  test("bytes are taken as the text they are of", () => {
    const { module } = started();
    const utf8 = (text) => new TextEncoder().encode(text);
    assert.equal(module.text("formatMoney", utf8("10 €"), "USD"), "10 €");
    assert.equal(module.text("formatMoney", "129.9", utf8("EUR")), "€129.90");
    assert.equal(module.text("preview", "{}", utf8('{"requestType":"Auth"}'), "{"), module.text("preview", "{}", '{"requestType":"Auth"}', "{"));
  });

  test("a lone surrogate becomes the replacement character, as wherever text is encoded", () => {
    assert.equal(started().echo("a\uD800b"), "a\uFFFDb");
  });

  test("three texts of one call do not get into each other's way", () => {
    const { module } = started();
    const existing = JSON.stringify({ livePayment: { recordId: "gone" }, note: "x".repeat(8_000) });
    const request = JSON.stringify({ requestType: "Auth", note: "€".repeat(8_000) });
    const options = JSON.stringify({ amount: "99.00", currencyIsoCode: "EUR", note: "𝟎".repeat(4_000) });
    for (let call = 0; call < 5; call++) {
      assert.equal(JSON.parse(module.text("preview", existing, request, options)).summary, "€99.00 will be authorized.");
    }
  });

  test("numbers, and none", () => {
    const { module } = started();
    assert.deepEqual(["JPY", "USD", "KWD", "UYW", "", "usd", "€"].map((code) => module.number("currencyDecimals", code)), [0, 2, 3, 4, undefined, undefined, undefined]);
  });

  test("calls leave nothing behind in the module's memory", () => {
    const { echo, module, pages } = started();
    const calls = (count) => {
      for (let call = 0; call < count; call++) {
        echo("€".repeat(call % 2_000));
        module.number("currencyDecimals", "USD");
        module.text("validate", `{"requestType":"Auth","paymentsData":{"${"x".repeat(call % 50)}":1}}`, "{}");
        module.text("preview", "{}", "[", "");
      }
    };
    calls(2_000);
    const before = pages();
    calls(20_000);
    assert.equal(pages(), before);
  });

  test("after a panic, in whatever state it left the memory, the next call meets a fresh instance", async () => {
    const build = createBuild(() => FILE, "");
    await build.load(tamper({ formatMoney: 77 }, FILE));
    const format = (currency) => build.text("formatMoney", "129.9", currency);
    assert.equal(format("USD"), "$129.90");
    for (let time = 0; time < 3; time++) {
      assert.throws(() => format("x".repeat(77)), { code: "core_panicked", message: /^The payments core stopped in formatMoney: / });
      assert.equal(format("USD"), "$129.90");
    }
  });
});
