// The suite in headless Chromium under a strict content security policy, bundled by esbuild; and what a page is told when the wasm can't be had.

import assert from "node:assert/strict";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { launchChromium } from "../support/chromium.mjs";
import { bundlePage, filesOfPackage } from "./bundle.mjs";
import { FIXTURES, report, SECTIONS, suiteProject } from "./support.mjs";

// esbuild leaves the addresses of the wasm files as they are in the package: relative to the bundle, which is two folders deep for that.
const BUNDLE = "/assets/js/page.js";
const WASM = /\/wasm\/(storefront|core)\/checkout_payments_bg\.wasm$/;
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";
const PAGES = {
  "/strict": POLICY,
  "/no-wasm": POLICY.replace(" 'wasm-unsafe-eval'", ""),
  "/no-connection": POLICY.replace("connect-src 'self'", "connect-src 'none'"),
};

const project = await suiteProject("chromium");
const fixtures = JSON.parse(await readFile(FIXTURES, "utf8"));
const { text, inputs } = await bundlePage(project, "hosts/page.mjs");
const wasmOf = (build) => readFile(join(project, `../../node_modules/checkout-payments/wasm/${build}/checkout_payments_bg.wasm`));

/** How the next requests for wasm are answered, where it is not as it should be. */
let instead;
const server = createServer(async ({ url }, response) => {
  const [, build] = WASM.exec(url) ?? [];
  if (url in PAGES) return void response.writeHead(200, { "content-type": "text/html", "content-security-policy": PAGES[url] }).end(`<!doctype html><title>Runtime</title><script type="module" src="${BUNDLE}"></script>`);
  if (url === BUNDLE) return void response.writeHead(200, { "content-type": "text/javascript" }).end(text);
  if (build === undefined) return void response.writeHead(404).end();
  const { status = 200, type = "application/wasm", body = await wasmOf(build) } = instead ?? {};
  response.writeHead(status, { "content-type": type }).end(body);
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const origin = `http://127.0.0.1:${server.address().port}`;
const browser = await launchChromium();

/** What the package says on a new page, one use after the other. */
async function visit(path, work) {
  const page = await browser.newPage();
  const broken = [];
  page.on("pageerror", (error) => broken.push(error.message));
  try {
    await page.goto(origin + path);
    await page.waitForFunction("globalThis.runtime");
    await work((use, ...parameters) => page.evaluate(([name, given]) => globalThis.runtime.try(name, ...given), [use, parameters]), page);
    assert.deepEqual(broken, []);
  } finally {
    await page.close();
    instead = undefined;
  }
}

try {
  await test("Chromium: the entries for everybody", () => {
    const files = filesOfPackage(inputs);
    for (const entry of ["storefront/index", "core", "server/index", "admin/index", "stores/memory"]) assert.ok(files.includes(`dist/${entry}.js`), entry);
    assert.deepEqual(files.filter((file) => /^dist\/(workerd|deno)\//.test(file)), []);
  });

  await test("Chromium: before init everything says what to do", () =>
    visit("/strict", async (attempt) => {
      for (const use of ["format", "validate"]) {
        const { code, message } = await attempt(use);
        assert.deepEqual([code, message], ["core_not_initialised", "checkout-payments is not loaded yet. Call `await init()` once before anything else."]);
      }
      const { code, message } = await attempt("formatInCore");
      assert.equal(code, "core_not_initialised");
      assert.match(message, /Call `await loadCore\(\)` of checkout-payments\/core/);
    }));

  await visit("/strict", async (attempt, page) => {
    for (const use of ["init", "loadCore"]) assert.deepEqual(await attempt(use), { result: undefined });
    const results = await page.evaluate((given) => globalThis.runtime.suite(given), fixtures);
    await report("Chromium", results, { ...SECTIONS, kit: 2, SQLite: 0, Stripe: 0, "no files": 1 });
  });

  await test("Chromium: a policy without 'wasm-unsafe-eval' is named, whichever way the wasm comes", () =>
    visit("/no-wasm", async (attempt) => {
      for (const use of ["init", "loadCore", "initFromBytes"]) {
        const { code, message, retryable } = await attempt(use, ...(use === "loadCore" ? [] : ["/wasm/storefront/checkout_payments_bg.wasm"]));
        assert.deepEqual([code, retryable], ["core_load_failed", false]);
        assert.match(message, / The page's Content-Security-Policy must allow 'wasm-unsafe-eval' in script-src\.$/);
      }
    }));

  await test("Chromium: no connection, no file, another file; and the next try works", () =>
    visit("/strict", async (attempt) => {
      const fails = async (answer, message) => {
        instead = answer;
        const told = await attempt("init");
        assert.deepEqual([told.code, told.retryable], ["core_load_failed", true], JSON.stringify(told));
        assert.match(told.message, message);
      };
      await fails({ status: 404, type: "text/plain", body: "no" }, /from http:\/\/127\.0\.0\.1:\d+\/wasm\/storefront\/checkout_payments_bg\.wasm: the server answered 404\. Is the \.wasm file among what is served\? If it is elsewhere, pass its address\.$/);
      await fails({ type: "text/html", body: "<!doctype html><title>Shop</title>" }, /checkout_payments_bg\.wasm is no WebAssembly \(is it the page a server sends for unknown addresses\?\)\. Is the \.wasm file among what is served\?/);
      await fails({ type: "application/wasm", body: "" }, /is no WebAssembly/);
      instead = undefined;
      assert.deepEqual(await attempt("init"), { result: undefined });
      assert.deepEqual(await attempt("format"), { result: "$129.90" });
    }));

  await test("Chromium: a policy that lets nothing be fetched", () =>
    visit("/no-connection", async (attempt) => {
      const { code, message } = await attempt("init");
      assert.equal(code, "core_load_failed");
      assert.match(message, / Is the address right, and does the page's Content-Security-Policy allow it in connect-src\?$/);
      assert.doesNotMatch(message, /wasm-unsafe-eval/);
    }));

  for (const type of ["application/octet-stream", "text/plain", "text/html"]) {
    await test(`Chromium: the wasm served as ${type} is loaded all the same`, () =>
      visit("/strict", async (attempt) => {
        instead = { type };
        assert.deepEqual(await attempt("init"), { result: undefined });
        assert.deepEqual(await attempt("format"), { result: "$129.90" });
      }));
  }

  for (const use of ["init", "initFromFetch", "initFromBytes", "initFromModule"]) {
    await test(`Chromium: ${use}, from another address`, () =>
      visit("/strict", async (attempt) => {
        assert.deepEqual(await attempt(use, "/elsewhere/wasm/storefront/checkout_payments_bg.wasm"), { result: undefined });
        assert.deepEqual(await attempt("format"), { result: "$129.90" });
      }));
  }
} finally {
  await browser.close();
  server.close();
}
