// The back office's client, `checkout-payments/admin`, on the same handler; and the storefront's, `createCheckout`.

import { createCheckout, preview } from "checkout-payments";
import { createAdmin } from "checkout-payments/admin";
import { equal, rejects } from "./expect.mjs";
import { openShop, STORE } from "./shop.mjs";

const admin = ({ fetch }) => createAdmin({ baseUrl: "http://shop.example", token: "office", fetch });
const paidBy = (gatewayToken) => ({ accountId: "001", amount: "100.00", currencyIsoCode: "USD", paymentMethod: { alternativePaymentMethod: { gatewayToken } } });

/** The tests. */
export const officeTests = {
  async "authorize, capture, refund, reverse, apply"() {
    const shop = await openShop();
    const office = admin(shop);
    const authorized = await office.authorize(paidBy("sim_ok"));
    const { id } = authorized.paymentAuthorization;
    const taken = await office.capture(id, { amount: "60.50" });
    const back = await office.refund(taken.payment.id, { amount: 10.25 });
    const rest = await office.reverse(id, { amount: "39.50" });
    equal([authorized, taken, back, rest].map(({ outcome }) => outcome), Array(4).fill("succeeded"));
    const [{ captured, refunded, reversed }] = JSON.parse(shop.simulator.books(authorized.paymentGroup.id)).payments;
    equal([captured, refunded, reversed], [60.5, 10.25, 39.5]);

    const invoice = await office.invoices.create({ status: "Posted", currencyIsoCode: "USD", lines: [{ lineAmount: "50.25" }] });
    await office.payments.apply(taken.payment.id, { appliedToId: invoice.lines[0].id, amount: "50.25" });
    equal((await office.invoices.read(invoice.id)).settlementStatus, "Settled");
  },

  async "refusals are thrown, declines are results"() {
    const shop = await openShop();
    const office = admin(shop);
    equal((await office.sell(paidBy("sim_sale-decline"))).outcome, "refused");
    const { paymentAuthorization } = await office.authorize(paidBy("sim_ok"));
    await rejects(office.capture(paymentAuthorization.id, { amount: "100.01" }), { name: "PaymentsError", code: "operation_refused" });
    await rejects(office.capture("pauth_nobody", { amount: 1 }), { code: "not_found" });
    await rejects(createAdmin({ baseUrl: "http://shop.example", token: "ann", fetch: shop.fetch }).sell(paidBy("sim_ok")), { code: "forbidden" });
  },

  async "a lost answer is asked for again under the same key"() {
    const shop = await openShop();
    let lost = 0;
    const fetch = async (...request) => {
      const response = await shop.fetch(...request);
      if ((lost += 1) > 1) return response;
      throw new TypeError("connection reset");
    };
    const sold = await admin({ fetch }).sell(paidBy("sim_ok"));
    equal([sold.outcome, lost], ["succeeded", 2]);
    equal(JSON.parse(shop.simulator.books(sold.paymentGroup.id)).payments.length, 1);
  },

  async "the storefront's client pays, previews and orders"() {
    const shop = await openShop();
    shop.checkout("c1");
    const client = createCheckout({ baseUrl: "http://shop.example", webstoreId: STORE, token: "ann", fetch: shop.fetch });
    equal(await client.authorizePayment("active", "sim_ok"), { status: 201, salesforceResultCode: "Success", errors: [], paymentData: "{}" });
    equal((await client.authorizePayment("active", "4111111111111111")).salesforceResultCode, "ValidationError");
    equal((await client.payments("c1")).paymentAuthorizations[0].amount, "129.90");
    const steps = preview(await client.payments("active"), { requestType: "Auth", paymentToken: "sim_ok" }, { amount: "99.00", currencyIsoCode: "USD" }).steps;
    equal(steps.map(({ operation, amount }) => [operation, amount]), [["reverse", "129.90"], ["authorize", "99.00"]]);
    const { orderReferenceNumber } = await client.placeOrder("c1");
    equal((await client.placeOrder("active")).orderReferenceNumber, orderReferenceNumber);
    await rejects(client.payments("c2"), { code: "checkout_not_found" });
  },
};
