// Measures each operation of the payments API at groups of several sizes and prints the figures as JSON. Started by bench.mjs.

import * as core from 'checkout-payments/core';

import { accountOf, createSteps, groupOf, operationsAt } from './steps.mjs';

const rounds = Number(process.argv[2]);
const sizes = process.argv.slice(3).map(Number);
// An account keeps 500 methods at most, and one more is tokenized.
const MOST_METHODS = 499;

const figures = {};
for (const records of sizes) {
  for (const [store, more] of Object.entries({ memory: {}, sqlite: { rows: true } })) {
    const steps = createSteps(core, more);
    const group = groupOf(steps, records);
    const account = accountOf(steps, Math.min(records, MOST_METHODS));
    for (const [name, operation] of Object.entries(operationsAt(steps, group, account))) {
      const { first, next, answered, state } = operation;
      if (answered((next ?? first)()) !== 201) throw new Error(`${name} with ${records} records`);
      figures[name] ??= {};
      figures[name][records] ??= { kB: state.length / 1000, json: best(() => JSON.stringify(JSON.parse(state)), records) };
      figures[name][records][store] = { first: best(first, records), ...(next === undefined ? {} : { next: best(next, records) }) };
    }
  }
}
process.stdout.write(JSON.stringify(figures));

/** Microseconds of a call: the least of many, for others use the machine too. */
function best(call, records) {
  let least = Infinity;
  for (let left = rounds * Math.max(10, Math.ceil(3000 / records)); left > 0; left--) {
    const start = performance.now();
    call();
    least = Math.min(least, performance.now() - start);
  }
  return least * 1000;
}
