// The product in the shape of the baselines. What a host does around the core (make the context, split the step, read its
// header) is part of what is measured.

import { init, validate } from 'checkout-payments';
import * as core from 'checkout-payments/core';

import { gateway } from './cases.mjs';

await init();

export function check(request) {
  const verdict = validate(request);
  return verdict.valid ? [] : verdict.fields.map(({ name }) => name);
}

export function begin(bytes, checkout, now, id) {
  const context = { now, entropy: id.padStart(32, '0'), gateway, checkout };
  const step = split(core.beginCheckoutPayment(JSON.stringify(context), '', bytes));
  if (step.header.status !== undefined) return { wrong: JSON.parse(step.body) };
  const { call } = step.header;
  return { state: { context, row: step.row, call }, row: step.row, call };
}

export function settle({ context, row, call }, outcome, now) {
  const told = JSON.stringify({ ...context, now, callId: call.id });
  const step = split(core.advance(told, row, JSON.stringify(outcome)));
  return { row: step.row, status: step.header.status, body: step.body };
}

function split(step) {
  const first = step.indexOf('\n');
  const second = step.indexOf('\n', first + 1);
  return {
    header: JSON.parse(step.slice(0, first)),
    row: step.slice(first + 1, second),
    body: step.slice(second + 1),
  };
}
