// What each build weighs on the wire. Used by `make bench` and by the size budget in tests/size.test.mjs.

import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const pkg = resolve(root, 'pkg');

/** What a page loads for `import 'checkout-payments'`: the JavaScript as a bundler makes it, and the wasm. */
export const storefrontParts = () => [bundled('.'), wasm('storefront')];

/** What a server loads for `import 'checkout-payments/core'`. */
export const coreParts = () => [bundled('./core'), wasm('core')];

/** Bytes as they are and compressed, each part by itself, as a server sends them. */
export function sizeOf(parts) {
  const sum = { raw: 0, gzip: 0, brotli: 0 };
  for (const { bytes } of parts) {
    sum.raw += bytes.length;
    sum.gzip += gzipSync(bytes, { level: 9 }).length;
    sum.brotli += brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_LGWIN]: 24,
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

function bundled(entry) {
  const { exports } = JSON.parse(readFileSync(resolve(pkg, 'package.json'), 'utf8'));
  const file = resolve(pkg, exports[entry].browser ?? exports[entry].default);
  const { outputFiles } = buildSync({ entryPoints: [file], bundle: true, minify: true, format: 'esm', platform: 'browser', write: false });
  return { name: `JavaScript of ${entry}, bundled and minified`, bytes: outputFiles[0].contents };
}

function wasm(build) {
  return { name: `${build}.wasm`, bytes: readFileSync(resolve(pkg, 'wasm', build, 'checkout_payments_bg.wasm')) };
}
