// Both builds as they are imported, with nothing done before but what the host needs.

import * as storefront from "checkout-payments";
import * as core from "checkout-payments/core";
import { equal, match, ok } from "./expect.mjs";
import { fixtureTests } from "./fixtures.mjs";

/** The tests, `fixtures` being tests/fixtures/requests.json. */
export const buildTests = (fixtures) => ({
  async "both builds are there"() {
    equal([storefront.formatMoney("129.9", "USD"), core.formatMoney("129.9", "USD")], ["$129.90", "$129.90"]);
    equal([storefront.currencyDecimals("KWD"), core.currencyDecimals("KWD"), core.currencyDecimals("XXQ")], [3, 3, undefined]);
  },

  async "init may be called anywhere, any number of times, with anything"() {
    await Promise.all([storefront.init(), storefront.init(), core.loadCore()]);
    await storefront.init("http://127.0.0.1:1/is-not-asked-for");
  },

  async "an error is one by its brand"() {
    try {
      storefront.formatMoney(1, "USD");
    } catch (error) {
      ok(storefront.isPaymentsError(error));
      return equal([error.name, error.code, error.path], ["PaymentsError", "argument_invalid", "amount"]);
    }
    throw new Error("nothing was thrown");
  },

  async "the preview"() {
    const [request, facts] = [{ requestType: "Auth", paymentToken: "sim_ok" }, { amount: "99.00", currencyIsoCode: "USD" }];
    const says = storefront.preview({}, request, facts);
    equal([says.allowed, says.steps.map(({ operation, amount }) => [operation, amount])], [true, [["authorize", "99.00"]]]);
    match(says.summary, /\$99\.00/);
    equal(JSON.parse(core.preview("{}", JSON.stringify(request), JSON.stringify(facts))), says);
  },

  async "nonsense is answered, and the next call works"() {
    const deep = "[".repeat(200_000);
    equal(storefront.validate(deep).status, 400);
    equal(JSON.parse(core.recover(deep, "x").split("\n")[0]).status, 500);
    equal(core.formatMoney("1", "JPY"), storefront.formatMoney("1", "JPY"));
  },

  async "the fixtures, as in Rust"() {
    const failures = [];
    const tests = fixtureTests(fixtures, { storefront, core });
    for (const { name, run } of tests) {
      try {
        run();
      } catch (error) {
        failures.push(`${name}: ${error.message}`);
      }
    }
    equal(failures.slice(0, 5), [], `${failures.length} of ${tests.length}`);
    return `${tests.length} cases`;
  },
});
