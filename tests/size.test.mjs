// The size budgets. Raising one is a decision about every shopper's waiting time, so it is made here, in the open.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { coreParts, sizeOf, storefrontParts } from '../scripts/sizes.mjs';

const BUDGETS = [
  { name: 'storefront: what a page loads', parts: storefrontParts, brotli: 21_300 },
  { name: 'core: what a server loads', parts: coreParts, brotli: 209_000 },
];

for (const { name, parts, brotli } of BUDGETS) {
  test(`${name}, at most ${brotli / 1000} kB of brotli`, (t) => {
    for (const part of parts()) t.diagnostic(`${part.name}: ${text(sizeOf([part]))}`);
    const size = sizeOf(parts());
    t.diagnostic(`total: ${text(size)}`);
    assert.ok(size.brotli <= brotli, `${size.brotli} bytes are more than ${brotli}`);
  });
}

function text({ raw, gzip, brotli }) {
  return `raw ${raw}, gzip ${gzip}, brotli ${brotli}`;
}
