/**
 * The little of SQLite that this package needs, over whichever binding the host has: `node:sqlite` (Node ≥ 22, Deno,
 * Bun), else `libsql` (Node 20), whose prebuilt binary needs no compiler.
 */
import { builtin } from "../../builtin.js";
import { isPaymentsError, PaymentsError } from "../../errors.js";

/** A value in a row. Integers stay within ±2^53. */
export type SqlValue = string | number | null;

/** A prepared statement. Throws what SQLite says. */
export interface Statement {
  get(...parameters: SqlValue[]): Record<string, SqlValue> | undefined;
  all(...parameters: SqlValue[]): Record<string, SqlValue>[];
  /** How many rows were changed. */
  run(...parameters: SqlValue[]): { readonly changes: number | bigint };
}

/** An open database. */
export interface Database {
  exec(sql: string): unknown;
  prepare(sql: string): Statement;
  close(): void;
  /** Where transactions are no statements: runs `work` in one, which an exception undoes. */
  readonly transactionSync?: <T>(work: () => T) => T;
  /** How long a text in a row may be, in UTF-16 units, where that is less than a group may grow to. */
  readonly longestText?: number;
}

// WAL with FULL waits for the disk at every commit: what is committed survives a power cut. The time-out is for others
// who hold the file for a moment: a backup, a curious person with sqlite3.
export const DURABLE = ["busy_timeout = 5000", "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"];

/**
 * Opens the file, making it and its folder when missing; `:memory:` for none. What is committed survives a power cut
 * unless other `pragmas` are given. `prepare` is what has to be done to the file before it is of use. Throws
 * `store_unusable`.
 */
export async function openDatabase(path: string, pragmas: readonly string[] = DURABLE, prepare?: (database: Database) => void): Promise<Database> {
  const open = await binding();
  let database: Database | undefined;
  try {
    if (path !== ":memory:") makeFolder(path);
    database = open(path);
    for (const pragma of pragmas) database.exec(`PRAGMA ${pragma}`);
    prepare?.(database);
    return database;
  } catch (cause) {
    database?.close();
    if (isPaymentsError(cause)) throw cause;
    throw new PaymentsError("store_unusable", `The database ${path} can't be opened: ${messageOf(cause)}`, { details: { cause } });
  }
}

/** Runs `work` in one transaction that it alone writes in. False from `work` undoes it, and so does an exception. */
export function transact(database: Database, work: () => boolean): boolean {
  return database.transactionSync === undefined ? transactByStatements(database, work) : transactByCall(database.transactionSync, work);
}

/** What a caught value says, for a message. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

class Undone extends Error {}

function transactByCall(call: NonNullable<Database["transactionSync"]>, work: () => boolean): boolean {
  try {
    call(() => {
      if (!work()) throw new Undone();
    });
    return true;
  } catch (error) {
    if (error instanceof Undone) return false;
    throw error;
  }
}

function transactByStatements(database: Database, work: () => boolean): boolean {
  database.exec("BEGIN IMMEDIATE");
  let done = false;
  try {
    done = work();
    if (done) database.exec("COMMIT");
  } catch (error) {
    done = false;
    throw error;
  } finally {
    if (!done) rollBack(database);
  }
  return done;
}

// SQLite ends a transaction by itself after some errors (a full disk); a second end would hide the first error.
function rollBack(database: Database): void {
  try {
    database.exec("ROLLBACK");
  } catch {
    // it had been rolled back
  }
}

type Open = (path: string) => Database;

let found: Promise<Open> | undefined;

function binding(): Promise<Open> {
  found ??= findBinding();
  return found;
}

async function findBinding(): Promise<Open> {
  const builtIn = builtin<{ DatabaseSync: new (path: string) => Database }>("node:sqlite");
  if (builtIn !== undefined) return (path) => new builtIn.DatabaseSync(path);
  try {
    const name = "libsql"; // a variable, so that bundlers and tsc don't insist on a package that only Node 20 needs
    const { default: Libsql } = (await import(name)) as { default: new (path: string) => Database };
    return (path) => new Libsql(path);
  } catch (cause) {
    throw new PaymentsError("store_unusable", "SQLite needs Node 22 or newer, Deno or Bun; on Node 20 install the package libsql.", { details: { cause } });
  }
}

function makeFolder(path: string): void {
  const fs = builtin<{ mkdirSync(path: string, options: object): unknown }>("node:fs");
  const { dirname } = builtin<{ dirname(path: string): string }>("node:path") ?? { dirname: undefined };
  if (dirname !== undefined) fs?.mkdirSync(dirname(path), { recursive: true });
}

/** The file's own name: links are followed, where the file is there. */
export function ownName(path: string): string {
  try {
    return builtin<{ realpathSync(path: string): string }>("node:fs")?.realpathSync(path) ?? path;
  } catch {
    return path; // it is not there yet
  }
}
