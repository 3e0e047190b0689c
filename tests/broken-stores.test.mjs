// The conformance kit catches what it is for: stores that are broken on purpose, one fault each. Each must fail in the case that is about
// its fault.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { createMemoryStore } from "checkout-payments/stores/memory";
import { openSqliteStore } from "checkout-payments/stores/sqlite";
import { storeConformance } from "checkout-payments/testing";
import { assertCaught, failing } from "./support/caught.mjs";
import { openConnection } from "./support/two-connections.mjs";

const folder = mkdtempSync(join(tmpdir(), "checkout-payments-broken-stores-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const shared = (store) => ({ ...store, exclusive: false });
const memory = (change) => () => {
  const store = createMemoryStore();
  return { store: { ...store, ...change(store) } };
};
const committing = (change) => memory((store) => ({ commit: (writes) => store.commit(writes.map(change)) }));
const finding = (change) => memory((store) => ({ find: async (query) => change(await store.find(query), query, store) }));
const sqlite = (change, reopened) => async () => {
  const store = await openSqliteStore({ path: ":memory:" });
  return { store: { ...store, ...change(store) }, ...(reopened && { reopen: reopened }), close: () => store.close() };
};

test("the stores that the mutants are made of pass every case", async () => {
  assert.deepEqual(await failing(storeConformance({ name: "memory", open: memory(() => ({})) })), []);
  assert.deepEqual(await failing(storeConformance({ name: "sqlite", open: sqlite(() => ({})) })), []);
  const twoConnections = () => {
    const store = createMemoryStore();
    return { store: shared(store), another: () => shared(store), reopen: () => shared(store) };
  };
  assert.deepEqual(await failing(storeConformance({ name: "two", open: twoConnections })), []);
});

const STORES = {
  "writes the entries one by one": [
    "commits: a conflict in the last entry leaves nothing of any",
    memory((store) => ({
      async commit(writes) {
        for (const write of writes) if (!(await store.commit([write]))) return false;
        return true;
      },
    })),
  ],
  "checks the first entry's version only": [
    "commits: a conflict in the middle entry leaves nothing of any",
    memory((store) => ({
      async commit([first, ...rest]) {
        if (!(await store.commit([first]))) return false;
        for (const write of rest) await store.commit([{ ...write, expectedVersion: (await store.load(write.key))?.version ?? 0 }]);
        return true;
      },
    })),
  ],
  "checks no version": ["versions: they count the writes of a key, and a wrong one writes nothing", memory((store) => ({ commit: async (writes) => store.commit(await Promise.all(writes.map(async (write) => ({ ...write, expectedVersion: (await store.load(write.key))?.version ?? 0 })))) }))],
  "makes what is not there, whatever version was expected": ["versions: they count the writes of a key, and a wrong one writes nothing", memory((store) => ({ commit: async (writes) => store.commit(await Promise.all(writes.map(async (write) => ((await store.load(write.key)) ? write : { ...write, expectedVersion: 0 })))) }))],
  "counts the writes of all keys together": [
    "versions: each key has its own",
    memory((store) => {
      let count = 0;
      return {
        commit: async (writes) => ((done) => ((count += done ? 1 : 0), done))(await store.commit(writes)),
        load: async (key) => ((found) => found && { ...found, version: count })(await store.load(key)),
      };
    }),
  ],
  "looks first and writes later": [
    "races: of a hundred commits over one version, one wins",
    memory((store) => ({
      async commit(writes) {
        const found = await Promise.all(writes.map(({ key }) => store.load(key)));
        if (writes.some(({ expectedVersion }, at) => (found[at]?.version ?? 0) !== expectedVersion)) return false;
        await new Promise((resolve) => setImmediate(resolve));
        return store.commit(await Promise.all(writes.map(async (write) => ({ ...write, expectedVersion: (await store.load(write.key))?.version ?? 0 }))));
      },
    })),
  ],
  "lets nobody win a race": [
    "races: commits of different groups all win",
    memory((store) => {
      let busy = false;
      return {
        async commit(writes) {
          if (busy) return false;
          busy = true;
          await new Promise((resolve) => setImmediate(resolve));
          busy = false;
          return store.commit(writes);
        },
      };
    }),
  ],
  "drops what is due": ["due: oldest first, at or before the time, at most the limit", committing(({ due: _, ...write }) => write)],
  "keeps the old due time": [
    "due: each write replaces it, and one without ends it",
    memory((store) => {
      const known = new Map();
      return {
        commit: (writes) =>
          store.commit(
            writes.map((write) => {
              if (write.due !== undefined) known.set(write.key, write.due);
              return { ...write, ...(known.has(write.key) && { due: known.get(write.key) }) };
            }),
          ),
      };
    }),
  ],
  "finds the newest first": ["due: oldest first, at or before the time, at most the limit", finding((keys, query) => ("index" in query ? keys : [...keys].reverse()))],
  "ignores the limit": ["due: oldest first, at or before the time, at most the limit", finding((keys, query, store) => ("index" in query ? keys : store.find({ ...query, limit: 1_000_000 })))],
  "finds a page at most": ["due: all that is due is found, however much it is", finding((keys) => keys.slice(0, 100))],
  "keeps due times in 32 bits": ["due: by their time, not by their digits, and exact to the millisecond", committing((write) => (write.due === undefined ? write : { ...write, due: write.due | 0 }))],
  "keeps due times in seconds": ["due: by their time, not by their digits, and exact to the millisecond", committing((write) => (write.due === undefined ? write : { ...write, due: Math.floor(write.due / 1_000) * 1_000 }))],
  "forgets the earlier index texts": [
    "index: every text ever given finds the key, and only it",
    memory((store) => {
      const last = new Map();
      return {
        commit: async (writes) => ((done) => (done && writes.forEach(({ key, index = [] }) => last.set(key, index)), done))(await store.commit(writes)),
        find: async (query) => (await store.find(query)).filter((key) => !("index" in query) || last.get(key).includes(query.index)),
      };
    }),
  ],
  "leaves the index of a commit that conflicts": [
    "commits: a conflict in the first entry leaves nothing of any",
    memory((store) => {
      const texts = new Map();
      return {
        commit(writes) {
          for (const { key, index = [] } of writes) for (const text of index) texts.set(text, new Set([...(texts.get(text) ?? []), key]));
          return store.commit(writes);
        },
        find: async (query) => ("index" in query ? [...(texts.get(query.index) ?? [])] : store.find(query)),
      };
    }),
  ],
  "finds index texts without regard to case": [
    "index: a text is found as it is, not as it looks",
    memory((store) => ({ commit: (writes) => store.commit(writes.map((write) => ({ ...write, index: write.index?.map((text) => text.toLowerCase()) }))), find: (query) => store.find("index" in query ? { index: query.index.toLowerCase() } : query) })),
  ],
  "normalises text": ["texts: keys and values are read as they were written", committing((write) => ({ ...write, value: write.value.normalize("NFC") }))],
  "trims text": ["texts: keys and values are read as they were written", committing((write) => ({ ...write, value: write.value.trimEnd() }))],
  "keeps keys in a plain object": [
    "texts: keys and values are read as they were written",
    () => {
      const groups = {};
      const store = createMemoryStore();
      const load = async (key) => groups[key] && { version: groups[key].version, value: groups[key].value };
      const commit = async (writes) => ((done) => (done && writes.forEach(({ key, expectedVersion, value }) => (groups[key] = { version: expectedVersion + 1, value })), done))(await store.commit(writes));
      return { store: { ...store, load, commit } };
    },
  ],
  "cuts off what is long": ["texts: a value of megabytes, a key and an index text of hundreds of letters", committing((write) => ({ ...write, value: write.value.slice(0, 65_535) }))],
  "gives away its own rows": [
    "what was handed over and what was given are the caller's own",
    memory((store) => {
      const rows = new Map();
      return {
        async load(key) {
          const found = await store.load(key);
          if (found !== undefined && rows.get(key)?.at !== found.version) rows.set(key, { at: found.version, row: found });
          return rows.get(key)?.row;
        },
      };
    }),
  ],
  "keeps the arrays that it is handed": [
    "what was handed over and what was given are the caller's own",
    memory((store) => {
      const indexes = [];
      return {
        commit: async (writes) => ((done) => (done && writes.forEach(({ key, index = [] }) => indexes.push([key, index])), done))(await store.commit(writes)),
        find: async (query) => ("index" in query ? [...new Set(indexes.flatMap(([key, index]) => (index.includes(query.index) ? [key] : [])))] : store.find(query)),
      };
    }),
  ],
  "keeps nothing": ["durable: what was committed is there when the store is opened again", sqlite(() => ({}), () => createMemoryStore())],
  "keeps the group and not the index": [
    "durable: what was committed is there when the store is opened again",
    () => {
      const store = createMemoryStore();
      return { store, reopen: () => ({ ...store, find: async (query) => ("index" in query ? [] : store.find(query)) }) };
    },
  ],
  "throws whatever its driver throws": [
    "trouble: busy is told as such, and nothing is written",
    () => {
      const store = createMemoryStore();
      let busy = false;
      const commit = async (writes) => {
        if (busy) throw new Error("database is locked");
        return store.commit(writes);
      };
      return { store: { ...store, commit }, troubles: { busy: () => ((busy = true), () => (busy = false)) } };
    },
  ],
  "has written part of it when it fails": [
    "trouble: full is told as such, and nothing is written",
    () => {
      const store = createMemoryStore();
      let full = false;
      const commit = async (writes) => {
        if (!full) return store.commit(writes);
        await store.commit(writes.slice(0, 1));
        throw Object.assign(new Error("full"), { name: "StoreUnavailable", trouble: "full" });
      };
      return { store: { ...store, commit }, troubles: { full: () => ((full = true), () => (full = false)) } };
    },
  ],
  "reads from a cache of its own connection": [
    "another connection sees what was committed, at once",
    () => {
      const store = createMemoryStore();
      return { store: shared(store), another: () => ({ ...shared(createMemoryStore()), commit: store.commit }) };
    },
  ],
  "looks at the version before its transaction, and not in it": [
    "races: between two connections, one wins",
    async () => {
      const path = join(folder, "unchecked.db");
      const opened = [await openConnection(path, false), await openConnection(path, false)];
      return { store: opened[0], another: () => opened[1], close: () => opened.forEach((each) => each.close()) };
    },
  ],
  "locks by connection": [
    "races: between two connections, one wins",
    () => {
      const store = createMemoryStore();
      const blind = async (writes) => store.commit(await Promise.all(writes.map(async (write) => ({ ...write, expectedVersion: (await store.load(write.key))?.version ?? 0 }))));
      return { store: shared(store), another: () => ({ ...shared(store), commit: blind }) };
    },
  ],
  "does not keep records": ["records: they come and change with their group", sqlite((store) => ({ commit: (writes) => store.commit(writes.map(({ records: _, ...write }) => write)) }))],
  "keeps passing records": ["records: a passing record goes when its group is written without it", sqlite((store) => ({ commit: (writes) => store.commit(writes.map((write) => ({ ...write, records: write.records?.map((record) => ({ ...record, passing: false })) }))) }))],
  "deletes records that are not written again": ["records: they come and change with their group", sqlite((store) => ({ commit: (writes) => store.commit(writes.map((write) => ({ ...write, records: write.records?.map((record) => ({ ...record, passing: true })) }))) }))],
  "writes records before it knows whether it may": [
    "records: a commit that conflicts leaves no records",
    sqlite((store) => ({
      async commit(writes) {
        for (const { key, records } of writes) if (records !== undefined) await store.commit([{ key: `records of ${key}`, expectedVersion: (await store.load(`records of ${key}`))?.version ?? 0, value: "", records }]);
        return store.commit(writes.map(({ records: _, ...write }) => write));
      },
    })),
  ],
  "counts other records than it selects": ["records: conditions: text without regard to case, anything else exactly, empty fields unlike every value", sqlite((store) => ({ records: { ...store.records, count: ({ object }) => store.records.count({ object }) } }))],
  "loses a record between two pages": ["records: an order, and pages that neither repeat nor lose a record", sqlite((store) => ({ records: { ...store.records, select: (selection) => store.records.select(selection.after ? { ...selection, offset: 1 } : selection) } }))],
  "fills over what is newer": ["records: groups of an earlier version are found and filled, once", sqlite((store) => ({ records: { ...store.records, fill: async (write) => store.records.fill({ ...write, version: (await store.load(write.key)).version }) } }))],
};

for (const [fault, [caughtBy, open]] of Object.entries(STORES)) {
  test(`caught: a store that ${fault}`, () => assertCaught(storeConformance({ name: "mutant", open }), caughtBy));
}
