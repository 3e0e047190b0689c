/**
 * The simulator's own books: every payment it ever made, what was done to each, and every key it was given. In their
 * own SQLite file, apart from the store, so that they tell the truth after any crash of the server (DESIGN §7).
 */
import { fromMinorUnits } from "../../minor-units.js";
import type { GatewayOperation } from "../../wire.js";
import { type Database, DURABLE, openDatabase, type SqlValue, transact } from "../../stores/sqlite/driver.js";

/** A payment as the gateway knows it. Amounts in minor units. */
export interface BookedPayment {
  readonly reference: string;
  readonly groupId: string | undefined;
  readonly ourReference: string | undefined;
  readonly token: string;
  readonly operation: GatewayOperation;
  readonly currencyIsoCode: string;
  readonly script: string;
  /** Made by `POST /simulator/payments`, outside of any checkout. */
  readonly minted: boolean;
  /** Captured as soon as it is authorized. */
  readonly sale: boolean;
  /** `review`: asked for, nothing happened yet. `pending`: accepted, nothing happened yet. */
  readonly state: "live" | "review" | "pending" | "failed";
  /** What a review or a pending payment is about. */
  readonly asked: bigint;
  readonly authorized: bigint;
  readonly reversed: bigint;
  readonly captured: bigint;
  readonly refunded: bigint;
}

/** A capture, reversal or refund. */
export interface BookedEffect {
  readonly reference: string;
  readonly paymentReference: string;
  readonly ourReference: string;
  readonly operation: "capture" | "reverse" | "refund";
  readonly amount: bigint;
  readonly state: "done" | "pending" | "failed";
}

/** One delivery under an idempotency key. */
export interface BookedRequest {
  readonly key: string;
  readonly at: number;
  readonly fingerprint: string;
  readonly operation: GatewayOperation;
  readonly ourReference: string;
  readonly paymentReference: string | undefined;
  /** The definite result, JSON; undefined = it never arrived. */
  readonly result: string | undefined;
}

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

/** The books in one file. Every method is one or more SQL statements; {@link Books.atomically} joins them. */
export class Books {
  readonly #database: Database;

  private constructor(database: Database) {
    this.#database = database;
  }

  /** Opens the books at `path`, `:memory:` for none. Throws `store_unusable`. */
  static async open(path: string): Promise<Books> {
    return new Books(await openDatabase(path, DURABLE, (database) => database.exec(SCHEMA)));
  }

  /** Runs `work` as one write: durable when this returns, undone when it throws. */
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

  /** The payment with this reference, or the one whose capture, reversal or refund has it. */
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

  /** What pending captures, reversals or refunds of a payment are about: no other may count on it. */
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

  /** The last request about one of the caller's records that arrived here, successes first. */
  requestByOurs(ourReference: string, operation: string | undefined): BookedRequest | undefined {
    const sql = `SELECT * FROM requests WHERE ourReference = ? AND operation = coalesce(?, operation) AND result IS NOT NULL
      ORDER BY result LIKE '%"resultCode":"Success"%' DESC, rowid DESC LIMIT 1`;
    return requestOf(this.#get(sql, ourReference, operation ?? null));
  }

  putRequest({ key, at, fingerprint, operation, ourReference, paymentReference, result }: BookedRequest): void {
    const sql = `INSERT INTO requests VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET
      at = excluded.at, fingerprint = excluded.fingerprint, paymentReference = excluded.paymentReference, result = excluded.result`;
    this.#run(sql, key, at, fingerprint, operation, ourReference, paymentReference ?? null, result ?? null);
  }

  /** Whether this is the first delivery of `operation` within `scope`; the next one is not. */
  firstDelivery(scope: string, operation: string): boolean {
    return Number(this.#run("INSERT INTO deliveries VALUES (?, ?) ON CONFLICT DO NOTHING", scope, operation)) === 1;
  }

  /** The books of a group as `GET /simulator/books` gives them: amounts as JSON numbers, printed from the exact ones. */
  groupJson(groupId: string): string {
    const payments = this.paymentsOfGroup(groupId).filter(({ state }) => state !== "review");
    return `{"payments":[${payments.map((payment) => this.#paymentJson(payment)).join(",")}]}`;
  }

  close(): void {
    this.#database.close();
  }

  #paymentJson(payment: BookedPayment): string {
    const amount = (units: bigint): string => fromMinorUnits(units, payment.currencyIsoCode);
    const keys = this.#database.prepare("SELECT key FROM requests WHERE paymentReference = ? ORDER BY rowid").all(payment.reference);
    const members = [
      ["reference", JSON.stringify(payment.reference)],
      ["groupId", JSON.stringify(payment.groupId ?? null)],
      ["operation", JSON.stringify(payment.operation)],
      ["state", JSON.stringify(payment.state)],
      ["currencyIsoCode", JSON.stringify(payment.currencyIsoCode)],
      ["authorized", amount(payment.authorized)],
      ["reversed", amount(payment.reversed)],
      ["captured", amount(payment.captured)],
      ["refunded", amount(payment.refunded)],
      ["keys", JSON.stringify(keys.map(({ key }) => key))],
    ];
    return `{${members.map(([name, value]) => `"${name}":${value}`).join(",")}}`;
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
