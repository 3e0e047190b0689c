// The tables and indexes of the SQLite stores (pkg/src/stores/sqlite): which index a question takes, in a new file and in one of schema 3.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { openDatabase, openSqliteStore } from "checkout-payments/stores/sqlite";

const { selectSql } = await import(new URL("../pkg/dist/stores/sqlite/records.js", import.meta.url).href);

const folder = mkdtempSync(join(tmpdir(), "checkout-payments-schema-"));
after(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const newPath = () => join(folder, `${++files}.db`);

// As the package wrote it before, with a payment whose rows are there.
const SCHEMA_3 = `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE groups (key TEXT PRIMARY KEY, version INTEGER NOT NULL CHECK (version > 0), value TEXT NOT NULL, due INTEGER) STRICT;
  CREATE INDEX groups_due ON groups (due) WHERE due IS NOT NULL;
  CREATE TABLE group_index (text TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (text, key)) STRICT, WITHOUT ROWID;
  ALTER TABLE groups ADD COLUMN filled INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX groups_unfilled ON groups (key) WHERE filled = 0;
  CREATE TABLE records (id TEXT PRIMARY KEY, object TEXT NOT NULL, owner TEXT NOT NULL, passing INTEGER NOT NULL, fields TEXT NOT NULL, amounts TEXT NOT NULL) STRICT;
  CREATE INDEX records_object ON records (object, id);
  CREATE INDEX records_group ON records (object, fields ->> '$.PaymentGroupId', id);
  CREATE INDEX records_created ON records (object, fields ->> '$.CreatedDate');
  CREATE INDEX records_passing ON records (owner) WHERE passing = 1;
  INSERT INTO meta VALUES ('schema_version', '3');
  INSERT INTO groups (key, version, value, filled) VALUES ('a', 1, 'one', 1);
  INSERT INTO records VALUES
    ('pay_1', 'Payment', 'a', 0, '{"Id":"pay_1","PaymentGroupId":"pgrp_1","Status":"Draft"}', '{}'),
    ('pgl_1', 'PaymentGatewayLog', 'a', 1, '{"Id":"pgl_1"}', '{}');
`;

async function ofSchema3() {
  const path = newPath();
  const database = await openDatabase(path);
  database.exec(SCHEMA_3);
  database.close();
  return path;
}

const field = (name, kind = "exact") => ({ name, kind });
const payments = (more) => ({ object: "Payment", columns: [{ field: field("Status", "text") }], orderBy: [], limit: 9, offset: 0, ...more });
const record = (id, more) => ({ id, object: "Payment", fields: { Id: id, ...more }, amounts: {} });

const INDEX_OF = {
  "by id": [{ where: { field: field("Id"), operator: "=", value: "pay_1" } }, /SEARCH records USING INDEX records_object \(object=\? AND id=\?\)/],
  "all of an object, in the order of their ids": [{}, /SEARCH records USING INDEX records_object \(object=\?\)/],
  "behind a record": [{ after: { values: [], id: "pay_1" } }, /SEARCH records USING INDEX records_object \(object=\? AND id>\?\)/],
  "of a group": [{ where: { field: field("PaymentGroupId"), operator: "=", value: "pgrp_1" } }, /SEARCH records USING INDEX records_group \(object=\? AND <expr>=\?\)/],
  "since a time": [{ where: { field: field("CreatedDate"), operator: ">=", value: "2026-11-01T00:00:00.000Z" } }, /SEARCH records USING INDEX records_created \(object=\? AND <expr>>\?\)/],
  "by a field of what it refers to": [
    { where: { field: { ...field("Status"), via: { reference: "PaymentAuthorizationId", object: "PaymentAuthorization" } }, operator: "=", value: "Processed" } },
    /SEARCH led USING INDEX records_object \(object=\? AND id=\?\)/,
  ],
};

for (const [name, make] of Object.entries({ "a new file": newPath, "a file of schema 3": ofSchema3 })) {
  test(`${name}: each question takes its index`, async () => {
    const path = await make();
    (await openSqliteStore({ path })).close();
    const database = await openDatabase(path);
    for (const [question, [more, plan]] of Object.entries(INDEX_OF)) {
      const { sql, values } = selectSql(payments(more));
      const steps = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values).map(({ detail }) => detail).join("\n");
      assert.match(steps, plan, question);
    }
    database.close();
  });
}

async function indexesOf(path) {
  const database = await openDatabase(path);
  const indexes = database.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name").all();
  database.close();
  return indexes.map(({ name, sql }) => [name, sql]);
}

test("a file of schema 3 has the indexes of a new one", async () => {
  const paths = [newPath(), await ofSchema3()];
  for (const path of paths) (await openSqliteStore({ path })).close();
  const [anew, older] = await Promise.all(paths.map(indexesOf));
  assert.deepEqual(older, anew);
});

test("a file of schema 3: its records are there, are written anew once each, and go", async () => {
  const path = await ofSchema3();
  const store = await openSqliteStore({ path });
  const found = async (object = "Payment") => (await store.records.select(payments({ object }))).map(({ id, values }) => [id, ...values]);
  assert.deepEqual(await found(), [["pay_1", "Draft"]]);
  const records = [record("pay_1", { PaymentGroupId: "pgrp_1", Status: "Processed" }), record("pay_2", { PaymentGroupId: "pgrp_1", Status: "Draft" })];
  assert.equal(await store.commit([{ key: "a", expectedVersion: 1, value: "two", records }]), true);
  assert.deepEqual(await found(), [["pay_1", "Processed"], ["pay_2", "Draft"]]);
  assert.deepEqual(await found("PaymentGatewayLog"), []);
  assert.deepEqual(await store.records.unfilled({ prefix: "", limit: 9 }), []);
  store.close();
  const database = await openDatabase(path);
  assert.equal(database.prepare("SELECT value FROM meta WHERE name = 'schema_version'").get().value, "4");
  database.close();
});
