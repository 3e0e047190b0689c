// What each build weighs on the wire. Used by `make bench` and by the size budget in tests/size.test.mjs.

import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const pkg = resolve(root, 'pkg');

/** The files that a browser loads for `import 'checkout-payments'`: the entry, what it imports, and the wasm. */
export function storefrontFiles() {
  const { exports } = JSON.parse(readFileSync(resolve(pkg, 'package.json'), 'utf8'));
  return [...modulesFrom(resolve(pkg, exports['.'].browser)), resolve(pkg, 'wasm/storefront/checkout_payments_bg.wasm')];
}

/** The core's wasm and the JavaScript that was generated for it. */
export function coreFiles() {
  return [resolve(pkg, 'wasm/core/checkout_payments.js'), resolve(pkg, 'wasm/core/checkout_payments_bg.wasm')];
}

/** Bytes as they are and compressed, each file by itself, as a server sends them. */
export function sizeOf(files) {
  const sum = { raw: 0, gzip: 0, brotli: 0 };
  for (const file of files) {
    const bytes = readFileSync(file);
    sum.raw += bytes.length;
    sum.gzip += gzipSync(bytes, { level: 9 }).length;
    sum.brotli += brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }).length;
  }
  return sum;
}

/** A module and every module of this package that it imports, statically or not. */
export function modulesFrom(entry) {
  const found = new Set([entry]);
  for (const file of found) {
    const source = readFileSync(file, 'utf8');
    for (const [, specifier] of source.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*["'](\.[^"']+)["']/g)) {
      found.add(resolve(dirname(file), specifier));
    }
  }
  return [...found];
}
