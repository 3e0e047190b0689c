// The same small shop through every bundler and through none, from the packed tarball, by the recipes of docs/packaging.md, in a browser.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launchChromium } from "../support/chromium.mjs";
import { packed } from "../support/packed.mjs";
import { serveFiles } from "../support/static.mjs";
import { BUNDLERS, filesOf, viteDev, withImportMap, withPath } from "./shop.mjs";

const STRICT = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
const TOO_STRICT = "default-src 'self'; script-src 'self'";

const RIGHT = {
  total: "$129.90",
  fields: ["paymentToken"],
  plan: "$129.90 will be authorized.",
};

let browser;
before(async () => {
  browser = await launchChromium();
});
after(() => browser.close());

for (const [name, bundle] of Object.entries(BUNDLERS)) {
  test(`${name}: one wasm file, no warning, and it works under a strict policy`, async (t) => {
    const { site, warnings } = await bundle();
    assert.deepEqual(warnings, []);
    await assertOneWasm(site);
    await assertNothingOfNode(site);
    const server = await served(t, site, STRICT);
    assert.deepEqual(await answerOf(t, server.url), RIGHT);
    assert.equal(server.asked.filter((path) => path.endsWith(".wasm")).length, 1);
  });
}

test("Vite's development server: nothing to set up", async (t) => {
  const server = await viteDev();
  t.after(() => server.close());
  const loaded = [];
  assert.deepEqual(await answerOf(t, server.url, loaded), RIGHT);
  assert.deepEqual(server.warnings, []);
  assert.equal(loaded.filter((url) => new URL(url).pathname.endsWith(".wasm")).length, 1);
});

test("no bundler, an import map", async (t) => {
  const server = await served(t, await withImportMap());
  assert.deepEqual(await answerOf(t, server.url), RIGHT);
  assertOnlyStorefront(server.asked);
});

test("no bundler, a path, a strict policy", async (t) => {
  const server = await served(t, await withPath(), STRICT);
  assert.deepEqual(await answerOf(t, server.url), RIGHT);
  assertOnlyStorefront(server.asked);
});

test("a policy that lets no wasm run: the message says what it lacks", async (t) => {
  const server = await served(t, await withPath(), TOO_STRICT);
  const { code, message } = await answerOf(t, server.url, [], /violates the following Content Security|unsafe-eval/);
  assert.equal(code, "core_load_failed");
  assert.match(message, /The page's Content-Security-Policy must allow 'wasm-unsafe-eval' in script-src\./);
});

async function assertOneWasm(site) {
  const [file, ...others] = (await filesOf(site)).filter((name) => name.endsWith(".wasm"));
  assert.deepEqual(others, [], "more than one wasm file");
  const storefront = join((await packed()).folder, "node_modules/checkout-payments/wasm/storefront/checkout_payments_bg.wasm");
  assert.ok((await readFile(join(site, file))).equals(await readFile(storefront)), `${file} is the storefront's`);
}

async function assertNothingOfNode(site) {
  for (const file of (await filesOf(site)).filter((name) => name.endsWith(".js"))) {
    assert.doesNotMatch(await readFile(join(site, file), "utf8"), /(\bfrom|\bimport|\brequire)\s*\(?\s*["'`]node:|__vite-browser-external/, file);
  }
}

function assertOnlyStorefront(asked) {
  assert.deepEqual(asked.filter((path) => path.endsWith(".wasm")), ["/vendor/checkout-payments/wasm/storefront/checkout_payments_bg.wasm"]);
  assert.deepEqual(asked.filter((path) => /^\/vendor\/checkout-payments\/dist\/(server|core|stores|gateways|admin)\b/.test(path)), []);
}

async function served(t, site, policy) {
  const server = await serveFiles(site, policy === undefined ? {} : { "content-security-policy": policy });
  t.after(() => server.close());
  return server;
}

// What the shop shows, and a complaint of the page is a failure, unless the test provokes it.
async function answerOf(t, url, loaded = [], tolerate) {
  const context = await browser.newContext();
  t.after(() => context.close());
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type()) && !tolerate?.test(message.text()) && !message.location().url.endsWith("/favicon.ico")) complaints.push(message.text());
  });
  page.on("request", (request) => loaded.push(request.url()));
  await page.goto(url);
  await page.waitForFunction(() => document.querySelector("output").value !== "", undefined, { timeout: 30_000 });
  const text = await page.evaluate(() => document.querySelector("output").value);
  assert.deepEqual(complaints, [], text);
  return JSON.parse(text);
}
