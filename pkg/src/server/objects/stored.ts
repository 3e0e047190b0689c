/** The core's rows as a store that can be queried keeps them. */
import type { Row } from "../../wire.js";
import type { StoredRecord } from "../selection.js";
import { sortable } from "./amounts.js";
import { findObject } from "./catalog.js";

const AMOUNTS = new Map<string, readonly string[]>();

/** The core's rows, each amount once more in its sortable form. */
export function storedRecords(rows: readonly Row[]): StoredRecord[] {
  return rows.map(({ object, id, fields = {}, passing = false }) => {
    const amounts: Record<string, string> = {};
    for (const name of amountsOf(object)) {
      const form = sortable(fields[name] ?? "");
      if (form !== undefined) amounts[name] = form;
    }
    return { id, object, fields, amounts, ...(passing ? { passing } : {}) };
  });
}

function amountsOf(object: string): readonly string[] {
  const known = AMOUNTS.get(object) ?? findObject(object)?.fields.filter(({ type }) => type === "currency" || type === "double" || type === "int").map(({ name }) => name) ?? [];
  AMOUNTS.set(object, known);
  return known;
}
