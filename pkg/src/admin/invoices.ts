/** Invoices: brought in, posted, ended, read. */
import type { InvoiceInput, InvoiceView } from "../wire.js";
import { bodyOf, type CallOptions, type Connection, part, type ReadOptions } from "./connection.js";

/** The invoices of a store. Each call gives the invoice as it is then, with its balance and how far it is settled. */
export interface Invoices {
  /** Brings an invoice in, as a draft or posted. The same `uniqueIdentifier` with the same content gives the one that is there. */
  create(input: InvoiceInput, options?: CallOptions): Promise<InvoiceView>;
  /** Reads an invoice. */
  read(invoiceId: string, options?: ReadOptions): Promise<InvoiceView>;
  /** Posts a draft: from then on it is owed, and takes payments. */
  post(invoiceId: string, options?: CallOptions): Promise<InvoiceView>;
  /** Voids a posted invoice that nothing is applied to. */
  void(invoiceId: string, options?: CallOptions): Promise<InvoiceView>;
  /** Cancels a draft. */
  cancel(invoiceId: string, options?: CallOptions): Promise<InvoiceView>;
}

const INVOICES = "/commerce/invoicing/invoices";

/** Invoices over this connection. */
export function invoicesOf(connection: Connection): Invoices {
  const move = async (id: string, action: string, options?: CallOptions): Promise<InvoiceView> =>
    bodyOf(await connection.change({ method: "POST", path: `${INVOICES}/${part("invoiceId", id)}/actions/${action}`, body: {} }, options));
  return {
    create: async (input, options) => bodyOf(await connection.change({ method: "POST", path: INVOICES, body: input }, options)),
    read: async (id, options) => bodyOf(await connection.read(`${INVOICES}/${part("invoiceId", id)}`, options)),
    post: (id, options) => move(id, "post", options),
    void: (id, options) => move(id, "void", options),
    cancel: (id, options) => move(id, "cancel", options),
  };
}
