/** A query text to its parts. The parser is loaded with the first query: a host that is never queried does not pay for it. */
import type { Query } from "@jetstreamapp/soql-parser-js";
import { malformedQuery } from "../refusals.js";

const MAX_QUERY = 20_000;

/** Reads a query. Throws MALFORMED_QUERY, with the place where it goes wrong and no value of its text. */
export async function readQuery(text: string): Promise<Query> {
  if (text.trim() === "") throw malformedQuery("A query string has to be specified.");
  if (text.length > MAX_QUERY) throw malformedQuery(`A query has at most ${MAX_QUERY} characters.`);
  const { parseQuery } = await import("@jetstreamapp/soql-parser-js");
  try {
    return parseQuery(text);
  } catch (error) {
    throw malformedQuery(`The query can't be read${placeOf(error)}.`);
  }
}

// The parser says it in words of its own. A word of the language or a name may be repeated, a value never.
function placeOf(error: unknown): string {
  const message = error instanceof Error ? error.message : "";
  const [, row, column] = /\((\d+):(\d+)\)$/.exec(message) ?? [];
  if (row !== undefined && column !== undefined) return ` at Row:${row}:Column:${column}`;
  const [, found] = /but found(?: -->|:) '([A-Za-z_]{0,40})'/.exec(message) ?? [];
  if (found === undefined) return "";
  return found === "" ? ": it ends too early" : `: unexpected token: '${found}'`;
}
