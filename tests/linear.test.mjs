// What a step costs grows with the bytes of the state it reads and with nothing else: not with how many records there are that it does
// not touch. The work is counted in the real core (support/metered-core.mjs), so the figures are the same on every machine.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import * as core from "checkout-payments/core";
import { accountOf, createSteps, groupOf, operationsAt, readStep } from "../benches/steps.mjs";
import { loadMeteredCore } from "./support/metered-core.mjs";

const [FEW, MANY] = [100, 400];
// Finding a record among four times as many takes two more looks: 3 to 4 % of a step. A look at each record for each is 15 % and more.
const MOST_GROWTH = 1.08;
const LATER = 1_000_000;

let metered;
const made = {};
before(() => {
  metered = loadMeteredCore();
  const building = createSteps(core);
  for (const records of [FEW, MANY]) made[records] = { group: groupOf(building, records), account: accountOf(building, records) };
});

/** By operation: the work of each of its steps for a byte of the state, at a group and an account of this size. */
function workAt(records, more) {
  const { group, account } = made[records];
  const operations = operationsAt(createSteps(metered.core, more, LATER), group, account);
  return Object.fromEntries(Object.entries(operations).map(([name, { first, next, answered, state }]) => {
    const steps = (next === undefined ? [first] : [first, next]).map((step) => metered.work(step));
    assert.equal(answered(steps.at(-1).result), 201, name);
    return [name, steps.map(({ work }) => work / state.length)];
  }));
}

for (const [store, more] of [["a store that keeps states", {}], ["a store that keeps rows, too", { rows: true }]]) {
  test(`each operation of the payments API is linear, over ${store}`, (t) => {
    const [few, many] = [workAt(FEW, more), workAt(MANY, more)];
    for (const [name, works] of Object.entries(many)) {
      const growths = works.map((work, step) => work / few[name][step]);
      t.diagnostic(`${name}: ${works.map((work) => work.toFixed(2)).join(" and ")} for a byte; ${FEW} to ${MANY} records: × ${growths.map((growth) => growth.toFixed(3)).join(" and ")}`);
      for (const growth of growths) assert.ok(growth < MOST_GROWTH, `${name}: × ${growth}`);
    }
  });
}

test("so with payments that the gateway has accepted and not done", () => {
  const accepted = (records) => {
    const building = createSteps(core);
    let state = "";
    let paymentGroupId;
    const sale = () => ({ accountId: "a", amount: "5.00", currencyIsoCode: "USD", paymentMethod: { alternativePaymentMethod: { gatewayToken: "sim_ok" } }, ...(paymentGroupId && { paymentGroupId }) });
    for (let count = 0; count < records; count++) {
      const begun = readStep(building.begin("sales", state, sale())());
      const { amount, currencyIsoCode } = begun.header.call;
      const told = readStep(building.advance(begun, { resultCode: "Success", pending: true, gatewayReference: `sim_${count}`, amount, currencyIsoCode })());
      state = told.state;
      paymentGroupId = JSON.parse(told.body).paymentGroup.id;
    }
    return metered.work(createSteps(metered.core, { rows: true }, LATER).begin("sales", state, sale())).work / state.length;
  };
  const growth = accepted(MANY) / accepted(FEW);
  assert.ok(growth < MOST_GROWTH, `× ${growth}`);
});

test("the meter counts the same for the same call", () => {
  const { first } = operationsAt(createSteps(metered.core, {}, LATER), made[FEW].group, made[FEW].account).sale;
  const [one, other] = [metered.work(first), metered.work(first)];
  assert.equal(one.result, other.result);
  assert.ok(Math.abs(one.work - other.work) < one.work / 1000, `${one.work} and ${other.work}: but for what the allocator looks at`);
});
