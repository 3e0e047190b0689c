// The product on a server in the shape of the baselines. What the host does around the core (make the context, split the step, read
// its header) is part of what is measured, by the server's own code.

import * as core from 'checkout-payments/core';

import { createTold, members } from '../pkg/dist/server/context.js';
import { readStep } from '../pkg/dist/server/step.js';
import { gateway } from './cases.mjs';

let entropy;
const { provider, ...capabilities } = gateway;
const told = createTold({ gateways: [{ provider, capabilities }] }, undefined, () => entropy);

export function begin(bytes, checkout, now, id) {
  entropy = id.padStart(32, '0');
  const step = readStep(core.beginCheckoutPayment(`{${told(now)}${members({ checkout })}}`, '', bytes));
  if (step.status !== undefined) return { wrong: JSON.parse(step.body) };
  const { state: row, call } = step;
  return { state: { row, call }, row, call };
}

export function settle({ row, call }, outcome, now) {
  const { state, status, body } = readStep(core.advance(`{${told(now)}${members({ callId: call.id })}}`, row, JSON.stringify(outcome)));
  return { row: state, status, body };
}
