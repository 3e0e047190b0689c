// The suite in a process of Node, Deno or Bun. The last argument says where things are; the last line of the output is what came of it.

import { readFileSync } from "node:fs";
import process from "node:process";
import { buildTests } from "../suite/builds.mjs";
import { checkoutTests } from "../suite/checkout.mjs";
import { kitTests } from "../suite/kit.mjs";
import { officeTests } from "../suite/office.mjs";
import { run } from "../suite/run.mjs";
import { sqliteTests } from "../suite/sqlite.mjs";
import { stripeTests } from "../suite/stripe.mjs";

const { fixtures, folder, stripe } = JSON.parse(process.argv.at(-1));
const results = await run({
  builds: buildTests(JSON.parse(readFileSync(fixtures, "utf8"))),
  checkout: checkoutTests,
  "back office": officeTests,
  kit: kitTests(folder),
  SQLite: sqliteTests(folder),
  Stripe: stripeTests(stripe),
});
const entries = Object.fromEntries(["checkout-payments", "checkout-payments/core", "checkout-payments/server", "checkout-payments/gateways/stripe", "stripe"].map((name) => [name, import.meta.resolve(name)]));
console.log(JSON.stringify({ results, entries, versions: process.versions }));
