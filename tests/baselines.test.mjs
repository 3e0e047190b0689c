// `make bench` compares the product with stacks that do the same work. That they do is proved here: the same rows, the same call,
// the same answer, member for member.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as product from '../benches/product.mjs';
import { bad, badFields, checkout, good, outcome, START } from '../benches/cases.mjs';

const bytes = new TextEncoder().encode(good);
const ENTROPY = '19f27c55a3f0e6d1b8c4';

for (const name of ['hand', 'ajv', 'zod']) {
  test(`the whole payment by ${name} is the product's`, async () => {
    const { whole } = await import(`../benches/baselines/${name}.mjs`);
    const ours = product.begin(bytes, checkout, START, ENTROPY);
    const theirs = whole.begin(bytes, checkout, START, ENTROPY);
    assert.deepEqual(JSON.parse(theirs.row), JSON.parse(ours.row));
    assert.deepEqual(theirs.call, ours.call);

    const [end, theirEnd] = [product, whole].map((stack, at) => stack.settle([ours, theirs][at].state, outcome, START + 100));
    assert.deepEqual(JSON.parse(theirEnd.row), JSON.parse(end.row));
    assert.deepEqual({ status: theirEnd.status, body: theirEnd.body }, { status: end.status, body: end.body });
    assert.deepEqual(whole.check(JSON.parse(bad)).toSorted(), badFields);
  });
}
