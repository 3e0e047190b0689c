/** What SQLite says of a file it can't use, in the words of the store's port. */
import { type StoreTrouble, StoreUnavailable } from "../../server/ports.js";

// https://www.sqlite.org/rescode.html: the primary codes. Nothing of a statement that failed with one of them stays.
const TROUBLES: Readonly<Record<number, StoreTrouble>> = { 5: "busy", 6: "busy", 8: "read_only", 13: "full" };
const NAMES: Readonly<Record<string, StoreTrouble>> = { SQLITE_BUSY: "busy", SQLITE_LOCKED: "busy", SQLITE_READONLY: "read_only", SQLITE_FULL: "full" };

/** The store's error for what the driver threw. */
export function unavailable(error: unknown): StoreUnavailable {
  return new StoreUnavailable(troubleOf(error), error);
}

/** Whether somebody else holds the file. */
export function isBusy(error: unknown): boolean {
  return troubleOf(error) === "busy";
}

// `node:sqlite` gives the number, with the extended code in its upper bits; libsql gives the name, extended by words; a Durable Object
// has nothing but its message, which ends with the name.
function troubleOf(error: unknown): StoreTrouble {
  const { errcode, code, message } = (error ?? {}) as { errcode?: unknown; code?: unknown; message?: unknown };
  if (typeof errcode === "number") return TROUBLES[errcode & 0xff] ?? "failed";
  const name = typeof code === "string" ? /^SQLITE_[A-Z]+/.exec(code)?.[0] : /: (SQLITE_[A-Z]+)$/.exec(String(message))?.[1];
  return (name === undefined ? undefined : NAMES[name]) ?? "failed";
}
