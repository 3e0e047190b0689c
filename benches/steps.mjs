// The operations of the payments API as the server drives the core through them: bytes in, text out. Groups of any size are made by those
// very steps, so that their state is one that a store would hold.

import { gateway, START } from './cases.mjs';

const ACCOUNT = '001000000000001AAA';
const CURRENCY = 'USD';
const encoder = new TextEncoder();
const paymentMethod = { alternativePaymentMethod: { gatewayToken: 'sim_ok' } };
const paid = (amount, more) => ({ accountId: ACCOUNT, amount, currencyIsoCode: CURRENCY, paymentMethod, ...more });

/** A host of this core that keeps nothing. `more`: members of every context; `from`: where its clock and its ids begin. */
export function createSteps(core, more = {}, from = 0) {
  let count = from;
  const context = (facts) => {
    count += 1;
    return JSON.stringify({ now: START + count, entropy: count.toString(16).padStart(32, '0'), gateway, ...more, ...facts });
  };

  /** A step with its context fixed, to be taken again and again. */
  const begin = (operation, state, body, facts) => {
    const [told, bytes] = [context({ operation, ...facts }), encode(body)];
    return () => core.beginPayments(told, state, bytes);
  };
  const advance = ({ header: { call }, state }, outcome) => {
    const [told, text] = [context({ callId: call.id }), JSON.stringify(outcome)];
    return () => core.advance(told, state, text);
  };
  const transact = (name, rows, body, facts) => {
    const loaded = rows.map(({ asked, key }) => ({ name: asked, key }));
    const [told, values, bytes] = [context({ loaded, applicationLevel: 'Invoice', ...facts }), rows.map(({ value }) => value).join('\n'), encode(body)];
    return () => core[name](told, values, bytes);
  };

  /** A whole operation: begun, sent, answered. Gives the new state and the answer. */
  const run = (operation, state, body, facts) => {
    const begun = readStep(begin(operation, state, body, facts)());
    const done = readStep(advance(begun, outcomeOf(begun.header.call))());
    if (done.header.status !== 201) throw new Error(`${operation}: ${done.body || begun.body}`);
    return { state: done.state, answer: JSON.parse(done.body) };
  };
  const invoiceOf = (amount) => {
    const { rows, values } = readTransaction(transact('ingestInvoice', [], { status: 'Posted', currencyIsoCode: CURRENCY, lines: [{ lineAmount: amount }] })());
    return { key: rows[0].key, value: values[0], id: rows[0].key.slice('invoice/'.length) };
  };
  return { begin, advance, transact, run, invoiceOf };
}

/**
 * A group with this many records: an authorization, then in turn a sale, a capture, a reversal, a refund, and an application of a
 * payment to an invoice. Gives its state, and what each operation needs to act on.
 */
export function groupOf(steps, records) {
  const { run, transact, invoiceOf } = steps;
  let { state, answer } = run('authorizations', '', paid('900000.00'));
  const groupId = answer.paymentGroup.id;
  const authorization = answer.paymentAuthorization.id;
  const sell = () => {
    ({ state, answer } = run('sales', state, paid('50.00', { paymentGroupId: groupId })));
    return answer.payment.id;
  };
  let invoice = invoiceOf('900000.00');
  const apply = (payment) => {
    const rows = [{ asked: payment, key: 'g', value: state }, { asked: invoice.key, key: invoice.key, value: invoice.value }];
    const { values, body } = readTransaction(transact('applyPayment', rows, { appliedToId: invoice.id, amount: '10.00' }, { recordId: payment })());
    state = values[0];
    invoice = { ...invoice, value: values[1] };
    return JSON.parse(body).id;
  };
  const payment = sell();
  ({ state, answer } = run('refunds', state, { amount: '10.00' }, { targetId: payment }));
  const refund = answer.refund.id;
  const line = apply(payment);
  let last = payment;
  const turn = [
    () => (last = sell()),
    () => ({ state } = run('captures', state, { amount: '5.00' }, { targetId: authorization })),
    () => ({ state } = run('reversals', state, { amount: '5.00' }, { targetId: authorization })),
    () => ({ state } = run('refunds', state, { amount: '10.00' }, { targetId: last })),
    () => apply(last),
  ];
  for (let made = 4; made < records; made++) turn[made % turn.length]();
  return { state, groupId, authorization, payment, refund, invoice, line };
}

/** An account with so many saved payment methods. */
export function accountOf({ run }, methods) {
  let state = '';
  for (let made = 0; made < methods; made++) ({ state } = run('payment-methods', state, tokenized(made)));
  return { state };
}

/**
 * Each operation of the payments API at this group and account: its first step, the next one when a gateway is called between them, the
 * status that the last of them answers with, and the state that it reads.
 */
export function operationsAt(steps, group, account) {
  const { begin, transact } = steps;
  const { state, groupId: paymentGroupId, authorization, payment, refund, invoice, line } = group;
  const rows = [{ asked: payment, key: 'g', value: state }, { asked: invoice.key, key: invoice.key, value: invoice.value }];
  const asked = {
    authorization: begin('authorizations', state, paid('5.00', { paymentGroupId })),
    postAuth: begin('postAuths', state, paid('5.00', { paymentGroupId })),
    capture: begin('captures', state, { amount: '5.00' }, { targetId: authorization }),
    reversal: begin('reversals', state, { amount: '5.00' }, { targetId: authorization }),
    sale: begin('sales', state, paid('5.00', { paymentGroupId })),
    refund: begin('refunds', state, { amount: '5.00' }, { targetId: payment }),
    tokenize: begin('payment-methods', account.state, tokenized('last')),
  };
  const called = Object.entries(asked).map(([name, first]) => {
    const begun = readStep(first());
    return [name, { first, next: steps.advance(begun, outcomeOf(begun.header.call)), answered: (text) => readStep(text).header.status, state: name === 'tokenize' ? account.state : state }];
  });
  const changed = {
    apply: transact('applyPayment', rows, { appliedToId: invoice.id, amount: '5.00' }, { recordId: payment }),
    unapply: transact('unapplyPayment', rows, {}, { recordId: payment, lineId: line }),
    'refund apply': transact('applyRefund', [{ ...rows[0], asked: refund }], { appliedToId: payment, amount: '5.00' }, { recordId: refund }),
  };
  const transacted = Object.entries(changed).map(([name, first]) => [name, { first, answered: (text) => readTransaction(text).status, state }]);
  return Object.fromEntries([...called, ...transacted]);
}

/** Takes the three lines of a step apart, as the server does. */
export function readStep(text) {
  const first = text.indexOf('\n');
  const second = text.indexOf('\n', first + 1);
  return { header: JSON.parse(text.slice(0, first)), state: text.slice(first + 1, second), body: text.slice(second + 1) };
}

/** Takes the lines of a transaction apart, as the server does. */
export function readTransaction(text) {
  const [header, body, ...values] = text.split('\n');
  return { rows: [], ...JSON.parse(header), body, values };
}

function tokenized(name) {
  return { cardPaymentMethod: { gatewayToken: `tok_${name}`, accountId: ACCOUNT, cardLastFour: '4242', expiryMonth: 12, expiryYear: 2030 } };
}

function outcomeOf({ id, operation, amount, currencyIsoCode, paymentToken }) {
  const reference = id.replaceAll(/\W/g, '');
  const saved = operation === 'tokenize' ? { gatewayToken: `spt_${paymentToken}`, checksum: `sum_${paymentToken}` } : {};
  return { resultCode: 'Success', gatewayReference: `sim_${reference}`, amount, currencyIsoCode, gatewayAuthorizationCode: 'A10001', ...saved };
}

function encode(body) {
  return encoder.encode(JSON.stringify(body));
}
