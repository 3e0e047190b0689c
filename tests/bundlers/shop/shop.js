// A storefront as small as can be: it loads the core, judges a form and says what a payment would do.

import { formatMoney, init, isPaymentsError, preview, validate } from "checkout-payments";

export async function openShop(wasm) {
  const output = document.querySelector("output");
  try {
    await init(wasm);
    const verdict = validate({ requestType: "Auth", paymentToken: "4111 1111 1111 1111" });
    const plan = preview({}, { requestType: "Auth", paymentToken: "tok" }, { amount: "129.9", currencyIsoCode: "USD" });
    output.value = JSON.stringify({ total: formatMoney("129.9", "USD"), fields: verdict.fields.map(({ name }) => name), plan: plan.summary });
  } catch (error) {
    output.value = JSON.stringify({ code: isPaymentsError(error) ? error.code : "", message: error.message });
  }
}
