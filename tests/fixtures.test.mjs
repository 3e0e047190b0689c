// Runs tests/fixtures/requests.json through both WebAssembly builds in Node. tests/runtimes does the same everywhere else.

import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as storefront from "checkout-payments";
import * as core from "checkout-payments/core";
import { fixtureTests } from "./runtimes/suite/fixtures.mjs";

const fixtures = JSON.parse(readFileSync(new URL("./fixtures/requests.json", import.meta.url), "utf8"));
for (const { name, run } of fixtureTests(fixtures, { storefront, core })) test(name, run);
