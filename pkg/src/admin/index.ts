/**
 * The back office's client (`docs/admin.md`): the payments API, invoices, saved payment methods and the records of a store. Every request
 * is sent until it is answered, every change under one idempotency key, so that a lost answer never does anything twice. Runs wherever
 * there is `fetch`.
 */
import { type Payments, paymentsOf, type Refunds, refundsOf } from "./applications.js";
import { type AdminOptions, connect } from "./connection.js";
import { type Invoices, invoicesOf } from "./invoices.js";
import { methodsOf, type PaymentMethods } from "./methods.js";
import { type Operations, operationsOf } from "./operations.js";
import { type Records, recordsOf } from "./records.js";
import { type Checkouts, checkoutsOf, type Webstores, webstoresOf } from "./webstores.js";

export type * from "./types.js";
export type { Payments, Refunds } from "./applications.js";
export type { AdminOptions, CallOptions, ReadOptions } from "./connection.js";
export type { Invoices } from "./invoices.js";
export type { MethodPageOptions, PaymentMethods } from "./methods.js";
export type { Operations } from "./operations.js";
export type { FieldDescribe, FieldValue, ObjectDescribe, ObjectSummary, QueryOptions, QueryPage, RecordFields, Records, StoredRecord } from "./records.js";
export type { Checkouts, Settings, UnresolvedGroups, Webstores } from "./webstores.js";
export { PaymentsError, isPaymentsError } from "../errors.js";

/**
 * A store, as its back office sees it. What the store refuses is a thrown {@link PaymentsError}: `code` says what kind it is,
 * `details.errors` names the rule and the members.
 */
export interface AdminClient extends Operations {
  readonly payments: Payments;
  readonly refunds: Refunds;
  readonly invoices: Invoices;
  readonly methods: PaymentMethods;
  readonly records: Records;
  readonly checkouts: Checkouts;
  readonly webstores: Webstores;
}

/** The back office of a store. */
export function createAdmin(options: AdminOptions): AdminClient {
  const connection = connect(options);
  return {
    ...operationsOf(connection),
    payments: paymentsOf(connection),
    refunds: refundsOf(connection),
    invoices: invoicesOf(connection),
    methods: methodsOf(connection),
    records: recordsOf(connection),
    checkouts: checkoutsOf(connection),
    webstores: webstoresOf(connection),
  };
}
