// Group commit (pkg/src/stores/sqlite/group-commit.ts): what is asked for in one turn of the event loop is one transaction, and each
// has its own version check and its own answer.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { openDatabase, openSqliteStore } from "checkout-payments/stores/sqlite";

const { groupCommit } = await import(new URL("../pkg/dist/stores/sqlite/group-commit.js", import.meta.url).href);

const folder = mkdtempSync(join(tmpdir(), "checkout-payments-group-commit-"));
after(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const newPath = () => join(folder, `${++files}.db`);

const entry = (key, expectedVersion = 0, value = key) => ({ key, expectedVersion, value });
const keys = (count) => Array.from({ length: count }, (_, at) => `key-${at}`);
const trouble = (promise) => promise.then((written) => written, (error) => `${error.name} ${error.trouble}`);

/** A database of a table with one column, the group commit on it, and what was said to SQLite. */
async function world() {
  const database = await openDatabase(":memory:");
  const said = [];
  const heard = { ...database, exec: (sql) => (said.push(sql), database.exec(sql)), prepare: (sql) => database.prepare(sql) };
  database.exec("CREATE TABLE owners (id INTEGER PRIMARY KEY)");
  database.exec("CREATE TABLE rows (id INTEGER PRIMARY KEY, owner INTEGER REFERENCES owners (id) DEFERRABLE INITIALLY DEFERRED)");
  const insert = database.prepare("INSERT INTO rows (id, owner) VALUES (?, ?)");
  const commit = groupCommit(heard, async (work) => work());
  return { said, commit, put: (id, owner = null) => commit(() => Number(insert.run(id, owner).changes) === 1), ids: () => database.prepare("SELECT id FROM rows ORDER BY id").all().map(({ id }) => id) };
}

test("what arrives in one turn is one transaction, and what arrives later another", async () => {
  const { said, put, ids } = await world();
  assert.deepEqual(await Promise.all([1, 2, 3, 4, 5].map((id) => put(id))), [true, true, true, true, true]);
  assert.deepEqual(said, ["BEGIN IMMEDIATE", "COMMIT"]);
  assert.equal(await put(6), true);
  assert.deepEqual(said, ["BEGIN IMMEDIATE", "COMMIT", "BEGIN IMMEDIATE", "COMMIT"]);
  assert.deepEqual(ids(), [1, 2, 3, 4, 5, 6]);
});

test("where none has anything to write nothing is committed", async () => {
  const { said, commit } = await world();
  assert.deepEqual(await Promise.all([commit(() => false), commit(() => false)]), [false, false]);
  assert.deepEqual(said, ["BEGIN IMMEDIATE", "ROLLBACK"]);
});

test("one that can't be written is told so, and is nothing to the others", async () => {
  const { said, put, ids } = await world();
  await put(3);
  said.length = 0;
  const answers = await Promise.all([put(1), put(2), put(3), put(4), put(2), put(5)].map((each) => each.catch(() => "failed")));
  assert.deepEqual(answers, [true, true, "failed", true, "failed", true]);
  assert.deepEqual(ids(), [1, 2, 3, 4, 5]);
  assert.deepEqual(said.filter((sql) => sql === "COMMIT"), ["COMMIT"], "nothing is committed before all stands");
});

test("when the transaction itself fails all are told, and nothing of any is there", async () => {
  const { said, put, ids } = await world();
  // an owner that there is not, which SQLite finds out at COMMIT
  assert.deepEqual(await Promise.all([put(1), put(2, 77), put(3)].map((each) => each.catch(() => "failed"))), ["failed", "failed", "failed"]);
  assert.deepEqual(said, ["BEGIN IMMEDIATE", "COMMIT", "ROLLBACK"]);
  assert.deepEqual(ids(), []);
  assert.equal(await put(4), true);
  assert.deepEqual(ids(), [4]);
});

test("the store: nobody's conflict is another's", async () => {
  const store = await openSqliteStore({ path: newPath() });
  await store.commit([entry("old")]);
  const answers = await Promise.all([
    store.commit([entry("a")]),
    store.commit([entry("a", 0, "second")]), // the first of this very turn was first
    store.commit([entry("b"), entry("old", 7)]), // one of two is stale: neither is written
    store.commit([entry("old", 1, "new")]),
    store.commit([entry("c"), entry("d")]),
    store.commit([entry("e", 1)]),
    store.commit([entry("a", 1, "third")]),
  ]);
  assert.deepEqual(answers, [true, false, false, true, true, false, true]);
  const found = await Promise.all(["a", "b", "c", "d", "e", "old"].map((key) => store.load(key)));
  assert.deepEqual(found, [{ version: 2, value: "third" }, undefined, { version: 1, value: "c" }, { version: 1, value: "d" }, undefined, { version: 2, value: "new" }]);
  store.close();
});

test("the store: an entry that is none fails alone and whole", async () => {
  const store = await openSqliteStore({ path: newPath() });
  const broken = [entry("a"), { ...entry("b"), value: { not: "a text" } }];
  const answers = await Promise.all([store.commit([entry("c")]), store.commit(broken), store.commit([entry("d")])].map(trouble));
  assert.deepEqual(answers, [true, "StoreUnavailable failed", true]);
  assert.deepEqual(await Promise.all(["a", "b", "c", "d"].map(async (key) => (await store.load(key))?.value)), [undefined, undefined, "c", "d"]);
  store.close();
});

test("the store: what is asked for is what it was when it was asked for", async () => {
  const store = await openSqliteStore({ path: newPath() });
  const asked = { ...entry("a"), due: 5, index: ["one"], records: [{ id: "pay_1", object: "Payment", fields: { Status: "Draft" }, amounts: {} }] };
  const writes = [asked];
  const written = store.commit(writes);
  Object.assign(asked, { value: "changed", due: 1 });
  asked.index.push("two");
  asked.records[0].fields.Status = "Changed";
  writes.push(entry("b"));
  assert.equal(await written, true);
  assert.deepEqual([await store.load("a"), await store.load("b")], [{ version: 1, value: "a" }, undefined]);
  assert.deepEqual([await store.find({ dueBefore: 4, limit: 9 }), await store.find({ index: "two" })], [[], []]);
  const columns = [{ field: { name: "Status", kind: "text" } }];
  assert.deepEqual((await store.records.select({ object: "Payment", columns, orderBy: [], limit: 9, offset: 0 })).map(({ values }) => values), [["Draft"]]);
  store.close();
});

test("the store: nothing is answered before it is committed, nor seen before", async () => {
  const path = newPath();
  const store = await openSqliteStore({ path });
  const reader = await openDatabase(path);
  const count = reader.prepare("SELECT count(*) AS n FROM groups");
  const seen = keys(20).map((key) => store.commit([entry(key)]).then(() => count.get().n));
  assert.equal(await store.load("key-0"), undefined);
  assert.deepEqual(new Set(await Promise.all(seen)), new Set([20]));
  reader.close();
  store.close();
});

test("the store: a version that somebody else has written meanwhile is found in the transaction", async () => {
  const path = newPath();
  const store = await openSqliteStore({ path });
  await store.commit([entry("a"), entry("b")]);
  const somebody = await openDatabase(path);
  const asked = [store.commit([entry("a", 1, "ours")]), store.commit([entry("b", 1, "ours")])];
  somebody.exec("UPDATE groups SET version = 2, value = 'theirs' WHERE key = 'a'");
  assert.deepEqual(await Promise.all(asked), [false, true]);
  assert.deepEqual(await store.load("a"), { version: 2, value: "theirs" });
  somebody.close();
  store.close();
});

test("the store: a whole turn waits for somebody who holds the file, and all are told when it takes too long", async () => {
  const path = newPath();
  const store = await openSqliteStore({ path });
  const somebody = await openDatabase(path);
  somebody.exec("BEGIN IMMEDIATE");
  const waiting = keys(5).map((key) => store.commit([entry(key)]));
  assert.equal(await store.load("key-0"), undefined);
  somebody.exec("ROLLBACK");
  assert.deepEqual(await Promise.all(waiting), [true, true, true, true, true]);
  somebody.exec("BEGIN IMMEDIATE");
  const told = await Promise.all(keys(3).map((key) => trouble(store.commit([entry(key, 1, "late")]))));
  somebody.exec("ROLLBACK");
  assert.deepEqual(told, ["StoreUnavailable busy", "StoreUnavailable busy", "StoreUnavailable busy"]);
  assert.deepEqual(await Promise.all(keys(3).map(async (key) => (await store.load(key)).version)), [1, 1, 1]);
  somebody.close();
  store.close();
});
