// Careful JavaScript without a library: safe-integer minor units, one pass over the parsed body, a state object that is
// never changed. It does what the first payment of a checkout needs and no more: no re-entrancy, no recovery.

import { ADDRESS_LIMITS, answer, looksLikeCard } from './rules.mjs';
import { stackOf } from './whole.mjs';

const TYPES = new Set(['Auth', 'PostAuth', 'SimplePurchaseOrder']);
const decoder = new TextDecoder('utf-8', { fatal: true });

/** The names of the fields at fault. */
export function check(request) {
  const wrong = [];
  if (!isObject(request)) return ['body'];
  const order = request.requestType === 'SimplePurchaseOrder';
  if (!TYPES.has(request.requestType)) wrong.push('requestType');
  const token = request.paymentToken;
  if (!isText(token, order ? 80 : 255) || token.trim() === '' || (!order && looksLikeCard(token))) wrong.push('paymentToken');

  for (const key in request) {
    const value = request[key];
    switch (key) {
      case 'requestType':
      case 'paymentToken':
        break;
      case 'billingAddress':
        checkAddress(value, wrong);
        break;
      case 'paymentsData':
        if (order || !isPairs(value)) wrong.push('paymentsData');
        break;
      default:
        wrong.push(key);
    }
  }
  return wrong;
}

function checkAddress(address, wrong) {
  if (!isObject(address)) {
    wrong.push('billingAddress');
    return;
  }
  for (const name of ['name', 'street', 'country']) {
    if (!isText(address[name], ADDRESS_LIMITS[name]) || address[name].trim() === '') wrong.push(`billingAddress.${name}`);
  }
  for (const key in address) {
    if (key === 'name' || key === 'street' || key === 'country' || key === 'shipToPhoneNumber') continue;
    const limit = ADDRESS_LIMITS[key];
    if (limit === undefined || !isText(address[key], limit) || looksLikeCard(address[key])) wrong.push(`billingAddress.${key}`);
  }
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value, limit) => typeof value === 'string' && value.length <= limit;

function isPairs(value) {
  if (typeof value === 'string') value = JSON.parse(value);
  if (!isObject(value)) return false;
  const pairs = Object.entries(value);
  return pairs.length <= 4 && pairs.every(([key, text]) => key.length <= 255 && isText(text, 255) && !looksLikeCard(text));
}

/** The payment, up to the gateway's call: the row to be stored, and the call. Another validator may take the place of ours. */
export function begin(bytes, checkout, now, id, checker = check) {
  const request = JSON.parse(decoder.decode(bytes));
  const wrong = checker(request);
  if (wrong.length > 0) return { wrong };
  const amount = minorUnits(checkout.amount);
  const state = {
    group: { id: `pgrp_${id}`, checkoutId: checkout.id, currencyIsoCode: checkout.currencyIsoCode, createdAt: now },
    authorization: { id: `pauth_${id}`, status: 'Pending', amount, balance: 0, billingAddress: request.billingAddress },
    operation: { id: `op_${id}`, status: 'announced', requestType: request.requestType },
  };
  const call = {
    operation: 'authorize',
    idempotencyKey: `${state.operation.id}-0-1`,
    ourReference: state.authorization.id,
    amount: checkout.amount,
    currencyIsoCode: checkout.currencyIsoCode,
    paymentToken: request.paymentToken,
    paymentsData: request.paymentsData,
    billingAddress: request.billingAddress,
  };
  return { state, row: JSON.stringify(state), call };
}

/** The gateway's word, taken over: the row to be stored, and the answer. */
export function settle(state, outcome, now) {
  const done = outcome.resultCode === 'Success';
  const amount = done ? minorUnits(outcome.amount) : 0;
  const next = {
    group: state.group,
    authorization: {
      ...state.authorization,
      status: done ? 'Processed' : 'Failed',
      balance: amount,
      gatewayReference: outcome.gatewayReference,
      gatewayAuthorizationCode: outcome.gatewayAuthorizationCode,
      changedAt: now,
    },
    operation: { ...state.operation, status: done ? 'succeeded' : 'failed' },
  };
  return { row: JSON.stringify(next), ...answer(outcome.resultCode) };
}

/** "129.90" to 12990, exactly. */
export function minorUnits(text) {
  const [, whole, part = ''] = /^(\d{1,13})(?:\.(\d{1,2}))?$/.exec(text) ?? [];
  if (whole === undefined) throw new RangeError(`not an amount: ${text}`);
  return Number(whole) * 100 + Number(part.padEnd(2, '0'));
}

/** An amount as the product writes it: with the decimals of its currency, exactly. */
export function amountOf(text) {
  const units = minorUnits(text);
  const cents = units % 100;
  return `${(units - cents) / 100}.${cents < 10 ? '0' : ''}${cents}`;
}

/** Where a step stands after the gateway's word. */
export function settled(status, outcome) {
  if (status !== 'announced') throw new Error(`nothing is expected while ${status}`);
  return outcome.resultCode === 'Success' ? 'succeeded' : 'failed';
}

/** The same, doing all of the product's work. */
export const whole = stackOf({ check, amountOf, settled });
