// `make bench`: what the product weighs and how long it takes, beside what else one would use.
//
//   node benches/bench.mjs [rounds]
//
// A round runs every stack once, each in a fresh process; the medians of all rounds are compared. So whatever else the
// machine does hits all stacks alike, and only the ratios of one run mean anything.

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { coreParts, sizeOf, storefrontParts } from '../scripts/sizes.mjs';
import { coldStarts } from './cold.mjs';

const rounds = Number(process.argv[2] ?? 3);
const STACKS = [
  { name: 'checkout-payments', module: './product.mjs' },
  { name: 'JSON.parse + stringify only', module: './baselines/json.mjs' },
  { name: 'hand-written JS', module: './baselines/hand.mjs' },
  { name: 'ajv + hand-written JS', module: './baselines/ajv.mjs' },
  { name: 'zod + big.js + xstate', module: './baselines/zod.mjs' },
];
const FIGURES = {
  whole: 'a payment: body bytes to answer text, two rows to commit on the way (begin + advance); all make the same rows, call and answer',
  payment: 'a payment, the others doing as little as they can: their own small rows, no ids, no fingerprints, nothing read back',
  good: 'validate: a request without fault (storefront build; a plain object in, the verdict out)',
  bad: 'validate: three faults',
};

console.log('bytes, the JavaScript and the wasm each compressed by itself');
console.table(Object.fromEntries(Object.entries({ storefront: storefrontParts(), core: coreParts() }).flatMap(([build, parts]) => [
  [build, sizeOf(parts)],
  ...parts.map((part) => [`  ${part.name}`, sizeOf([part])]),
])));

const run = promisify(execFile);
const results = new Map(STACKS.map(({ name }) => [name, []]));
for (let round = 0; round < rounds; round++) {
  for (const { name, module } of STACKS) {
    const one = fileURLToPath(new URL('./one.mjs', import.meta.url));
    const { stdout } = await run(process.execPath, [one, module]);
    results.get(name).push(JSON.parse(stdout));
  }
}

for (const { name, module } of STACKS) {
  const young = ['--expose-gc', '--min-semi-space-size=256', '--max-semi-space-size=256'];
  const { stdout } = await run(process.execPath, [...young, fileURLToPath(new URL('./one.mjs', import.meta.url)), module, 'bytes']);
  const bytes = JSON.parse(stdout);
  for (const result of results.get(name)) for (const figure of Object.keys(bytes)) Object.assign(result[figure], bytes[figure]);
}

for (const [figure, title] of Object.entries(FIGURES)) {
  const of = (name, value) => median(results.get(name).map((result) => result[figure][value]));
  const ours = of(STACKS[0].name, 'p50');
  console.log(`\n${title}; Node ${process.versions.node}, ${rounds} rounds`);
  console.table(Object.fromEntries(STACKS.filter(({ name }) => results.get(name)[0][figure] !== undefined).map(({ name }) => [name, {
    'p50 µs': round2(of(name, 'p50')),
    'p99 µs': round2(of(name, 'p99')),
    'ops/s': Math.round(of(name, 'ops')),
    'p50, ours = 1': round2(of(name, 'p50') / ours),
    'garbage, bytes': Math.round(of(name, 'bytes')),
  }])));
}

console.log(`
Even where they make the same rows, the baselines do the first payment of a checkout only: they know nothing of re-entrancy, idempotent
repeats, unknown answers and recovery, and check neither the row they read back nor the gateway's answer.`);

const cold = await coldStarts({ rounds: 5 * rounds });
console.log(`\ncold start: a fresh process, one bundle each, import to first answer; Node ${process.versions.node}, ${5 * rounds} rounds`);
console.table(Object.fromEntries(Object.entries(cold).map(([name, milliseconds]) => [name, { 'median ms': round2(median(milliseconds)), 'least ms': round2(Math.min(...milliseconds)) }])));

const SIZES = [10, 100, 1000];
const operations = JSON.parse((await run(process.execPath, [fileURLToPath(new URL('./operations.mjs', import.meta.url)), String(rounds), ...SIZES.map(String)])).stdout);
const rowsOf = (of) => Object.fromEntries(Object.entries(operations).map(([name, figures]) => [name, of(figures)]));

console.log(`\npayments API, a group with ${SIZES[0]} records: one step, bytes in, text out (the least of many)`);
console.table(rowsOf(({ [SIZES[0]]: { kB, json, memory } }) => ({
  'state kB': round2(kB),
  'begin µs': round2(memory.first),
  'advance µs': memory.next === undefined ? '' : round2(memory.next),
  'begin, JSON.parse + stringify of the state = 1': round2(memory.first / json),
})));

console.log('\npayments API, what a kB of state costs as the group grows: begin, µs/kB; the account of tokenize ends at 499 methods');
console.table(rowsOf((figures) => Object.fromEntries([
  ...SIZES.map((records) => [`${records} records`, round2(figures[records].memory.first / figures[records].kB)]),
  ...SIZES.map((records) => [`${records}, with rows to query`, round2(figures[records].sqlite.first / figures[records].kB)]),
  ...SIZES.map((records) => [`${records}, JSON only`, round2(figures[records].json / figures[records].kB)]),
])));

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

function round2(value) {
  return Math.round(value * 100) / 100;
}
