// The size budgets. Raising one is a decision about every shopper's waiting time, so it is made here, in the open.

import assert from 'node:assert/strict';
import { relative } from 'node:path';
import { test } from 'node:test';

import { coreFiles, sizeOf, storefrontFiles } from '../scripts/sizes.mjs';

const BUDGETS = [
  { name: 'storefront: what a page loads', files: storefrontFiles, brotli: 40_000 },
  { name: 'core: wasm and glue', files: coreFiles, brotli: 240_000 },
];

for (const { name, files, brotli } of BUDGETS) {
  test(`${name}, at most ${brotli / 1000} kB of brotli`, (t) => {
    for (const file of files()) t.diagnostic(`${relative('.', file)}: ${text(sizeOf([file]))}`);
    const size = sizeOf(files());
    t.diagnostic(`total: ${text(size)}`);
    assert.ok(size.brotli <= brotli, `${size.brotli} bytes are more than ${brotli}`);
  });
}

function text({ raw, gzip, brotli }) {
  return `raw ${raw}, gzip ${gzip}, brotli ${brotli}`;
}
