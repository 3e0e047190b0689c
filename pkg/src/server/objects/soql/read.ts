/** A query text to its parts. The parser is loaded with the first query: a host that is never queried does not pay for it. */
import type { Query } from "@jetstreamapp/soql-parser-js";
import { malformedQuery } from "../refusals.js";

const MAX_QUERY = 20_000;

/** Reads a query. Throws MALFORMED_QUERY, with the place where it goes wrong and nothing of its text. */
export async function readQuery(text: string): Promise<Query> {
  if (text.trim() === "") throw malformedQuery("A query string has to be specified.");
  if (text.length > MAX_QUERY) throw malformedQuery(`A query has at most ${MAX_QUERY} characters.`);
  const { parseQuery } = await import("@jetstreamapp/soql-parser-js");
  try {
    return parseQuery(text);
  } catch (error) {
    throw malformedQuery(`The query can't be read${placeOf(text, error)}.`);
  }
}

function placeOf(text: string, error: unknown): string {
  const offset = (error as { token?: { startOffset?: unknown } } | null)?.token?.startOffset;
  if (typeof offset !== "number" || !Number.isFinite(offset)) return "";
  const lines = text.slice(0, offset).split("\n");
  return ` at Row:${lines.length}:Column:${(lines.at(-1)?.length ?? 0) + 1}`;
}
