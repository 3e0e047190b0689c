// Measures each operation of the payments API at groups of several sizes and prints the figures as JSON. Started by bench.mjs.

import * as core from 'checkout-payments/core';

import { accountOf, createSteps, groupOf, operationsAt } from './steps.mjs';

const rounds = Number(process.argv[2]);
const sizes = process.argv.slice(3).map(Number);
// An account keeps 500 methods at most, and one more is tokenized.
const MOST_METHODS = 499;
const LATER = 1_000_000;
const SLICES_A_ROUND = 4;

const figures = {};
const measured = [];
const building = createSteps(core);
for (const records of sizes) {
  const group = groupOf(building, records);
  const account = accountOf(building, Math.min(records, MOST_METHODS));
  for (const [store, more] of Object.entries({ memory: {}, sqlite: { rows: true } })) {
    const operations = operationsAt(createSteps(core, more, LATER), group, account);
    for (const [name, { first, next, answered, state }] of Object.entries(operations)) {
      if (answered((next ?? first)()) !== 201) throw new Error(`${name} with ${records} records`);
      const of = ((figures[name] ??= {})[records] ??= { kB: state.length / 1000 });
      of[store] = {};
      measured.push([of[store], 'first', first]);
      if (next !== undefined) measured.push([of[store], 'next', next]);
      if (store === 'memory') measured.push([of, 'json', () => JSON.stringify(JSON.parse(state))]);
    }
  }
}
// In turn, and the least of all turns: so no figure is that of a busy second. The first turn warms up.
for (let turn = 0; turn <= rounds * SLICES_A_ROUND; turn++) {
  for (const [into, name, call] of measured) {
    const taken = slice(call);
    if (turn > 0) into[name] = Math.min(into[name] ?? Infinity, taken);
  }
}
process.stdout.write(JSON.stringify(figures));

/** Microseconds of a call, in the processor's time: while others use the machine, no call of some milliseconds is left alone. */
function slice(call) {
  const began = performance.now();
  const before = process.cpuUsage();
  let calls = 0;
  for (; calls === 0 || performance.now() - began < 20; calls++) call();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
}
