// Cold starts: each stack in one bundle, as it would be deployed, run in fresh processes in turn.

import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const run = promisify(execFile);
const here = fileURLToPath(new URL('.', import.meta.url));

const PAYMENT = `
  const { state } = stack.begin(new TextEncoder().encode(good), checkout, START, '1');
  if (stack.settle(state, outcome, START + 1).status !== 201) throw new Error('not paid');`;
const VERDICT = `
  if (stack.check(JSON.parse(good)).length !== 0) throw new Error('not valid');`;
const STACKS = {
  'checkout-payments, a payment on a server': { module: './product-server.mjs', first: PAYMENT, wasm: 'core' },
  'checkout-payments, a verdict in a page': { module: './product-page.mjs', first: VERDICT, wasm: 'storefront' },
  'hand-written JS, a payment': { module: './baselines/hand.mjs', first: PAYMENT },
  'ajv + hand-written JS, a payment': { module: './baselines/ajv.mjs', first: PAYMENT },
  'zod + big.js + xstate, a payment': { module: './baselines/zod.mjs', first: PAYMENT },
};

/** Milliseconds from the import to the first answer, of each stack in each round. */
export async function coldStarts({ rounds }) {
  const folder = await mkdtemp(join(tmpdir(), 'cold-start-'));
  try {
    const programs = await Promise.all(Object.entries(STACKS).map(async ([name, stack], at) => ({ name, file: await program(folder, at, stack) })));
    const times = Object.fromEntries(programs.map(({ name }) => [name, []]));
    for (let round = 0; round < rounds; round++) {
      for (const { name, file } of programs) times[name].push(Number((await run(process.execPath, [file])).stdout));
    }
    return times;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function program(folder, at, { module, first, wasm }) {
  const place = join(folder, String(at), 'dist', 'bundle');
  const options = { bundle: true, minify: true, format: 'esm', platform: 'node', logLevel: 'error' };
  const entry = { contents: `export * from ${JSON.stringify(module)}; export * from './cases.mjs';`, resolveDir: here };
  await build({ ...options, stdin: entry, outfile: join(place, 'stack.mjs'), banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" } });
  if (wasm !== undefined) await copyWasm(place, wasm);
  const file = join(place, 'main.mjs');
  await writeFile(file, `
const start = performance.now();
const stack = await import('./stack.mjs');
const { checkout, good, outcome, START } = stack;
${first}
process.stdout.write(String(performance.now() - start));
`);
  return file;
}

// The glue looks for its wasm from where it was before it was bundled: one folder up for the core, two for the storefront.
async function copyWasm(place, wasm) {
  const folder = join(place, wasm === 'core' ? '..' : '../..', 'wasm', wasm);
  await mkdir(folder, { recursive: true });
  await copyFile(join(here, '../pkg/wasm', wasm, 'checkout_payments_bg.wasm'), join(folder, 'checkout_payments_bg.wasm'));
}
