// What a payment leaves behind, as the product leaves it: the two rows, the call, the answer, member for member
// (tests/baselines.test.mjs holds it to that). Shared by the stacks that are to do the same work, so that these differ in what
// they bring themselves: validation, money, and the life of the payment.

import { hash } from 'node:crypto';

const decoder = new TextDecoder('utf-8', { fatal: true });
const HELD_MS = 125_000;

const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';
const PAIRS = Array.from({ length: 1024 }, (_, n) => DIGITS[n >> 5] + DIGITS[n & 31]);

/** The stack, made of its parts: `read` gives the request or what is wrong, `amountOf` an amount's text, `settled` the status. */
export function stackOf({ check, read = readingBy(check), amountOf, settled }) {
  return {
    check,
    begin(bytes, checkout, now, id) {
      const { request, wrong } = read(JSON.parse(decoder.decode(bytes)));
      if (wrong !== undefined) return { wrong };
      const { row, call } = announced(request, checkout, now, id.padStart(32, '0'), amountOf);
      return { state: { checkout, row, call }, row, call };
    },
    settle({ checkout, row, call }, outcome, now) {
      const state = JSON.parse(row);
      const status = settled(state.operations[0].steps[0].status, outcome);
      return settle(state, call, checkout, outcome, now, amountOf(outcome.amount, outcome.currencyIsoCode), status);
    },
  };
}

// For a validator that leaves the request as it is.
const readingBy = (check) => (request) => {
  const wrong = check(request);
  return wrong.length > 0 ? { wrong } : { request };
};

function announced(request, checkout, now, entropy, amountOf) {
  const date = new Date(now).toISOString();
  const group = idOf('pgrp', now, entropy, 0);
  const record = idOf('pauth', now, entropy, 1);
  const operation = idOf('op', now, entropy, 2);
  const amount = amountOf(checkout.amount, checkout.currencyIsoCode);
  const { currencyIsoCode } = checkout;
  const billingAddress = addressOf(request.billingAddress);
  const { paymentsData } = request;
  const details = { AccountId: checkout.accountId };
  const key = `${operation}-0-1`;
  const state = {
    schema: 1,
    group: {
      id: group,
      webstoreId: checkout.webstoreId,
      checkoutId: checkout.id,
      date,
      paymentAuthorizations: [],
      paymentAuthAdjustments: [],
      payments: [],
      refunds: [],
      applicationLines: [],
    },
    operations: [{
      id: operation,
      kind: 'checkoutPayment',
      status: 'running',
      date,
      heldUntil: new Date(now + HELD_MS).toISOString(),
      tries: 0,
      idempotencyKeys: [],
      fingerprint: {
        billingAddress: hashOf(JSON.stringify(billingAddress)),
        cart: hashOf(`${amount} ${currencyIsoCode} ${checkout.digest}`),
        paymentToken: hashOf(request.paymentToken),
        paymentsData: hashOf(JSON.stringify(paymentsData)),
        requestType: hashOf(request.requestType),
      },
      intent: { type: request.requestType, digest: checkout.digest, billingAddress, paymentsData },
      steps: [{
        operation: 'authorize',
        role: 'take',
        status: 'announced',
        amount,
        currencyIsoCode,
        reference: record,
        details,
        token: request.paymentToken,
        attempt: 1,
        key,
        deliveries: 1,
        stage: 'start',
        announcedAt: date,
        sentAt: date,
      }],
    }],
    releasesOwed: [],
    paymentMethodsToSave: [],
  };
  const call = {
    id: `${operation}/0/1/first`,
    operation: 'authorize',
    idempotencyKey: key,
    ourReference: record,
    groupId: group,
    checkoutId: checkout.id,
    webstoreId: checkout.webstoreId,
    amount,
    currencyIsoCode,
    paymentToken: request.paymentToken,
    paymentsData,
    billingAddress,
    details,
  };
  return { row: JSON.stringify(state), call };
}

function settle(state, call, checkout, outcome, now, amount, status) {
  const [operation] = state.operations;
  const [step] = operation.steps;
  if (call.id !== `${operation.id}/0/${step.attempt}/first` || amount !== step.amount) throw new Error('not the outcome of this call');
  const { billingAddress, type, digest } = operation.intent;
  const answer = { status: 201, body: JSON.stringify({ salesforceResultCode: outcome.resultCode, errors: [], paymentData: '{}' }) };
  const { reference, token, ...kept } = step;
  const { heldUntil, ...driven } = operation;
  const next = {
    ...state,
    group: {
      ...state.group,
      billingAddress,
      paymentAuthorizations: [{
        id: reference,
        status: 'Processed',
        amount,
        currencyIsoCode: outcome.currencyIsoCode,
        gatewayRefNumber: outcome.gatewayReference,
        gatewayAuthCode: outcome.gatewayAuthorizationCode,
        date: new Date(now).toISOString(),
        operationId: operation.id,
        details: step.details,
      }],
      livePayment: { type, recordId: reference, digest },
    },
    operations: [{
      ...driven,
      status,
      steps: [{ ...kept, reference, recordId: reference, status, outcome }],
      conclusion: 'success',
      answer,
    }],
  };
  return { row: JSON.stringify(next), ...answer };
}

// The product writes the members of an address in an order of its own, and its hash is of that text.
function addressOf({ name, street, country, city, region, postalCode }) {
  return { name, street, country, city, region, postalCode };
}

const hashOf = (text) => hash('sha256', text, 'hex').slice(0, 32);

/** A UUIDv7 as a TypeID: 48 bits of time, 73 of entropy and `count`, in 26 digits of 5 bits. */
function idOf(prefix, now, entropy, count) {
  const low = (parseInt(entropy.slice(24), 16) + count).toString(16).padStart(8, '0');
  const mixed = parseInt(entropy.slice(13, 17), 16);
  const high = (mixed >> 2) & 0x7ff;
  const hex = `000${now.toString(16).padStart(12, '0')}7${high.toString(16).padStart(3, '0')}${(8 | (mixed & 3)).toString(16)}${entropy.slice(17, 24)}${low}`;
  let text = '';
  for (let at = 0; at < 35; at += 5) {
    const bits = parseInt(hex.slice(at, at + 5), 16);
    text += PAIRS[bits >> 10] + PAIRS[bits & 1023];
  }
  return `${prefix}_${text.slice(2)}`;
}
