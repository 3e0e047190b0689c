// A store that several processes may write to, as small as one can be, on SQLite: the package's own belongs to one process, so the cases
// about two connections are tried on this one. Each opening is a connection of its own.

import { DURABLE, openDatabase, transact } from "checkout-payments/stores/sqlite";

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS groups (key TEXT PRIMARY KEY, version INTEGER NOT NULL, value TEXT NOT NULL, due INTEGER) STRICT;
  CREATE TABLE IF NOT EXISTS indexed (text TEXT, key TEXT, PRIMARY KEY (text, key)) STRICT;`;

/** `checked` false: the version is looked at before the transaction, and not in it. */
export async function openConnection(path, checked = true) {
  const database = await openDatabase(path, DURABLE, (opened) => opened.exec(SCHEMA));
  const find = database.prepare("SELECT version, value FROM groups WHERE key = ?");
  const put = database.prepare("INSERT INTO groups VALUES (?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET version = excluded.version, value = excluded.value, due = excluded.due");
  const index = database.prepare("INSERT INTO indexed VALUES (?, ?) ON CONFLICT DO NOTHING");
  const isExpected = ({ key, expectedVersion }) => (find.get(key)?.version ?? 0) === expectedVersion;
  const write = ({ key, expectedVersion, value, due = null, index: texts = [] }) => {
    put.run(key, expectedVersion + 1, value, due);
    for (const text of texts) index.run(text, key);
  };
  return {
    exclusive: false,
    async load(key) {
      const row = find.get(key);
      return row && { version: row.version, value: row.value };
    },
    async commit(writes) {
      if (!checked) {
        if (!writes.every(isExpected)) return false;
        await new Promise((resolve) => setImmediate(resolve));
      }
      return transact(database, () => {
        if (checked && !writes.every(isExpected)) return false;
        writes.forEach(write);
        return true;
      });
    },
    async find(query) {
      const [sql, values] = "index" in query ? ["SELECT key FROM indexed WHERE text = ?", [query.index]] : ["SELECT key FROM groups WHERE due <= ? ORDER BY due LIMIT ?", [query.dueBefore, query.limit]];
      return database.prepare(sql).all(...values).map(({ key }) => key);
    },
    close: () => database.close(),
  };
}
