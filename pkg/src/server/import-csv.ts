/** A CSV of records (RFC 4180, the first line names the columns) as the JSON the core reads: an array of objects of texts. */
import { Refusal } from "./refusal.js";

const MAX_COLUMNS = 100;

/** Throws 400 when the text is no CSV; the message names the line, never a value. */
export async function recordsOfCsv(bytes: Uint8Array): Promise<Uint8Array> {
  // This build of the library needs nothing of Node, and is loaded by those only who import.
  const { parse } = await import("csv-parse/browser/esm/sync");
  const rows = parsed(() => parse(textOf(bytes), { bom: true, skip_empty_lines: true, relax_column_count: false }));
  const [columns = [], ...records] = rows;
  if (columns.length > MAX_COLUMNS || new Set(columns).size < columns.length) throw malformed("the columns' names must be unique, and at most 100.");
  // An empty field is no value.
  const objects = records.map((record) => Object.fromEntries(columns.map((name, at) => [name, record[at] ?? ""]).filter(([, value]) => value !== "")));
  return new TextEncoder().encode(JSON.stringify(objects));
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw malformed("it is not UTF-8.");
  }
}

function parsed(read: () => string[][]): string[][] {
  try {
    return read();
  } catch (error) {
    const { lines } = error as { lines?: unknown };
    throw malformed(typeof lines === "number" ? `see line ${lines}.` : "it can't be read.");
  }
}

function malformed(why: string): Refusal {
  return new Refusal(400, "INVALID_API_INPUT", `The body is no CSV: ${why}`);
}
