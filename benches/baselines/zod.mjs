// What many a store would reach for: zod for the rules, big.js for the money, XState for the life of the payment.

import Big from 'big.js';
import { assign, createActor, setup } from 'xstate';
import * as z from 'zod';

import { ADDRESS_LIMITS, answer, looksLikeCard } from './rules.mjs';
import { stackOf } from './whole.mjs';

const decoder = new TextDecoder('utf-8', { fatal: true });
const noCard = [(text) => !looksLikeCard(text), { error: 'a card number' }];
const filled = (limit) => z.string().max(limit).regex(/\S/).refine(...noCard);
const optional = (limit) => z.string().max(limit).refine(...noCard).optional();

const billingAddress = z.strictObject({
  name: filled(ADDRESS_LIMITS.name),
  street: filled(ADDRESS_LIMITS.street),
  country: filled(ADDRESS_LIMITS.country),
  city: optional(ADDRESS_LIMITS.city),
  region: optional(ADDRESS_LIMITS.region),
  postalCode: optional(ADDRESS_LIMITS.postalCode),
  shipToPhoneNumber: z.string().optional(),
});
const paymentsData = z.record(z.string().max(255), z.string().max(255).refine(...noCard))
  .refine((pairs) => Object.keys(pairs).length <= 4, { error: 'at most 4 pairs' });

const card = { paymentToken: filled(255), billingAddress: billingAddress.optional(), paymentsData: paymentsData.optional() };
const schema = z.discriminatedUnion('requestType', [
  z.strictObject({ requestType: z.literal('Auth'), ...card }),
  z.strictObject({ requestType: z.literal('PostAuth'), ...card }),
  z.strictObject({
    requestType: z.literal('SimplePurchaseOrder'),
    paymentToken: z.string().max(80).regex(/\S/),
    billingAddress: billingAddress.optional(),
  }),
]);

const names = (error) => [...new Set(error.issues.map(({ path }) => path.join('.')))];

export function check(request) {
  const { error } = schema.safeParse(request);
  return error === undefined ? [] : names(error);
}

const machine = setup({
  guards: { succeeded: ({ event }) => event.outcome.resultCode === 'Success' },
  actions: {
    take: assign(({ context, event: { outcome, now } }) => ({
      authorization: {
        ...context.authorization,
        balance: Big(outcome.amount).toFixed(2),
        gatewayReference: outcome.gatewayReference,
        gatewayAuthorizationCode: outcome.gatewayAuthorizationCode,
        changedAt: now,
      },
    })),
  },
}).createMachine({
  id: 'payment',
  initial: 'announced',
  context: ({ input }) => input,
  states: {
    announced: {
      on: { OUTCOME: [{ guard: 'succeeded', target: 'succeeded', actions: 'take' }, { target: 'failed' }] },
    },
    succeeded: { type: 'final' },
    failed: { type: 'final' },
  },
});

export function begin(bytes, checkout, now, id) {
  const { data: request, error } = schema.safeParse(JSON.parse(decoder.decode(bytes)));
  if (error !== undefined) return { wrong: names(error) };
  const amount = Big(checkout.amount).toFixed(2);
  const actor = createActor(machine, {
    input: {
      group: { id: `pgrp_${id}`, checkoutId: checkout.id, currencyIsoCode: checkout.currencyIsoCode, createdAt: now },
      authorization: { id: `pauth_${id}`, amount, balance: '0.00', billingAddress: request.billingAddress },
      operation: { id: `op_${id}`, requestType: request.requestType },
    },
  }).start();
  const call = {
    operation: 'authorize',
    idempotencyKey: `op_${id}-0-1`,
    ourReference: `pauth_${id}`,
    amount,
    currencyIsoCode: checkout.currencyIsoCode,
    paymentToken: request.paymentToken,
    paymentsData: request.paymentsData,
    billingAddress: request.billingAddress,
  };
  return { state: actor, row: rowOf(actor), call };
}

export function settle(actor, outcome, now) {
  actor.send({ type: 'OUTCOME', outcome, now });
  return { row: rowOf(actor), ...answer(outcome.resultCode) };
}

function rowOf(actor) {
  const { value, context } = actor.getSnapshot();
  return JSON.stringify({ ...context, status: value });
}

/** The same, doing all of the product's work. */
export const whole = stackOf({
  check,
  read(body) {
    const { data: request, error } = schema.safeParse(body);
    return error === undefined ? { request } : { wrong: names(error) };
  },
  amountOf: (text) => Big(text).toFixed(2),
  settled(status, outcome) {
    const actor = createActor(machine, { snapshot: machine.resolveState({ value: status, context: { authorization: {} } }) }).start();
    actor.send({ type: 'OUTCOME', outcome, now: 0 });
    return actor.getSnapshot().value;
  },
});
