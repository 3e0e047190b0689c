/** The records of a store that can be queried (`Store.records`): written with their group, or not at all. */
import type { Condition, FieldRef, RecordStore, Selection, StoredRecord } from "../../server/ports.js";
import type { Check } from "../case.js";
import { expect, expectEqual } from "../expect.js";
import type { StoreWorld } from "./world.js";

const WITH = "§7: what finance reads and what the core decides by are one commit; a record that is told too early or late is a payment that nobody can explain.";
const ASKED = "`server/selection.ts`: the question is checked by the host; a store only puts it into its own language.";

const name: FieldRef = { name: "Name", kind: "text" };
const status: FieldRef = { name: "Status", kind: "exact" };
const amount: FieldRef = { name: "Amount", kind: "amount" };
const id: FieldRef = { name: "Id", kind: "exact" };
const EVERY: Condition = { field: id, operator: "!=", value: null };

export const recordChecks: readonly Check<StoreWorld>[] = [
  check("they come and change with their group", WITH, async (world, records) => {
    await world.put("g", 0, "", { records: [record("p1", { Status: "Draft" }), record("p2", { Status: "Draft" })] });
    await finds(records, EVERY, ["p1", "p2"]);
    await world.put("g", 1, "", { records: [record("p1", { Status: "Processed" })] });
    await finds(records, { field: status, operator: "=", value: "Processed" }, ["p1"]);
    await finds(records, EVERY, ["p1", "p2"]); // nothing is ever deleted
  }),
  check("a passing record goes when its group is written without it", WITH, async (world, records) => {
    await world.put("g", 0, "", { records: [record("p1", {}, { passing: true }), record("p2", {}, { passing: true }), record("p3")] });
    await world.put("h", 0, "", { records: [record("p4", {}, { passing: true })] });
    await world.put("g", 1, "", { records: [record("p2", {}, { passing: true })] });
    await finds(records, EVERY, ["p2", "p3", "p4"]);
    await world.put("g", 2, "", { records: [record("p2")] });
    await world.put("g", 3, "", { records: [] });
    await finds(records, EVERY, ["p2", "p3", "p4"]);
  }),
  check("a commit that conflicts leaves no records", WITH, async (world, records) => {
    await world.put("g", 0, "", { records: [record("p1", { Status: "Draft" })] });
    const writes = [
      { key: "g", expectedVersion: 1, value: "", records: [record("p1", { Status: "Processed" }), record("p2")] },
      { key: "h", expectedVersion: 7, value: "", records: [record("p3")] },
    ];
    expectEqual(await world.store.commit(writes), false, "a commit with one wrong version");
    await finds(records, EVERY, ["p1"]);
    await finds(records, { field: status, operator: "=", value: "Draft" }, ["p1"]);
  }),
  check("conditions: text without regard to case, anything else exactly, empty fields unlike every value", ASKED, async (world, records) => {
    const rows = [record("p1", { Name: "Ada", Status: "Draft" }), record("p2", { Name: "ADA's 100%", Status: "draft" }), record("p3", { Status: "Draft" }), record("x1", { Name: "Ada" }, { object: "Other" })];
    await world.put("g", 0, "", { records: rows });
    const expected: readonly [Condition, readonly string[]][] = [
      [{ field: name, operator: "=", value: "ada" }, ["p1"]],
      [{ field: status, operator: "=", value: "draft" }, ["p2"]],
      [{ field: name, operator: "!=", value: "ada" }, ["p2", "p3"]],
      [{ field: name, operator: "=", value: null }, ["p3"]],
      [{ field: name, operator: "!=", value: null }, ["p1", "p2"]],
      [{ not: { field: name, operator: "=", value: "Ada" } }, ["p2", "p3"]],
      [{ field: name, operator: "in", values: ["ADA", null] }, ["p1", "p3"]],
      [{ field: name, operator: "in", values: [] }, []],
      [{ field: name, operator: "like", value: "ada%" }, ["p1", "p2"]],
      [{ field: name, operator: "like", value: "ad_" }, ["p1"]],
      [{ field: name, operator: "like", value: "%100\\%" }, ["p2"]],
      [{ field: id, operator: "=", value: "p3" }, ["p3"]],
      [{ all: [{ field: status, operator: "=", value: "Draft" }, { not: { field: name, operator: "=", value: null } }] }, ["p1"]],
      [{ any: [{ field: id, operator: "=", value: "p1" }, { field: name, operator: "=", value: null }] }, ["p1", "p3"]],
    ];
    for (const [where, ids] of expected) await finds(records, where, ids);
    await finds(records, { field: name, operator: "=", value: "' OR '1'='1" }, []);
  }),
  check("amounts compare by their size", ASKED, async (world, records) => {
    await world.put("g", 0, "", { records: [["p1", "9.00"], ["p2", "10.00"], ["p3", "100.50"], ["p4", "0.00"]].map(([key = "", text = ""]) => record(key, { Amount: text }, { amounts: { Amount: sortable(text) } })) });
    await finds(records, { field: amount, operator: ">", value: sortable("9.00") }, ["p2", "p3"]);
    await finds(records, { field: amount, operator: "<=", value: sortable("9.00") }, ["p1", "p4"]);
    expectEqual(await ids(records, { orderBy: [{ field: amount, descending: true, nullsFirst: false }] }), ["p3", "p2", "p1", "p4"], "records by falling amount");
  }),
  check("an order, and pages that neither repeat nor lose a record", ASKED, async (world, records) => {
    const rows = Array.from({ length: 23 }, (_, at) => record(`p${String(at).padStart(2, "0")}`, at % 5 === 0 ? {} : { Name: ["b", "A", "c"][at % 3] ?? "" }));
    await world.put("g", 0, "", { records: rows });
    for (const descending of [false, true]) {
      for (const nullsFirst of [false, true]) {
        const orderBy = [{ field: name, descending, nullsFirst }];
        const all = await ids(records, { orderBy });
        expectEqual([...all].sort(), rows.map((row) => row.id), "the records in an order");
        expectEqual(all.map((each) => rows.find((row) => row.id === each)?.fields["Name"] ?? null), ordered(rows, descending, nullsFirst), "their names");
        const paged: string[] = [];
        let after: Selection["after"];
        for (;;) {
          const page = await records.select(selection({ orderBy, limit: 4, ...(after === undefined ? {} : { after }) }));
          paged.push(...page.map((row) => row.id));
          const last = page.at(-1);
          if (last === undefined || paged.length > rows.length) break;
          after = { values: last.order, id: last.id };
        }
        expectEqual(paged, all, "the same records, page by page");
        expectEqual(await ids(records, { orderBy, offset: 5, limit: 3 }), all.slice(5, 8), "three records behind the fifth");
      }
    }
  }),
  check("computed columns and groups", ASKED, async (world, records) => {
    const rows = [["p1", "Draft", "3.00"], ["p2", "Draft", "12.00"], ["p3", "Processed", "5.00"], ["p4", "Processed", ""]] as const;
    await world.put("g", 0, "", { records: rows.map(([key, state, text]) => record(key, { Status: state, ...(text === "" ? {} : { Amount: text }) }, { amounts: text === "" ? {} : { Amount: sortable(text) } })) });
    const counted = await records.select(selection({ columns: [{ field: status }, { compute: "countAll" }, { field: amount, compute: "count" }, { field: amount, compute: "max" }], groupBy: [status], orderBy: [{ field: status, descending: false, nullsFirst: true }] }));
    expectEqual(counted.map(({ values }) => values), [["Draft", 2, 2, sortable("12.00")], ["Processed", 2, 1, sortable("5.00")]], "records, amounts and the greatest amount by status");
    expectEqual((await records.select(selection({ columns: [{ field: status, compute: "countDistinct" }] }))).map(({ values }) => values), [[2]], "how many statuses there are");
  }),
  check("a field of the record that a reference leads to", ASKED, async (world, records) => {
    const parent: FieldRef = { name: "Status", kind: "exact", via: { reference: "GroupId", object: "Group" } };
    await world.put("g", 0, "", { records: [record("g1", { Status: "Open" }, { object: "Group" }), record("p1", { GroupId: "g1" }), record("p2", { GroupId: "g9" }), record("p3")] });
    await finds(records, { field: parent, operator: "=", value: "Open" }, ["p1"]);
    expectEqual((await records.select(selection({ columns: [{ field: parent }] }))).map(({ values }) => values), [["Open"], [null], [null]], "the field that the references lead to");
  }),
  check("groups of an earlier version are found and filled, once", "`server/selection.ts`: an old file has groups without records; what was written meanwhile is newer than what is filled in.", async (world, records) => {
    await world.put("checkout/a", 0, "one");
    await world.put("checkout/b", 0, "one", { records: [] });
    await world.put("parked/c", 0, "one");
    await world.put("checkout/d", 0, "one");
    expectEqual(await records.unfilled({ prefix: "checkout/", limit: 10 }), ["checkout/a", "checkout/d"], "the keys without records");
    expectEqual((await records.unfilled({ prefix: "checkout/", limit: 1 })).length, 1, "how many of them, at most one");
    await world.put("checkout/d", 1, "two");
    expectEqual(await records.fill({ key: "checkout/d", version: 1, records: [record("p9")] }), false, "filling an older version");
    expectEqual(await records.fill({ key: "checkout/a", version: 1, records: [record("p1")] }), true, "filling the version that is there");
    expectEqual(await records.unfilled({ prefix: "checkout/", limit: 10 }), ["checkout/d"], "the keys without records after that");
    await finds(records, EVERY, ["p1"]);
    await world.has("checkout/a", 1, "one");
  }),
  {
    title: "records: they are there when the store is opened again",
    rule: WITH,
    needs: ["records", "reopen"],
    async check(world) {
      await world.put("g", 0, "", { records: [record("p1", { Name: "ü 😀" })] });
      const again = await world.harness.reopen?.();
      expect(again?.records !== undefined, "the store that was opened again has no records");
      world.store = again;
      await finds(again.records, { field: name, operator: "=", value: "ü 😀" }, ["p1"]);
    },
  },
];

function check(title: string, rule: string, run: (world: StoreWorld, records: RecordStore) => Promise<void>): Check<StoreWorld> {
  return { title: `records: ${title}`, rule, needs: ["records"], check: (world) => run(world, world.store.records as RecordStore) };
}

function record(key: string, fields: Readonly<Record<string, string>> = {}, more: Partial<StoredRecord> = {}): StoredRecord {
  return { id: key, object: "Payment", fields: { Id: key, ...fields }, amounts: {}, ...more };
}

function selection(more: Partial<Selection>): Selection {
  return { object: "Payment", columns: [{ field: id }], orderBy: [], limit: 100, offset: 0, ...more };
}

async function ids(records: RecordStore, more: Partial<Selection>): Promise<string[]> {
  return (await records.select(selection(more))).map((row) => row.id);
}

async function finds(records: RecordStore, where: Condition, expected: readonly string[]): Promise<void> {
  expectEqual(await ids(records, { where }), expected, `the records with ${JSON.stringify(where)}`);
  expectEqual(await records.count({ object: "Payment", where }), expected.length, `how many records have ${JSON.stringify(where)}`);
}

// As the host makes them: all of one length, in the order of the amounts.
function sortable(text: string): string {
  return text.replace(".", "").padStart(20, "0");
}

function ordered(rows: readonly StoredRecord[], descending: boolean, nullsFirst: boolean): (string | null)[] {
  const names = rows.flatMap(({ fields }) => fields["Name"] ?? []);
  const sorted = names.sort((one, other) => (one.toLowerCase() < other.toLowerCase() ? -1 : 1) * (descending ? -1 : 1));
  const empty = rows.filter(({ fields }) => fields["Name"] === undefined).map(() => null);
  return nullsFirst ? [...empty, ...sorted] : [...sorted, ...empty];
}
