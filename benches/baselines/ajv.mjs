// The same store with its rules in a JSON Schema, compiled by Ajv; the rest is the hand-written one.

import Ajv from 'ajv';

import { amountOf, begin as beginByHand, settled } from './hand.mjs';
import { ADDRESS_LIMITS, looksLikeCard } from './rules.mjs';
import { stackOf } from './whole.mjs';

export { settle } from './hand.mjs';

const ajv = new Ajv({ allErrors: true, strictTypes: false });
ajv.addFormat('no-card', (text) => !looksLikeCard(text));

const text = (maxLength, more = {}) => ({ type: 'string', maxLength, format: 'no-card', ...more });
const filled = { pattern: '\\S' };

const properties = Object.fromEntries(Object.entries(ADDRESS_LIMITS).map(([name, limit]) =>
  [name, text(limit, ['name', 'street', 'country'].includes(name) ? filled : {})]));

const compiled = ajv.compile({
  type: 'object',
  additionalProperties: false,
  required: ['requestType', 'paymentToken'],
  properties: {
    requestType: { enum: ['Auth', 'PostAuth', 'SimplePurchaseOrder'] },
    paymentToken: { type: 'string', ...filled },
    billingAddress: {
      type: 'object',
      additionalProperties: false,
      required: ['name', 'street', 'country'],
      properties: { ...properties, shipToPhoneNumber: { type: 'string' } },
    },
    paymentsData: { type: 'object', maxProperties: 4, propertyNames: { maxLength: 255 }, additionalProperties: text(255) },
  },
  if: { properties: { requestType: { const: 'SimplePurchaseOrder' } } },
  then: { properties: { paymentToken: { maxLength: 80 }, paymentsData: false } },
  else: { properties: { paymentToken: text(255) } },
});

export function check(request) {
  if (compiled(request)) return [];
  const wrong = new Set();
  for (const { instancePath, keyword, params } of compiled.errors) {
    if (keyword === 'if') continue;
    const name = params.missingProperty ?? params.additionalProperty;
    wrong.add([...instancePath.split('/').slice(1), ...(name === undefined ? [] : [name])].join('.'));
  }
  return [...wrong];
}

export const begin = (bytes, checkout, now, id) => beginByHand(bytes, checkout, now, id, check);

/** The same, doing all of the product's work. */
export const whole = stackOf({ check, amountOf, settled });
