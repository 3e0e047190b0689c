// Measures one stack in a process of its own and prints the figures as JSON: times, or the bytes it leaves to be collected. Started by
// bench.mjs.

import assert from 'node:assert/strict';

import { bad, badFields, checkout, good, outcome, START } from './cases.mjs';

const [, , path, figure = 'times'] = process.argv;
const stack = await import(path);
const bytes = new TextEncoder().encode(good);
const goodRequest = JSON.parse(good);
const badRequest = JSON.parse(bad);

let count = 0;
/** From the body's bytes to the text of the answer; both rows that a store would commit are made on the way. */
const paymentBy = ({ begin, settle }) => () => {
  count += 1;
  const { state } = begin(bytes, checkout, START + count, count.toString(16));
  return settle(state, outcome, START + count + 1);
};
const payment = paymentBy(stack);

// A stack that gives another answer is not a competitor.
const { status, body } = payment();
assert.equal(status, 201);
assert.equal(JSON.parse(body).salesforceResultCode, 'Success');
assert.deepEqual(stack.check(goodRequest), []);
if (!path.endsWith('json.mjs')) assert.deepEqual(stack.check(badRequest).toSorted(), badFields);

const of = figure === 'bytes' ? garbage : measure;
const figures = {
  payment: of(payment),
  ...(stack.whole === undefined ? {} : { whole: of(paymentBy(stack.whole)) }),
  good: of(() => stack.check(goodRequest)),
  bad: of(() => stack.check(badRequest)),
};
process.stdout.write(JSON.stringify(figures));

/** Bytes taken from JavaScript's heap by one operation: the growth of a young generation that is too large to be collected meanwhile. */
function garbage(operation) {
  run(operation, 300);
  const runs = [];
  for (let slice = 0; slice < 7; slice++) {
    globalThis.gc();
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < 500; i++) operation();
    runs.push((process.memoryUsage().heapUsed - before) / 500);
  }
  return { bytes: median(runs) };
}

function measure(operation) {
  run(operation, 300);
  const rates = [];
  for (let slice = 0; slice < 12; slice++) rates.push(run(operation, 25));
  return { ops: median(rates), ...percentiles(operation, 20_000) };
}

/** Operations per second over some milliseconds: long enough to hold their share of garbage collection. */
function run(operation, milliseconds) {
  const start = performance.now();
  let operations = 0;
  let elapsed = 0;
  while (elapsed < milliseconds) {
    for (let i = 0; i < 16; i++) operation();
    operations += 16;
    elapsed = performance.now() - start;
  }
  return (operations / elapsed) * 1000;
}

/** Microseconds of single operations. */
function percentiles(operation, samples) {
  const times = new Float64Array(samples);
  for (let i = 0; i < samples; i++) {
    const start = performance.now();
    operation();
    times[i] = (performance.now() - start) * 1000;
  }
  times.sort();
  return { p50: times[Math.floor(samples * 0.5)], p99: times[Math.floor(samples * 0.99)] };
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
