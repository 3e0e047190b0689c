// What any store must do (DESIGN §7), on each store of this package.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { createMemoryStore } from "checkout-payments/stores/memory";
import { openDatabase, openSqliteStore } from "checkout-payments/stores/sqlite";

const folder = mkdtempSync(join(tmpdir(), "checkout-payments-stores-"));
after(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const newPath = () => join(folder, String(++files), "store.db");

const STORES = { memory: async () => createMemoryStore(), "sqlite file": () => openSqliteStore({ path: newPath() }), "sqlite in memory": () => openSqliteStore({ path: ":memory:" }) };
const EVER = { dueBefore: Number.MAX_SAFE_INTEGER, limit: 100 };

for (const [name, open] of Object.entries(STORES)) {
  test(`${name}: versions`, async () => {
    const store = await open();
    assert.equal(store.exclusive, true);
    assert.equal(await store.load("a"), undefined);
    assert.equal(await store.commit([{ key: "a", expectedVersion: 1, value: "x" }]), false);
    assert.equal(await store.commit([{ key: "a", expectedVersion: 0, value: "one" }]), true);
    assert.deepEqual(await store.load("a"), { version: 1, value: "one" });
    assert.equal(await store.commit([{ key: "a", expectedVersion: 0, value: "x" }]), false);
    assert.equal(await store.commit([{ key: "a", expectedVersion: 1, value: "two" }]), true);
    assert.equal(await store.commit([{ key: "a", expectedVersion: 1, value: "x" }]), false);
    assert.deepEqual(await store.load("a"), { version: 2, value: "two" });
  });

  test(`${name}: all or nothing`, async () => {
    const store = await open();
    await store.commit([{ key: "a", expectedVersion: 0, value: "one" }]);
    const writes = [
      { key: "b", expectedVersion: 0, value: "one", due: 1, index: ["i"] },
      { key: "a", expectedVersion: 7, value: "two", index: ["i"] },
    ];
    assert.equal(await store.commit(writes), false);
    assert.equal(await store.load("b"), undefined);
    assert.deepEqual(await store.find({ index: "i" }), []);
    assert.deepEqual(await store.find(EVER), []);
    assert.equal(await store.commit([writes[0], { ...writes[1], expectedVersion: 1 }]), true);
    assert.deepEqual([...(await store.find({ index: "i" }))].sort(), ["a", "b"]);
  });

  test(`${name}: due`, async () => {
    const store = await open();
    await store.commit([{ key: "late", expectedVersion: 0, value: "", due: 300 }]);
    await store.commit([{ key: "early", expectedVersion: 0, value: "", due: 100 }]);
    await store.commit([{ key: "never", expectedVersion: 0, value: "" }]);
    await store.commit([{ key: "middle", expectedVersion: 0, value: "", due: 200 }]);
    assert.deepEqual(await store.find({ dueBefore: 200, limit: 10 }), ["early", "middle"]);
    assert.deepEqual(await store.find({ dueBefore: 99, limit: 10 }), []);
    assert.deepEqual(await store.find({ ...EVER, limit: 2 }), ["early", "middle"]);
    await store.commit([{ key: "early", expectedVersion: 1, value: "" }]);
    await store.commit([{ key: "middle", expectedVersion: 1, value: "", due: 400 }]);
    assert.deepEqual(await store.find(EVER), ["late", "middle"]);
  });

  test(`${name}: an index text stays`, async () => {
    const store = await open();
    await store.commit([{ key: "a", expectedVersion: 0, value: "", index: ["x", "y"] }]);
    await store.commit([{ key: "a", expectedVersion: 1, value: "", index: ["y", "z"] }]);
    for (const index of ["x", "y", "z"]) assert.deepEqual(await store.find({ index }), ["a"]);
    assert.deepEqual(await store.find({ index: "X" }), []);
  });

  test(`${name}: text is kept as it is`, async () => {
    const store = await open();
    for (const value of ["", "ü 日本 😀", "'; DROP TABLE groups; --", "x".repeat(1_000_000)]) {
      await store.commit([{ key: `k${value.length}`, expectedVersion: 0, value }]);
      assert.equal((await store.load(`k${value.length}`)).value, value);
    }
  });

  test(`${name}: of a hundred that race, one wins each round`, async () => {
    const store = await open();
    for (let version = 0; version < 5; version++) {
      const won = await Promise.all(Array.from({ length: 100 }, (_, i) => store.commit([{ key: "a", expectedVersion: version, value: String(i) }])));
      assert.equal(won.filter(Boolean).length, 1);
    }
  });
}

test("sqlite: what was committed is there after a restart", async () => {
  const path = newPath();
  const store = await openSqliteStore({ path });
  await store.commit([{ key: "a", expectedVersion: 0, value: "one", due: 5, index: ["i"] }]);
  store.close();
  const again = await openSqliteStore({ path });
  assert.deepEqual(await again.load("a"), { version: 1, value: "one" });
  assert.deepEqual(await again.find({ index: "i" }), ["a"]);
  assert.deepEqual(await again.find(EVER), ["a"]);
  again.close();
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
    ["full", { code: "SQLITE_FULL" }, { code: "ERR_SQLITE_ERROR", errcode: 13 }],
    ["read_only", { code: "SQLITE_READONLY" }, { code: "SQLITE_READONLY_DBMOVED" }, { code: "ERR_SQLITE_ERROR", errcode: 8 | (4 << 8) }],
    ["busy", { code: "SQLITE_BUSY" }, { code: "SQLITE_BUSY_SNAPSHOT" }, { code: "SQLITE_LOCKED" }, { code: "ERR_SQLITE_ERROR", errcode: 5 }, { code: "ERR_SQLITE_ERROR", errcode: 6 }],
    ["failed", { code: "SQLITE_IOERR_WRITE" }, { code: "SQLITE_CORRUPT" }, { code: "ERR_SQLITE_ERROR", errcode: 10 }, new TypeError("x"), "x", undefined, null],
  ]) {
    for (const cause of errors) {
      const error = unavailable(cause);
      assert.deepEqual([error.name, error.trouble, error.cause], ["StoreUnavailable", trouble, cause]);
    }
  }
});

test("sqlite: a file that somebody holds is waited for; then it is a StoreUnavailable, and nothing was written", async () => {
  const path = newPath();
  const store = await openSqliteStore({ path });
  const somebody = await openDatabase(path);
  somebody.exec("BEGIN IMMEDIATE");
  const writing = store.commit([{ key: "a", expectedVersion: 0, value: "one" }]);
  assert.equal(await store.load("a"), undefined); // meanwhile
  somebody.exec("ROLLBACK");
  assert.equal(await writing, true);
  somebody.exec("BEGIN IMMEDIATE");
  await assert.rejects(store.commit([{ key: "b", expectedVersion: 0, value: "one" }]), { name: "StoreUnavailable", trouble: "busy" });
  somebody.exec("ROLLBACK");
  assert.equal(await store.load("b"), undefined);
  assert.equal(await store.commit([{ key: "b", expectedVersion: 0, value: "one" }]), true);
  somebody.close();
  store.close();
});
