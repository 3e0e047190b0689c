// The floor of anything in JavaScript that reads a body and writes an answer: parse it, print it, decide nothing.

import { answer } from './rules.mjs';

const decoder = new TextDecoder('utf-8', { fatal: true });

export const check = (request) => (JSON.parse(JSON.stringify(request)) === null ? ['body'] : []);

export function begin(bytes) {
  const state = JSON.parse(decoder.decode(bytes));
  return { state, row: JSON.stringify(state), call: state };
}

export function settle(state, outcome) {
  return { row: '', ...answer(outcome.resultCode) };
}
