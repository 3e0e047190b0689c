// The store's page on Workers: from the assets, as the platform serves them (miniflare has the same service), the API beside it.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Miniflare } from "miniflare";
import { storeWorker } from "./support/store-worker.mjs";

const DIST = fileURLToPath(new URL("../../www/dist", import.meta.url));
const SETTINGS = readFileSync(new URL("../../www/worker/wrangler.jsonc", import.meta.url), "utf8");
const { compatibility_date: compatibilityDate, durable_objects: objects, migrations, assets } = JSON.parse(SETTINGS.replaceAll(/^\s*\/\/.*$/gm, ""));

let miniflare;
let url;
before(async () => {
  const folder = dirname(await storeWorker());
  const wasm = readdirSync(folder).filter((name) => name.endsWith(".wasm"));
  miniflare = new Miniflare({
    host: "127.0.0.1",
    port: 0,
    cf: false,
    telemetry: { enabled: false },
    workers: [
      {
        name: "store",
        modulesRoot: folder,
        modules: [{ type: "ESModule", path: join(folder, "worker.js") }, ...wasm.map((name) => ({ type: "CompiledWasm", path: join(folder, name) }))],
        compatibilityDate,
        durableObjects: Object.fromEntries(objects.bindings.map(({ name, class_name: className }) => [name, { className, useSQLite: migrations[0].new_sqlite_classes.includes(className) }])),
        assets: { directory: DIST, binding: assets.binding, routerConfig: { has_user_worker: true, invoke_user_worker_ahead_of_assets: assets.run_worker_first } },
      },
    ],
  });
  url = await miniflare.ready;
});
after(() => miniflare.dispose());

const get = async (path, init) => {
  const response = await fetch(new URL(path, url), init);
  return { status: response.status, headers: response.headers, body: Buffer.from(await response.arrayBuffer()) };
};

test("the page and its assets, byte for byte, under the policy of the server", async () => {
  const page = await get("/");
  assert.deepEqual([page.status, page.headers.get("content-type"), page.headers.get("cache-control")], [200, "text/html; charset=utf-8", "no-cache"]);
  assert.deepEqual(page.body, readFileSync(join(DIST, "index.html")));
  for (const name of readdirSync(join(DIST, "assets"))) {
    const { status, headers, body } = await get(`/assets/${name}`);
    assert.deepEqual([status, headers.get("cache-control")], [200, "public, max-age=31536000, immutable"], name);
    assert.match(headers.get("content-security-policy"), /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval';/);
    if (name.endsWith(".wasm")) assert.equal(headers.get("content-type"), "application/wasm");
    assert.deepEqual(body, readFileSync(join(DIST, "assets", name)));
  }
});

test("an address that is nobody's is not kept by anybody", async () => {
  for (const path of ["/nothing", "/assets/nothing.js"]) {
    const { status, headers, body } = await get(path);
    assert.deepEqual([status, JSON.parse(body)[0].errorCode], [404, "NOT_FOUND"], path);
    assert.doesNotMatch(headers.get("cache-control") ?? "", /max-age/);
  }
});

test("beside it a shopper pays; without PAYMENTS_API_TOKEN nobody is the back office", async () => {
  const json = (method, path, body, headers) => get(path, { method, body: JSON.stringify(body), headers: { "content-type": "application/json", ...headers } });
  const { token } = JSON.parse((await json("POST", "/demo/sessions", {})).body);
  const shopper = { authorization: `Bearer ${token}` };
  const { cartId } = JSON.parse((await json("POST", "/demo/carts", { currencyIsoCode: "USD", items: [{ name: "Hat", quantity: 1, unitPrice: "9.00" }] }, shopper)).body);
  await json("POST", "/commerce/webstores/tidewick/checkouts", { cartId }, shopper);
  assert.equal((await json("POST", "/commerce/webstores/tidewick/checkouts/active/payments", { requestType: "Auth", paymentToken: "sim_ok" }, shopper)).status, 201);
  assert.equal((await get("/services/data/v67.0/sobjects", { headers: { authorization: "Bearer " } })).status, 401);
  assert.equal((await get("/services/data/v67.0/sobjects", { headers: { authorization: "Bearer undefined" } })).status, 401);
});
