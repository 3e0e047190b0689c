// What the stores of this package do beyond what any store must (`conformance.test.mjs`): SQLite and its file.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { createMemoryStore } from "checkout-payments/stores/memory";
import { openDatabase, openSqliteStore } from "checkout-payments/stores/sqlite";

const folder = mkdtempSync(join(tmpdir(), "checkout-payments-stores-"));
after(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const newPath = () => join(folder, String(++files), "store.db");

test("the stores of this package are of one process", async () => {
  assert.equal(createMemoryStore().exclusive, true);
  assert.equal((await openSqliteStore({ path: ":memory:" })).exclusive, true);
});

test("sqlite: the file is durable and can be read while it is in use", async () => {
  const path = newPath();
  const store = await openSqliteStore({ path });
  await store.commit([{ key: "a", expectedVersion: 0, value: "one" }]);
  const reader = await openDatabase(path);
  assert.equal(Object.values(reader.prepare("PRAGMA journal_mode").get())[0], "wal");
  assert.equal(Object.values(reader.prepare("PRAGMA synchronous").get())[0], 2);
  assert.equal(reader.prepare("SELECT value FROM groups").get().value, "one");
  assert.equal(Object.values(reader.prepare("PRAGMA integrity_check").get())[0], "ok");
  reader.close();
  store.close();
});

test("sqlite: one process owns the store; its end, even by a kill, gives it back", async () => {
  const path = newPath();
  const source = `import { openSqliteStore } from "checkout-payments/stores/sqlite"; await openSqliteStore({ path: ${JSON.stringify(path)} }); console.log("open"); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", source], { cwd: import.meta.dirname, stdio: ["ignore", "pipe", "inherit"] });
  await new Promise((resolve) => child.stdout.once("data", resolve));
  await assert.rejects(openSqliteStore({ path }), { name: "PaymentsError", code: "store_unusable", retryable: true });
  child.kill("SIGKILL");
  await new Promise((resolve) => child.once("exit", resolve));
  (await openSqliteStore({ path })).close();
});

test("sqlite: a link to the store's file is the same store, and has the same owner", async () => {
  const path = newPath();
  const link = join(folder, "link.db");
  (await openSqliteStore({ path })).close();
  symlinkSync(path, link);
  const store = await openSqliteStore({ path });
  await assert.rejects(openSqliteStore({ path: link }), { code: "store_unusable", message: /in use by another process/ });
  store.close();
  const linked = await openSqliteStore({ path: link });
  await assert.rejects(openSqliteStore({ path }), { code: "store_unusable" });
  linked.close();
});

test("sqlite: a file of another schema, and a file that is none, are refused", async () => {
  const path = newPath();
  const store = await openSqliteStore({ path });
  store.close();
  const database = await openDatabase(path);
  database.exec("UPDATE meta SET value = '99' WHERE name = 'schema_version'");
  database.close();
  await assert.rejects(openSqliteStore({ path }), { code: "store_unusable", message: /schema version 99/ });
  const text = join(folder, "text.db");
  writeFileSync(text, "this is no database, however long it may be".repeat(100));
  await assert.rejects(openSqliteStore({ path: text }), { code: "store_unusable" });
});

test("sqlite: a disk that is full fails the commit and leaves the store whole", async () => {
  const path = newPath();
  const store = await openSqliteStore({ path });
  await store.commit([{ key: "a", expectedVersion: 0, value: "one" }]);
  store.close();
  // as small a database as SQLite can be told to keep to
  const source = `
    import { openDatabase, transact } from "checkout-payments/stores/sqlite";
    const database = await openDatabase(${JSON.stringify(path)});
    database.exec("PRAGMA max_page_count = 1");
    const write = database.prepare("UPDATE groups SET value = ? WHERE key = 'a'");
    try { transact(database, () => { write.run("x".repeat(1_000_000)); return true; }); console.log("written"); }
    catch (error) { console.log(error.message); }
    console.log(database.prepare("SELECT value FROM groups").get().value);
    transact(database, () => { write.run("two"); return true; });`;
  const output = execFileSync(process.execPath, ["--input-type=module", "-e", source], { cwd: import.meta.dirname, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  assert.match(output, /full/);
  assert.match(output, /^one$/m);
  const again = await openSqliteStore({ path });
  assert.equal((await again.load("a")).value, "two");
  again.close();
});

test("sqlite: what the driver throws is told in the words of the store's port", async () => {
  const { unavailable } = await import(new URL("../pkg/dist/stores/sqlite/unavailable.js", import.meta.url).href);
  // libsql names the code, with the extended one in words; node:sqlite gives its number, with the extended one in the upper bits
  for (const [trouble, ...errors] of [
    ["full", { code: "SQLITE_FULL" }, new Error("database or disk is full: SQLITE_FULL"), { code: "ERR_SQLITE_ERROR", errcode: 13 }],
    ["read_only", { code: "SQLITE_READONLY" }, { code: "SQLITE_READONLY_DBMOVED" }, { code: "ERR_SQLITE_ERROR", errcode: 8 | (4 << 8) }],
    ["busy", { code: "SQLITE_BUSY" }, { code: "SQLITE_BUSY_SNAPSHOT" }, { code: "SQLITE_LOCKED" }, { code: "ERR_SQLITE_ERROR", errcode: 5 }, { code: "ERR_SQLITE_ERROR", errcode: 6 }],
    ["failed", { code: "SQLITE_IOERR_WRITE" }, new Error("not authorized: SQLITE_AUTH"), new Error("SQLITE_FULL: not at the end"), { code: "SQLITE_CORRUPT" }, { code: "ERR_SQLITE_ERROR", errcode: 10 }, new TypeError("x"), "x", undefined, null],
  ]) {
    for (const cause of errors) {
      const error = unavailable(cause);
      assert.deepEqual([error.name, error.trouble, error.cause], ["StoreUnavailable", trouble, cause]);
    }
  }
});

test("sqlite: a file that somebody holds is waited for, and can be read meanwhile", async () => {
  const path = newPath();
  const store = await openSqliteStore({ path });
  const somebody = await openDatabase(path);
  somebody.exec("BEGIN IMMEDIATE");
  const writing = store.commit([{ key: "a", expectedVersion: 0, value: "one" }]);
  assert.equal(await store.load("a"), undefined); // meanwhile
  somebody.exec("ROLLBACK");
  assert.equal(await writing, true);
  somebody.close();
  store.close();
});
