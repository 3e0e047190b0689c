/** The simulator's books in their own SQLite file: they tell the truth after any crash of the server (DESIGN §7). */
import type { GatewayOperation } from "../../wire.js";
import { type Database, DURABLE, openDatabase, type SqlValue, transact } from "../../stores/sqlite/driver.js";
import type { BookedEffect, BookedPayment, BookedRequest, Books } from "./books.js";

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS payments (
    reference TEXT PRIMARY KEY, groupId TEXT, ourReference TEXT, token TEXT NOT NULL, operation TEXT NOT NULL,
    currencyIsoCode TEXT NOT NULL, script TEXT NOT NULL, minted INTEGER NOT NULL, sale INTEGER NOT NULL, state TEXT NOT NULL, asked TEXT NOT NULL,
    authorized TEXT NOT NULL, reversed TEXT NOT NULL, captured TEXT NOT NULL, refunded TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS payments_group ON payments (groupId);
  CREATE INDEX IF NOT EXISTS payments_token ON payments (token);
  CREATE TABLE IF NOT EXISTS effects (
    reference TEXT PRIMARY KEY, paymentReference TEXT NOT NULL, ourReference TEXT NOT NULL, operation TEXT NOT NULL,
    amount TEXT NOT NULL, state TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS requests (
    key TEXT PRIMARY KEY, at INTEGER NOT NULL, fingerprint TEXT NOT NULL, operation TEXT NOT NULL, ourReference TEXT NOT NULL,
    paymentReference TEXT, result TEXT
  ) STRICT;
  CREATE INDEX IF NOT EXISTS requests_ours ON requests (ourReference);
  CREATE TABLE IF NOT EXISTS deliveries (scope TEXT, operation TEXT, PRIMARY KEY (scope, operation)) STRICT, WITHOUT ROWID;
`;

type Row = Record<string, SqlValue>;

/** The books in one file, durable. Every method is one or more SQL statements. */
export class SqlBooks implements Books {
  readonly #database: Database;
  readonly captureReleasesRest: boolean;

  private constructor(database: Database, captureReleasesRest: boolean) {
    this.#database = database;
    this.captureReleasesRest = captureReleasesRest;
  }

  /** Opens the books at `path`, or in a database. Throws `store_unusable`. */
  static async open(path: string | Database, captureReleasesRest: boolean): Promise<SqlBooks> {
    if (typeof path === "string") return new SqlBooks(await openDatabase(path, DURABLE, (database) => database.exec(SCHEMA)), captureReleasesRest);
    path.exec(SCHEMA);
    return new SqlBooks(path, captureReleasesRest);
  }

  atomically<T>(work: () => T): T {
    let result: T | undefined;
    transact(this.#database, () => {
      result = work();
      return true;
    });
    return result as T;
  }

  payment(reference: string): BookedPayment | undefined {
    return paymentOf(this.#get("SELECT * FROM payments WHERE reference = ?", reference));
  }

  paymentActedOn(reference: string): BookedPayment | undefined {
    return this.payment(reference) ?? this.payment(this.effect(reference)?.paymentReference ?? "");
  }

  mintedPayment(token: string): BookedPayment | undefined {
    return paymentOf(this.#get("SELECT * FROM payments WHERE token = ? AND minted = 1", token));
  }

  paymentByOurs(ourReference: string): BookedPayment | undefined {
    return paymentOf(this.#get("SELECT * FROM payments WHERE ourReference = ? ORDER BY rowid DESC LIMIT 1", ourReference));
  }

  paymentsOfGroup(groupId: string): BookedPayment[] {
    const rows = this.#database.prepare("SELECT * FROM payments WHERE groupId = ? ORDER BY rowid").all(groupId);
    return rows.flatMap((row) => paymentOf(row) ?? []);
  }

  putPayment(payment: BookedPayment): void {
    const values = [payment.groupId ?? null, payment.ourReference ?? null, payment.token, payment.operation, payment.currencyIsoCode];
    const amounts = [payment.asked, payment.authorized, payment.reversed, payment.captured, payment.refunded].map(String);
    this.#run(
      `INSERT INTO payments VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (reference) DO UPDATE SET
        groupId = excluded.groupId, ourReference = excluded.ourReference, state = excluded.state, asked = excluded.asked,
        authorized = excluded.authorized, reversed = excluded.reversed, captured = excluded.captured, refunded = excluded.refunded`,
      payment.reference,
      ...values,
      payment.script,
      payment.minted ? 1 : 0,
      payment.sale ? 1 : 0,
      payment.state,
      ...amounts,
    );
  }

  effect(reference: string): BookedEffect | undefined {
    return effectOf(this.#get("SELECT * FROM effects WHERE reference = ?", reference));
  }

  effectByOurs(ourReference: string): BookedEffect | undefined {
    return effectOf(this.#get("SELECT * FROM effects WHERE ourReference = ? ORDER BY rowid DESC LIMIT 1", ourReference));
  }

  pendingAmount(paymentReference: string, operation: BookedEffect["operation"]): bigint {
    const sql = "SELECT amount FROM effects WHERE paymentReference = ? AND operation = ? AND state = 'pending'";
    return this.#database.prepare(sql).all(paymentReference, operation).reduce((sum, row) => sum + BigInt(String(row["amount"])), 0n);
  }

  putEffect({ reference, paymentReference, ourReference, operation, amount, state }: BookedEffect): void {
    const sql = "INSERT INTO effects VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (reference) DO UPDATE SET state = excluded.state";
    this.#run(sql, reference, paymentReference, ourReference, operation, String(amount), state);
  }

  request(key: string): BookedRequest | undefined {
    return requestOf(this.#get("SELECT * FROM requests WHERE key = ?", key));
  }

  requestByOurs(ourReference: string, operation: string | undefined): BookedRequest | undefined {
    const sql = `SELECT * FROM requests WHERE ourReference = ? AND operation = coalesce(?, operation) AND result IS NOT NULL
      ORDER BY result LIKE '%"resultCode":"Success"%' DESC, rowid DESC LIMIT 1`;
    return requestOf(this.#get(sql, ourReference, operation ?? null));
  }

  keysOf(paymentReference: string): string[] {
    return this.#database.prepare("SELECT key FROM requests WHERE paymentReference = ? ORDER BY rowid").all(paymentReference).map(({ key }) => String(key));
  }

  putRequest({ key, at, fingerprint, operation, ourReference, paymentReference, result }: BookedRequest): void {
    const sql = `INSERT INTO requests VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET
      at = excluded.at, fingerprint = excluded.fingerprint, paymentReference = excluded.paymentReference, result = excluded.result`;
    this.#run(sql, key, at, fingerprint, operation, ourReference, paymentReference ?? null, result ?? null);
  }

  firstDelivery(scope: string, operation: string): boolean {
    return Number(this.#run("INSERT INTO deliveries VALUES (?, ?) ON CONFLICT DO NOTHING", scope, operation)) === 1;
  }

  close(): void {
    this.#database.close();
  }

  #get(sql: string, ...parameters: SqlValue[]): Row | undefined {
    return this.#database.prepare(sql).get(...parameters);
  }

  #run(sql: string, ...parameters: SqlValue[]): number | bigint {
    return this.#database.prepare(sql).run(...parameters).changes;
  }
}

function paymentOf(row: Row | undefined): BookedPayment | undefined {
  if (row === undefined) return undefined;
  const text = (name: string): string => String(row[name]);
  const amount = (name: string): bigint => BigInt(text(name));
  return {
    reference: text("reference"),
    groupId: optional(row["groupId"]),
    ourReference: optional(row["ourReference"]),
    token: text("token"),
    operation: text("operation") as GatewayOperation,
    currencyIsoCode: text("currencyIsoCode"),
    script: text("script"),
    minted: Number(row["minted"]) === 1,
    sale: Number(row["sale"]) === 1,
    state: text("state") as BookedPayment["state"],
    asked: amount("asked"),
    authorized: amount("authorized"),
    reversed: amount("reversed"),
    captured: amount("captured"),
    refunded: amount("refunded"),
  };
}

function effectOf(row: Row | undefined): BookedEffect | undefined {
  if (row === undefined) return undefined;
  return { ...(row as unknown as BookedEffect), amount: BigInt(String(row["amount"])) };
}

function requestOf(row: Row | undefined): BookedRequest | undefined {
  if (row === undefined) return undefined;
  return {
    ...(row as unknown as BookedRequest),
    at: Number(row["at"]),
    paymentReference: optional(row["paymentReference"]),
    result: optional(row["result"]),
  };
}

function optional(value: SqlValue | undefined): string | undefined {
  return value === null || value === undefined ? undefined : String(value);
}
