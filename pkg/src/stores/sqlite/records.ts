/** The records of the groups in SQLite: one row each, its fields as JSON; and a selection put into SQL, every value bound. */
import type { Column, Condition, FieldRef, Order, SelectedRow, Selection, StoredRecord } from "../../server/selection.js";
import { type Database, type SqlValue, type Statement } from "./driver.js";

// What every payment writes, so each is as small as its questions allow: an id says its object, and few records belong to a group.
const INDEXES = `
  CREATE UNIQUE INDEX records_object ON records (object, id);
  CREATE INDEX records_group ON records (object, fields ->> '$.PaymentGroupId', id) WHERE fields ->> '$.PaymentGroupId' IS NOT NULL;
`;

/** What a file of schema 1 lacks. A later version that derives other rows sets `filled` back to 0. */
export const RECORDS_SCHEMA = `
  ALTER TABLE groups ADD COLUMN filled INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX groups_unfilled ON groups (key) WHERE filled = 0;
  CREATE TABLE records (
    id TEXT NOT NULL,
    object TEXT NOT NULL,
    owner TEXT NOT NULL,
    passing INTEGER NOT NULL,
    fields TEXT NOT NULL,
    amounts TEXT NOT NULL
  ) STRICT;
  ${INDEXES}
  CREATE INDEX records_created ON records (object, fields ->> '$.CreatedDate');
  CREATE INDEX records_passing ON records (owner) WHERE passing = 1;
`;

/** Brings the indexes of schema 2 and 3 up to date. Such a file keeps the index that its ids had beside these. */
export const NEWER_INDEXES = `
  DROP INDEX IF EXISTS records_object;
  DROP INDEX IF EXISTS records_group;
  ${INDEXES}
`;

/** A record as its row has it. */
export interface RecordRow {
  readonly id: string;
  readonly object: string;
  readonly passing: number;
  readonly fields: string;
  readonly amounts: string;
}

/** The rows of these records. */
export function recordRows(records: readonly StoredRecord[]): readonly RecordRow[] {
  return records.map(({ id, object, passing = false, fields, amounts }) => ({ id, object, passing: passing ? 1 : 0, fields: JSON.stringify(fields), amounts: JSON.stringify(amounts) }));
}

/** Writes a group's records, inside the transaction that writes the group. */
export function recordWriter(database: Database): (owner: string, records: readonly RecordRow[]) => void {
  // A record that is as it was is not written again.
  const put = database.prepare(`
    INSERT INTO records (id, object, owner, passing, fields, amounts) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET passing = excluded.passing, fields = excluded.fields, amounts = excluded.amounts
    WHERE fields <> excluded.fields OR passing <> excluded.passing`);
  const clear = database.prepare("DELETE FROM records WHERE owner = ? AND passing = 1 AND id NOT IN (SELECT value FROM json_each(?))");
  return (owner, records) => {
    clear.run(owner, JSON.stringify(records.map(({ id }) => id)));
    for (const { id, object, passing, fields, amounts } of records) put.run(id, object, owner, passing, fields, amounts);
  };
}

/** Answers selections. */
export function recordReader(database: Database): { select(selection: Selection): readonly SelectedRow[]; count(selection: Pick<Selection, "object" | "where">): number } {
  return {
    select(selection) {
      const { sql, values } = selectSql(selection);
      return prepared(database, sql).all(...values).map((row) => readRow(selection, row));
    },
    count({ object, where }) {
      const values: SqlValue[] = [object];
      const sql = `SELECT COUNT(*) AS n FROM records WHERE object = ?${where === undefined ? "" : ` AND ${conditionSql(where, values)}`}`;
      return Number(prepared(database, sql).get(...values)?.["n"] ?? 0);
    },
  };
}

/** A selection as SQL with its values. */
export function selectSql(selection: Selection): { readonly sql: string; readonly values: SqlValue[] } {
  const { object, columns, where, groupBy, orderBy, after, limit, offset } = selection;
  const computes = groupBy !== undefined || columns.some((column) => "compute" in column && column.compute !== undefined);
  const values: SqlValue[] = [];
  const order = orderBy.flatMap(orderSql);
  const shown = [...columns.map((column, at) => `${columnSql(column)} AS c${at}`), ...orderBy.map(({ field }, at) => `${valueSql(field)} AS o${at}`)];
  const parts = [`SELECT ${[computes ? "'' AS id" : "records.id AS id", ...shown].join(", ")} FROM records WHERE records.object = ?`];
  values.push(object);
  if (where !== undefined) parts.push(`AND ${conditionSql(where, values)}`);
  if (after !== undefined) parts.push(`AND ${afterSql(orderBy, after, values)}`);
  if (groupBy !== undefined && groupBy.length > 0) parts.push(`GROUP BY ${groupBy.map(groupSql).join(", ")}`);
  const terms = [...order.map(({ sql, descending }) => `${sql}${descending ? " DESC" : ""}`), ...(computes ? (groupBy ?? []).map(groupSql) : ["records.id"])];
  if (terms.length > 0) parts.push(`ORDER BY ${terms.join(", ")}`);
  parts.push("LIMIT ? OFFSET ?");
  values.push(limit, offset);
  return { sql: parts.join(" "), values };
}

// As many forms of questions as a busy back office asks; the oldest goes.
const MAX_PREPARED = 64;
const statementsOf = new WeakMap<Database, Map<string, Statement>>();

function prepared(database: Database, sql: string): Statement {
  const statements = statementsOf.get(database) ?? new Map<string, Statement>();
  statementsOf.set(database, statements);
  const statement = statements.get(sql) ?? database.prepare(sql);
  statements.delete(sql);
  statements.set(sql, statement);
  const oldest = statements.size > MAX_PREPARED ? statements.keys().next().value : undefined;
  if (oldest !== undefined) statements.delete(oldest);
  return statement;
}

function readRow({ columns, orderBy }: Selection, row: Record<string, SqlValue>): SelectedRow {
  const order = orderBy.map((_, at) => row[`o${at}`] ?? null);
  return { id: String(row["id"]), values: columns.map((_, at) => row[`c${at}`] ?? null), order: order.map((value) => (value === null ? null : String(value))) };
}

function columnSql(column: Column): string {
  if (!("field" in column)) return "COUNT(*)";
  switch (column.compute) {
    case "min":
      return `MIN(${valueSql(column.field)})`;
    case "max":
      return `MAX(${valueSql(column.field)})`;
    case "count":
      return `COUNT(${valueSql(column.field)})`;
    case "countDistinct":
      return `COUNT(DISTINCT ${groupSql(column.field)})`;
    default:
      return fieldSql(column.field, "fields");
  }
}

/** The value a field compares by. */
function valueSql(field: FieldRef): string {
  return fieldSql(field, field.kind === "amount" ? "amounts" : "fields");
}

function fieldSql({ name, via }: FieldRef, column: "fields" | "amounts"): string {
  if (via === undefined) return name === "Id" ? "records.id" : `(records.${column} ->> '$.${safe(name)}')`;
  const led = `(records.fields ->> '$.${safe(via.reference)}')`;
  return `(SELECT led.${column} ->> '$.${safe(name)}' FROM records AS led WHERE led.id = ${led} AND led.object = '${safe(via.object)}')`;
}

function groupSql(field: FieldRef): string {
  return `${valueSql(field)}${field.kind === "text" ? " COLLATE NOCASE" : ""}`;
}

// Names come from the host's own table; whatever else came here would be a bug, and must not become SQL.
function safe(name: string): string {
  if (!/^\w+$/.test(name)) throw new TypeError("a field's name has letters, digits and underscores only");
  return name;
}

function conditionSql(condition: Condition, values: SqlValue[]): string {
  if ("all" in condition) return joined(condition.all, " AND ", values);
  if ("any" in condition) return joined(condition.any, " OR ", values);
  if ("not" in condition) return `NOT ${conditionSql(condition.not, values)}`;
  const value = groupSql(condition.field);
  switch (condition.operator) {
    case "in": {
      const texts = condition.values.filter((each) => each !== null);
      values.push(JSON.stringify(texts));
      const among = known(value, "IN (SELECT value FROM json_each(?))");
      return condition.values.includes(null) ? `(${among} OR ${value} IS NULL)` : among;
    }
    case "like":
      values.push(condition.value);
      return known(value, "LIKE ? ESCAPE '\\'");
    case "=":
      if (condition.value === null) return `(${value} IS NULL)`;
      values.push(condition.value);
      return known(value, "= ?");
    case "!=":
      values.push(condition.value);
      return `(${value} IS NOT ?)`;
    default:
      values.push(condition.value);
      return known(value, `${condition.operator} ?`);
  }
}

// False of an empty field, so that NOT finds it; and in a form for which SQLite takes an index.
function known(value: string, comparison: string): string {
  return `(${value} ${comparison} AND ${value} IS NOT NULL)`;
}

// In halves, each in parentheses: SQLite counts how deep an expression is, and a chain is as deep as it is long.
function joined(conditions: readonly Condition[], word: string, values: SqlValue[]): string {
  const [first] = conditions;
  if (conditions.length === 1 && first !== undefined) return conditionSql(first, values);
  const middle = Math.ceil(conditions.length / 2);
  const halves = [conditions.slice(0, middle), conditions.slice(middle)].filter((half) => half.length > 0);
  return `(${halves.map((half) => joined(half, word, values)).join(word)})`;
}

/** What is ordered by, each never empty where it decides: first whether the field is empty, then its value. */
function orderSql({ field, descending, nullsFirst }: Order): { readonly sql: string; readonly descending: boolean }[] {
  return [
    { sql: `(${valueSql(field)} IS NULL)`, descending: nullsFirst },
    { sql: groupSql(field), descending },
  ];
}

// Behind a row of an order over several terms: alike in some first ones, and behind in the next.
function afterSql(orderBy: readonly Order[], after: NonNullable<Selection["after"]>, values: SqlValue[]): string {
  const terms = orderBy.flatMap((order, at) => {
    const value = after.values[at] ?? null;
    const [isEmpty, itself] = orderSql(order) as [{ sql: string; descending: boolean }, { sql: string; descending: boolean }];
    return [{ ...isEmpty, value: value === null ? 1 : 0 }, { ...itself, value }];
  });
  const all = [...terms, { sql: "records.id", descending: false, value: after.id }];
  const ways = all.map((term, at) => {
    const alike = all.slice(0, at).map(({ sql, value }) => {
      values.push(value);
      return `${sql} IS ?`;
    });
    values.push(term.value);
    return `(${[...alike, known(term.sql, `${term.descending ? "<" : ">"} ?`)].join(" AND ")})`;
  });
  return `(${ways.join(" OR ")})`;
}
