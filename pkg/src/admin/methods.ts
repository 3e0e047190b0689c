/** Saved payment methods (`docs/payment-methods.md`): kept, listed, changed, canceled, brought in from elsewhere. */
import type {
  MadeRecord,
  ImportReport,
  PaymentMethodChange,
  PaymentMethodPage,
  PaymentMethodView,
  SavedPaymentMethodInput,
  TokenizeInput,
} from "../wire.js";
import { bodyOf, type CallOptions, type Connection, part, type ReadOptions } from "./connection.js";
import { operate } from "./operations.js";
import { pages } from "./pages.js";
import type { OperationResult } from "./types.js";

/** Which page of a list is wanted. */
export interface MethodPageOptions extends ReadOptions {
  /** At most 200, which is also the default. */
  readonly pageSize?: number;
  /** The `nextPageToken` of the page before. */
  readonly pageToken?: string;
}

/**
 * The saved payment methods of a store's accounts. A method is known by what it is (its gateway with its checksum or token), so a change
 * or an import that is sent again changes nothing more; only tokenizing goes by its idempotency key.
 */
export interface PaymentMethods {
  /** Has the gateway give a lasting token of a method, and saves it for its account: `paymentMethod` of the result. */
  tokenize(input: TokenizeInput, options?: CallOptions): Promise<OperationResult>;
  /** All methods of an account, oldest first, page after page. */
  list(accountId: string, options?: Omit<MethodPageOptions, "pageToken">): AsyncIterableIterator<PaymentMethodView>;
  /** One page of them. */
  listPage(accountId: string, options?: MethodPageOptions): Promise<PaymentMethodPage>;
  /** Reads a method. */
  read(methodId: string, options?: ReadOptions): Promise<PaymentMethodView>;
  /** Changes a method: what is not named stays. */
  change(methodId: string, change: PaymentMethodChange, options?: CallOptions): Promise<PaymentMethodView>;
  /** Gives a method up for good; its token is forgotten. */
  cancel(methodId: string, options?: CallOptions): Promise<PaymentMethodView>;
  /** Brings one method in whose token was made elsewhere. */
  importOne(input: SavedPaymentMethodInput, options?: CallOptions): Promise<MadeRecord>;
  /** Brings in at most 500. Those that are right are saved, the others are told of: look at `failed` and `rows`. */
  import(rows: readonly SavedPaymentMethodInput[], options?: CallOptions): Promise<ImportReport>;
  /** The same from the text of a CSV file, whose first line names the columns. */
  importCsv(csv: string, options?: CallOptions): Promise<ImportReport>;
}

const METHODS = "/commerce/payments/payment-methods";

/** Payment methods over this connection. */
export function methodsOf(connection: Connection): PaymentMethods {
  const one = (id: string): string => `${METHODS}/${part("methodId", id)}`;
  const listPage: PaymentMethods["listPage"] = async (accountId, { pageSize, pageToken, ...options } = {}) => {
    part("accountId", accountId);
    const query = new URLSearchParams({ accountId, ...(pageSize === undefined ? {} : { pageSize: String(pageSize) }), ...(pageToken === undefined ? {} : { pageToken }) });
    return bodyOf(await connection.read(`${METHODS}?${query.toString()}`, options));
  };
  return {
    tokenize: (input, options) => operate(connection, "payment-methods", input, options),
    list: (accountId, options) =>
      pages(async (pageToken: string | undefined) => {
        const page = await listPage(accountId, { ...options, ...(pageToken === undefined ? {} : { pageToken }) });
        return { items: page.paymentMethods, next: page.nextPageToken };
      }),
    listPage,
    read: async (id, options) => bodyOf(await connection.read(one(id), options)),
    change: async (id, change, options) => bodyOf(await connection.change({ method: "PATCH", path: one(id), body: change }, options)),
    cancel: async (id, options) => bodyOf(await connection.change({ method: "DELETE", path: one(id) }, options)),
    importOne: async (input, options) => bodyOf(await connection.change({ method: "POST", path: "/sobjects/SavedPaymentMethod", body: input }, options)),
    import: async (rows, options) => bodyOf(await connection.change({ method: "POST", path: `${METHODS}/actions/import`, body: rows }, options)),
    importCsv: async (csv, options) => bodyOf(await connection.change({ method: "POST", path: `${METHODS}/actions/import`, body: csv, contentType: "text/csv" }, options)),
  };
}
