// A Worker that was bundled without the condition `workerd`, so that nobody has handed the package its modules: what it is told, and how it helps
// itself. The address says which.

import { formatMoney, init } from "checkout-payments";
import { formatMoney as formatInCore, loadCore } from "checkout-payments/core";
import storefront from "checkout-payments/storefront.wasm";
import core from "checkout-payments/core.wasm";

const uses = {
  "/": async () => formatMoney("1", "USD"),
  "/core": async () => formatInCore("1", "USD"),
  "/init": async () => init(),
  "/bytes": async (request) => init(await request.arrayBuffer()),
  async "/module"() {
    await init(storefront);
    await loadCore(core);
    return `${formatMoney("129.9", "USD")} ${formatInCore("129.9", "USD")}`;
  },
};

export default {
  async fetch(request) {
    try {
      return Response.json({ result: await uses[new URL(request.url).pathname](request) });
    } catch ({ code, message, retryable }) {
      return Response.json({ code, message, retryable });
    }
  },
};
