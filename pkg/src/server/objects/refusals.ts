/** What the reading of records is refused with, in the codes that its clients know (`docs/errors.md`). */
import { Refusal } from "../refusal.js";
import { shownName } from "./catalog.js";

/** The query can't be read, or says what is not supported. */
export function malformedQuery(message: string): Refusal {
  return new Refusal(400, "MALFORMED_QUERY", message);
}

/** There is no such field, it may not be used like this, or the value is not of its type. */
export function invalidField(message: string): Refusal {
  return new Refusal(400, "INVALID_FIELD", message);
}

/** There is no such field. */
export function noSuchField(object: string, name: string): Refusal {
  return invalidField(`No such column '${shownName(name)}' on entity '${object}'.`);
}

/** There is no such object to query. */
export function invalidType(name: string): Refusal {
  return new Refusal(400, "INVALID_TYPE", `sObject type '${shownName(name)}' is not supported.`);
}

/** A text that can't be an id of this object. */
export function malformedId(object: string): Refusal {
  return new Refusal(400, "MALFORMED_ID", `The id is not one of ${object}.`);
}

/** There is nothing at this address. */
export function notFound(): Refusal {
  return new Refusal(404, "NOT_FOUND", "The requested resource does not exist.");
}

/** The rest of a query's answer is not kept (any more). */
export function invalidLocator(): Refusal {
  return new Refusal(400, "INVALID_QUERY_LOCATOR", "The query locator is not known, or no longer: query again.");
}

/** OFFSET is beyond its bound. */
export function offsetTooLarge(): Refusal {
  return new Refusal(400, "NUMBER_OUTSIDE_VALID_RANGE", "Maximum SOQL offset allowed is 2000");
}

/** An aggregate has more rows than one answer. */
export function aggregateTooLarge(): Refusal {
  return new Refusal(400, "EXCEEDED_ID_LIMIT", "Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch");
}

/** The records of this object are not made, changed or given up by hand. */
export function readOnly(object: string, method: string, allowed: readonly string[]): Refusal {
  return new Refusal(405, "METHOD_NOT_ALLOWED", `${method} is not for the records of ${object}.`, { allow: allowed.join(", ") });
}
