// A server in one file: the core's wasm is not beside it any more. With an argument it is told where the file is.

import { readFileSync } from "node:fs";
import { formatMoney, init } from "checkout-payments";
import { formatMoney as formatInCore, loadCore } from "checkout-payments/core";

const told = [];
const attempt = async (use) => {
  try {
    told.push(await use());
  } catch ({ code, message, retryable }) {
    told.push({ code, message, retryable });
  }
};

const [, , folder] = process.argv;
if (folder !== undefined) {
  const bytes = (build) => readFileSync(`${folder}/${build}/checkout_payments_bg.wasm`);
  await Promise.all([init(bytes("storefront")), loadCore(bytes("core"))]);
}
await attempt(() => formatMoney("129.9", "USD"));
await attempt(() => formatInCore("129.9", "USD"));
await attempt(() => init());
console.log(JSON.stringify(told));
