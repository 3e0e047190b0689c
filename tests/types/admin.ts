// The types of checkout-payments/admin: every function used as a user would, and what must not compile. Compiled, never run.

import { createAdmin, isPaymentsError, PaymentsError } from "checkout-payments/admin";
import type { AdminClient, CallOptions, Invoice, InvoiceLine, OperationResult, Outcome, QueryPage, ReadOptions, SavedPaymentMethod, SaleInput, StoredRecord, Unresolved } from "checkout-payments/admin";
import { same } from "./same.js";

const admin: AdminClient = createAdmin({ baseUrl: "https://shop.example", token: "secret", apiVersion: "67.0", fetch: globalThis.fetch });
const signal = new AbortController().signal;
const call: CallOptions = { idempotencyKey: "key", signal };
const read: ReadOptions = { signal };
const card = { cardPaymentMethod: { gatewayToken: "tok", expiryMonth: 12, expiryYear: 2030, cardType: "Visa" } } as const;

export async function operations(): Promise<readonly OperationResult[]> {
  const input: SaleInput = { amount: "10.00", currencyIsoCode: "USD", paymentMethod: card };
  const held = await admin.authorize({ ...input, accountId: "001" }, call);
  const outside = await admin.postAuthorize({ ...input, accountId: "001", paymentMethod: { alternativePaymentMethod: { gatewayToken: "tok" } } });
  const hold = held.paymentAuthorization?.id ?? "";
  const taken = await admin.capture(hold, { amount: 5 }, call);
  const rest = await admin.reverse(hold, { amount: "5.00" });
  const sale = await admin.sell(input);
  const back = await admin.refund(sale.payment?.id ?? "", { amount: sale.payment?.amount ?? "0" });
  same<typeof sale.outcome, Outcome>(true);
  same<NonNullable<typeof sale.payment>["amount"], string>(true);
  same<typeof sale.status, 201 | 202 | 422>(true);
  // @ts-expect-error an authorization names its account
  await admin.authorize(input);
  // @ts-expect-error a capture has the authorization's currency
  await admin.capture(hold, { amount: 5, currencyIsoCode: "USD" });
  // @ts-expect-error no card number goes in
  await admin.sell({ ...input, paymentMethod: { cardPaymentMethod: { gatewayToken: "tok", cardNumber: "4" } } });
  return [held, outside, taken, rest, sale, back];
}

export async function ledger(): Promise<string> {
  const { id: lineId, appliedDate } = await admin.payments.apply("pay_1", { appliedToId: "inv_1", amount: "1.00", comments: "x", effectiveDate: "2026-11-21" }, call);
  const { unappliedDate } = await admin.payments.unapply("pay_1", lineId);
  await admin.payments.unapply("pay_1", lineId, { comments: "x" }, call);
  await admin.refunds.apply("ref_1", { appliedToId: "pay_1", amount: 1 }, call);
  // @ts-expect-error how much?
  await admin.payments.apply("pay_1", { appliedToId: "inv_1" });
  return appliedDate + unappliedDate;
}

export async function invoices(): Promise<Invoice> {
  const invoice = await admin.invoices.create({ status: "Posted", currencyIsoCode: "USD", dueDate: "2026-12-01", lines: [{ lineAmount: "1.00", type: "Charge" }] }, call);
  const lines: readonly InvoiceLine[] = invoice.lines;
  same<typeof invoice.balance, string>(true);
  same<typeof invoice.status, "Draft" | "Posted" | "Voided" | "Canceled">(true);
  await admin.invoices.post(invoice.id, call);
  await admin.invoices.void(invoice.id);
  await admin.invoices.cancel(lines[0]?.id ?? "");
  // @ts-expect-error no such status to begin with
  await admin.invoices.create({ status: "Voided", currencyIsoCode: "USD", lines: [] });
  return admin.invoices.read(invoice.id, read);
}

export async function methods(): Promise<readonly SavedPaymentMethod[]> {
  const made = await admin.methods.tokenize({ cardPaymentMethod: { gatewayToken: "tok", accountId: "001", expiryMonth: 12, expiryYear: 2030 } }, call);
  const id = made.paymentMethod?.id ?? "";
  const found: SavedPaymentMethod[] = [];
  for await (const method of admin.methods.list("001", { pageSize: 10, signal })) found.push(method);
  const { paymentMethods, nextPageToken } = await admin.methods.listPage("001");
  await admin.methods.listPage("001", { pageSize: 1, ...(nextPageToken === undefined ? {} : { pageToken: nextPageToken }) });
  await admin.methods.change(id, { isDefault: true, status: "Active" }, call);
  await admin.methods.cancel(id);
  const row = { checksum: "c", paymentGatewayId: "g", referenceOwnerId: "001", gatewayReference: "r", type: "card", expiryMonth: 12, expiryYear: 2030 } as const;
  const { success } = await admin.methods.importOne(row);
  const { failed, rows } = await admin.methods.import([row], call);
  await admin.methods.importCsv("Checksum\nc\n");
  const why: readonly string[] = rows.flatMap(({ errors = [] }) => errors.map(({ errorCode, message }) => `${errorCode} ${message}`));
  same<typeof success, boolean>(true);
  same<typeof failed, number>(true);
  // @ts-expect-error no such type
  await admin.methods.import([{ ...row, type: "cash" }]);
  return [...found, ...paymentMethods, await admin.methods.read(why[0] ?? id, read)];
}

export async function records(): Promise<readonly string[]> {
  interface Paid {
    readonly Id: string;
    readonly Amount: string;
  }
  const ids: string[] = [];
  for await (const { Id, Amount } of admin.records.query<Paid>("SELECT Id, Amount FROM Payment", { batchSize: 200, signal })) ids.push(Id, Amount);
  for await (const row of admin.records.query("SELECT Id FROM Payment")) {
    // @ts-expect-error nobody said that it is text
    ids.push(row.Id);
    if (typeof row["Id"] === "string") ids.push(row["Id"]);
  }
  const page: QueryPage<StoredRecord> = await admin.records.queryPage("SELECT Id FROM Payment");
  const paid: Paid = await admin.records.retrieve<Paid>("Payment", "pay_1", ["Id", "Amount"], read);
  const { fields } = await admin.records.describe("Payment");
  const [object] = await admin.records.objects(read);
  same<typeof page.totalSize, number>(true);
  const { id } = await admin.records.create("Payment", { Amount: "1.00", CurrencyIsoCode: "USD", ProcessingMode: "External", Status: "Draft", Type: "Sale" }, call);
  await admin.records.update("Payment", id, { Status: "Processed", Comments: null }, call);
  await admin.records.cancel("Payment", id);
  // @ts-expect-error a field has one value
  await admin.records.create("Payment", { Amount: ["1.00"] });
  return [...ids, paid.Amount, ...fields.map(({ name }) => name), object?.keyPrefix ?? ""];
}

export async function webstores(): Promise<readonly Unresolved[]> {
  const { releaseOrder } = await admin.webstores.settings("0ZE");
  await admin.webstores.saveSettings("0ZE", { releaseOrder }, call);
  const { groups, more } = await admin.webstores.unresolved("0ZE", { limit: 10, signal });
  const { now } = await admin.checkouts.explain("0ZE", "2z9", read);
  const { unresolved, payments } = await admin.checkouts.payments("0ZE", "2z9");
  const refundable: string | undefined = payments[0]?.refundableAmount;
  same<typeof more, boolean>(true);
  // @ts-expect-error there are two orders
  await admin.webstores.saveSettings("0ZE", { releaseOrder: "never" });
  return now.includes(refundable ?? "") ? unresolved : groups.flatMap((group) => group.unresolved);
}

export function refusal(error: unknown): string | undefined {
  if (error instanceof PaymentsError && error.code === "operation_refused") return error.details.idempotencyKey;
  return isPaymentsError(error) ? error.path : undefined;
}
