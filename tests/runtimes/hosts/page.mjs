// The suite in a page, which calls it from outside.

import * as storefront from "checkout-payments";
import * as core from "checkout-payments/core";
import { buildTests } from "../suite/builds.mjs";
import { checkoutTests } from "../suite/checkout.mjs";
import { kitTests } from "../suite/kit.mjs";
import { officeTests } from "../suite/office.mjs";
import { run } from "../suite/run.mjs";
import { withoutFiles } from "../suite/without-files.mjs";

const told = ({ code, message, retryable }) => ({ code, message, retryable });

globalThis.runtime = {
  /** What `use` of the package gives, or what its error says. */
  async try(use, ...parameters) {
    try {
      return { result: await uses[use](...parameters) };
    } catch (error) {
      return told(error);
    }
  },
  suite: (fixtures) => run({ builds: buildTests(fixtures), checkout: checkoutTests, "back office": officeTests, kit: kitTests(), "no files": withoutFiles }),
};

const uses = {
  format: () => storefront.formatMoney("129.9", "USD"),
  validate: () => storefront.validate({}),
  formatInCore: () => core.formatMoney("129.9", "USD"),
  init: (address) => storefront.init(address),
  loadCore: () => core.loadCore(),
  initFromFetch: (address) => storefront.init(fetch(address)),
  initFromBytes: async (address) => storefront.init(await (await fetch(address)).arrayBuffer()),
  initFromModule: async (address) => storefront.init(await WebAssembly.compileStreaming(fetch(address))),
};
