/** What stands behind an operator, as the store compares it: by the field's type, never by what it looks like. */
import { sortable } from "../amounts.js";
import type { FieldDescription } from "../descriptions.js";
import { invalidField, malformedQuery } from "../refusals.js";
import { spanOf, type Span } from "./days.js";

/** A value of a query: nothing, a text to compare by, or a span of time. */
export type Value = null | string | Span;

const MAX_TEXT = 4000;
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", N: "\n", r: "\r", R: "\r", t: "\t", T: "\t", b: "\b", B: "\b", f: "\f", F: "\f", '"': '"', "'": "'", "\\": "\\" };

/** Reads one value. Throws INVALID_FIELD when it is not of the field's type. */
export function readValue(field: FieldDescription, literalType: string | undefined, text: string, now: number): Value {
  if (literalType === "NULL") return null;
  switch (field.type) {
    case "currency":
    case "double":
    case "int":
      if (literalType === "INTEGER" || literalType === "DECIMAL") return readAmount(field, text);
      break;
    case "boolean":
      if (literalType === "BOOLEAN") return text.toLowerCase();
      break;
    case "datetime":
      if (literalType === "DATETIME") return readTime(field, text);
      if (literalType === "DATE_LITERAL" || literalType === "DATE_N_LITERAL") return readSpan(text, now);
      break;
    case "date":
      if (literalType === "DATE") return text;
      if (literalType === "DATE_LITERAL" || literalType === "DATE_N_LITERAL") return readSpan(text, now);
      break;
    default:
      if (literalType === "STRING") return readText(text) || null; // an empty text is an empty field
  }
  throw wrongType(field);
}

/** A pattern for LIKE: its escapes are kept for the store. */
export function readPattern(field: FieldDescription, literalType: string | undefined, text: string): string {
  if (literalType !== "STRING" || ["currency", "double", "int", "boolean", "datetime", "date", "id", "reference"].includes(field.type)) {
    throw invalidField(`The operator LIKE can't be used with the field '${field.name}'.`);
  }
  const pattern = unquoted(text).replaceAll(/\\([\s\S])/g, (_, sign: string) => {
    if (sign === "%" || sign === "_" || sign === "\\") return `\\${sign}`;
    return ESCAPES[sign] ?? sign;
  });
  if (pattern.length > 500 || (pattern.match(/%/g) ?? []).length > 10) throw malformedQuery("A pattern of LIKE has at most 500 characters and 10 percent signs.");
  // A lone backslash at the end would escape nothing.
  return /(?:^|[^\\])(?:\\\\)*\\$/.test(pattern) ? `${pattern}\\` : pattern;
}

function readText(text: string): string {
  const value = unquoted(text).replaceAll(/\\([\s\S])/g, (_, sign: string) => ESCAPES[sign] ?? sign);
  if (value.length > MAX_TEXT) throw malformedQuery(`A text has at most ${MAX_TEXT} characters.`);
  return value;
}

function unquoted(text: string): string {
  return text.startsWith("'") && text.endsWith("'") && text.length > 1 ? text.slice(1, -1) : text;
}

function readAmount(field: FieldDescription, text: string): string {
  const form = sortable(text.replace(/^\+/, "").replace(/^(-?)\./, "$10.").replace(/\.$/, ""));
  if (form === undefined) throw invalidField(`The value for the field '${field.name}' has more than 18 digits before or behind the point.`);
  return form;
}

function readTime(field: FieldDescription, text: string): string {
  const time = new Date(text.replace(/([+-]\d\d)(\d\d)$/, "$1:$2"));
  if (Number.isNaN(time.getTime()) || time.getUTCFullYear() > 9999 || time.getUTCFullYear() < 0) throw wrongType(field);
  return time.toISOString();
}

function readSpan(text: string, now: number): Span {
  const span = spanOf(text, now);
  if (span === undefined) throw malformedQuery("This date literal is not supported.");
  return span;
}

function wrongType(field: FieldDescription): Error {
  const quotes = ["string", "textarea", "picklist", "email", "phone", "id", "reference"].includes(field.type) ? "should be enclosed in quotes" : "should not be enclosed in quotes";
  return invalidField(`value of filter criterion for field '${field.name}' must be of type ${field.type} and ${quotes}`);
}
