// How a build is loaded, whatever the host: once, by whoever is first, again after a failure; and what the errors of hosts that can't be tried here
// come to. tests/runtimes has the real ones.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

const { createBuild } = await import(new URL("../pkg/dist/wasm.js", import.meta.url).href);
const FILE = new URL(import.meta.resolve("checkout-payments/storefront.wasm"));

/** A build of this test's own, not started yet. */
const freshBuild = (address = () => FILE) => createBuild(address, "Call it first.");
const format = (build) => build.text("formatMoney", "129.9", "USD");

test("at the first use, from the file", async () => {
  let asked = 0;
  const build = freshBuild(() => {
    asked += 1;
    return FILE;
  });
  assert.equal(asked, 0, "an import alone looks nothing up");
  assert.equal(format(build), "$129.90");
  assert.equal(format(build), "$129.90");
  await build.load();
  assert.equal(asked, 1);
});

test("loads at the same time are one, and a later source is not looked at", async () => {
  let asked = 0;
  const build = freshBuild(() => {
    asked += 1;
    return FILE;
  });
  await Promise.all([build.load(), build.load(), build.load("http://127.0.0.1:1/")]);
  await build.load(new Uint8Array());
  assert.equal(asked, 1);
  assert.equal(format(build), "$129.90");
});

test("a failed load is forgotten: the next source is looked at", async () => {
  const build = freshBuild();
  await assert.rejects(build.load(new Response("gone", { status: 404 })), { code: "core_load_failed", retryable: true });
  await assert.rejects(build.load(new Response("<!doctype html>")), /the given source is no WebAssembly/);
  await assert.rejects(build.load(new URL("file:///nowhere/at/all.wasm")), { code: "core_load_failed", retryable: false });
  await build.load(readFile(FILE));
  assert.equal(format(build), "$129.90");
});

test("a module that the host has is used, unless another source comes first", async () => {
  const module = await WebAssembly.compile(await readFile(FILE));
  const nowhere = () => assert.fail("the address is not needed");
  const atOnce = freshBuild(nowhere);
  atOnce.provide(module);
  assert.equal(format(atOnce), "$129.90");

  const asked = freshBuild(nowhere);
  asked.provide(module);
  await asked.load();
  assert.equal(format(asked), "$129.90");

  const overridden = freshBuild(nowhere);
  overridden.provide(module);
  await assert.rejects(overridden.load(new Uint8Array([1, 2, 3, 4])), { code: "core_load_failed" });
});

test("where the file is not on a disk it has to be loaded first", async () => {
  const build = freshBuild(() => new URL("https://shop.example/storefront.wasm"));
  assert.throws(() => format(build), { code: "core_not_initialised", message: "checkout-payments is not loaded yet. Call it first." });
});

// As Firefox, Safari and extensions of Chromium are known to say it: none of them runs here.
for (const [said, remedy, retryable] of [
  ["call to WebAssembly.compile() blocked by CSP", /must allow 'wasm-unsafe-eval' in script-src\.$/, false],
  ["Refused to create a WebAssembly object because 'unsafe-eval' or 'wasm-unsafe-eval' is not an allowed source of script in the following Content Security Policy directive: \"script-src 'self'\".", /must allow 'wasm-unsafe-eval' in script-src\.$/, false],
  ["WebAssembly.compile(): Wasm code generation disallowed by embedder", /An extension's policy must allow 'wasm-unsafe-eval'\.$/, false],
  ["NetworkError when attempting to fetch resource.", /: NetworkError when attempting to fetch resource\. Is the address right/, true],
  ["Load failed", /: Load failed\. Is the address right/, true],
  ["something of its own", /: something of its own\.$/, true],
]) {
  test(`a host that says "${said.slice(0, 40)}…"`, async () => {
    const build = freshBuild();
    await assert.rejects(build.load(Promise.reject(new Error(said))), (error) => {
      assert.deepEqual([error.code, error.retryable], ["core_load_failed", retryable]);
      assert.match(error.message, remedy);
      return true;
    });
  });
}
