// docs/admin.md: its example runs as it stands, and its table has every function of the client.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as client from "checkout-payments/admin";
import { API_TOKEN, startServer } from "./support/server.mjs";

const text = readFileSync(new URL("../docs/admin.md", import.meta.url), "utf8");

test("the example runs", async () => {
  const server = await startServer();
  try {
    const [, code] = /```js\n(.*?)```/s.exec(text);
    const body = code.replace(/^import .*$/m, "").replace("https://shop.example", server.url);
    const run = Object.getPrototypeOf(async () => {}).constructor("createAdmin", "token", `${body}\nreturn { sale, left };`);
    const { sale, left } = await run(client.createAdmin, API_TOKEN);
    assert.deepEqual(left, [`${sale.payment.id}: 120.00`]);
  } finally {
    await server.stop();
  }
});

test("the table has every function, and no other", () => {
  const admin = client.createAdmin({ baseUrl: "", token: "" });
  const functions = Object.entries(admin).flatMap(([name, value]) => (typeof value === "function" ? [name] : Object.keys(value).map((of) => `${name}.${of}`)));
  const [, table] = /## The functions\n(.*?)\n## /s.exec(text);
  const told = table.split("\n").flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`([a-zA-Z.]+)\(/g)].map(([, name]) => name));
  assert.deepEqual(told.sort(), functions.sort());
});
