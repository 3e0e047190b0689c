// Loads a freshly built module the way a host does and calls it.
//
//   node scripts/check-wasm.mjs DIRECTORY storefront|core

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [directory, build] = process.argv.slice(2);
const NAME = 'checkout_payments';
const BOTH = ['validate', 'preview', 'formatMoney', 'currencyDecimals'];
const CORE_ONLY = ['beginCheckoutPayment', 'advance', 'recover', 'notify', 'placeOrder', 'readPayments'];

const bytes = readFileSync(resolve(directory, `${NAME}_bg.wasm`));
const module = new WebAssembly.Module(bytes);

// The core does no I/O, so all it may ask of its host is what the generated glue gives. `env` is what an unresolved
// C symbol looks like.
for (const { module: from, name } of WebAssembly.Module.imports(module)) {
  assert.equal(from, `./${NAME}_bg.js`, `the wasm imports ${name} from "${from}"`);
}

const glue = await import(pathToFileURL(resolve(directory, `${NAME}.js`)).href);
glue.initSync({ module });

for (const name of BOTH) assert.equal(typeof glue[name], 'function', `the ${build} build lacks ${name}`);
// what only a server needs is weight in a shopper's browser
for (const name of CORE_ONLY) assert.equal(typeof glue[name], build === 'core' ? 'function' : 'undefined', `${build}: ${name}`);

const utf8 = (text) => new TextEncoder().encode(text);
assert.equal(glue.formatMoney(utf8('129.9'), utf8('USD')), '$129.90');
assert.equal(glue.currencyDecimals(utf8('KWD')), 3);
const good = JSON.stringify({ requestType: 'Auth', paymentToken: 'sim_ok' });
assert.equal(JSON.parse(glue.validate(utf8(good), utf8('{}'))).valid, true);
assert.equal(JSON.parse(glue.validate(utf8("{'requestType'"), utf8('{}'))).status, 400);

console.log(`${directory}: ${bytes.length} bytes, runs`);
