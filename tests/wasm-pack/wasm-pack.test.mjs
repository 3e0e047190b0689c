// The recipe of docs/packaging.md for those who build the crate with wasm-pack: what it makes works, in Node and in a browser.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { launchChromium } from "../support/chromium.mjs";
import { serveFiles } from "../support/static.mjs";

const run = promisify(execFile);
const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));
const TOOLS = join(REPOSITORY, "tools/target/debug");
const OUT = join(REPOSITORY, "target/wasm-pack");
const BIN = join(REPOSITORY, "target/wasm-pack-path");
const RECIPE = ["build", "--target", "web", "--out-dir", "target/wasm-pack", "--", "--features", "core"];
const CHROMEDRIVER = process.env.CHROMEDRIVER ?? "/usr/bin/chromedriver";

const utf8 = (text) => new TextEncoder().encode(text);
const REQUEST = '{"requestType":"Auth","paymentToken":"4111111111111111"}';

before(async () => {
  // wasm-pack takes its helpers from PATH by their own names
  await rm(BIN, { recursive: true, force: true });
  await mkdir(BIN, { recursive: true });
  await symlink(join(TOOLS, "wbg"), join(BIN, "wasm-bindgen"));
  await symlink(join(TOOLS, "wbg-test-runner"), join(BIN, "wasm-bindgen-test-runner"));
});

test("the documents give the recipe that is tested here", async () => {
  const document = await readFile(join(REPOSITORY, "docs/packaging.md"), "utf8");
  assert.ok(document.includes(`wasm-pack ${RECIPE.join(" ")}`), "docs/packaging.md");
  assert.ok(document.includes("wasm-pack test --headless --chrome -- --features core --test wasm_browser"), "docs/packaging.md");
});

test("without features it stops before it writes over the npm package", async () => {
  const before = await readFile(join(REPOSITORY, "pkg/package.json"), "utf8");
  await assert.rejects(wasmPack(["build"]), (error) => /--features storefront/.test(error.stderr) && /--out-dir/.test(error.stderr));
  assert.equal(await readFile(join(REPOSITORY, "pkg/package.json"), "utf8"), before);
});

test("wasm-pack build makes a package that answers in Node", async () => {
  await rm(OUT, { recursive: true, force: true });
  const { stderr } = await wasmPack(RECIPE);
  assert.match(stderr, /Optimizing wasm binaries/);
  const { main, type, files } = JSON.parse(await readFile(join(OUT, "package.json"), "utf8"));
  assert.equal(type, "module");
  assert.deepEqual(files.toSorted(), ["checkout_payments.d.ts", "checkout_payments.js", "checkout_payments_bg.wasm"]);
  const core = await import(pathToFileURL(join(OUT, main)).href);
  core.initSync({ module: await readFile(join(OUT, "checkout_payments_bg.wasm")) });
  assertRight(JSON.parse(core.validate(utf8(REQUEST), utf8("{}"))), core.formatMoney(utf8("129.9"), utf8("USD")));
  assert.equal(typeof core.beginCheckoutPayment, "function");
});

test("and in Chromium", async (t) => {
  const site = join(REPOSITORY, "target/wasm-pack-site");
  await rm(site, { recursive: true, force: true });
  await cp(OUT, site, { recursive: true });
  await writeFile(join(site, "index.html"), '<!doctype html><meta charset="utf-8"><title>wasm-pack</title>');
  const server = await serveFiles(site);
  t.after(() => server.close());
  const browser = await launchChromium();
  t.after(() => browser.close());
  const page = await browser.newPage();
  await page.goto(server.url);
  const [verdict, money] = await page.evaluate(async (request) => {
    const utf8 = (text) => new TextEncoder().encode(text);
    const { default: init, validate, formatMoney } = await import("/checkout_payments.js");
    await init();
    return [JSON.parse(validate(utf8(request), utf8("{}"))), formatMoney(utf8("129.9"), utf8("USD"))];
  }, REQUEST);
  assertRight(verdict, money);
});

test("wasm-pack test runs the browser tests", async () => {
  const { stdout } = await wasmPack(["test", "--headless", "--chrome", "--chromedriver", CHROMEDRIVER, "--", "--features", "core", "--test", "wasm_browser"]);
  const [, passed, failed] = stdout.match(/test result: ok\. (\d+) passed; (\d+) failed/);
  assert.ok(Number(passed) >= 7 && Number(failed) === 0, stdout);
});

function assertRight(verdict, money) {
  assert.equal(money, "$129.90");
  assert.equal(verdict.status, 422);
  assert.deepEqual(verdict.fields.map(({ name }) => name), ["paymentToken"]);
}

// `no-install`: nothing is downloaded behind our back
function wasmPack([command, ...args]) {
  const PATH = [BIN, join(REPOSITORY, "node_modules/.bin"), process.env.PATH].join(":");
  return run(join(TOOLS, "wasm-pack"), [command, "--mode", "no-install", ...args], { cwd: REPOSITORY, env: { ...process.env, PATH }, maxBuffer: 2 ** 26 });
}
