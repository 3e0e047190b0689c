// The simulator itself (DESIGN §7): its grammar, its keys, its bounds, its books.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openSimulator } from "checkout-payments/gateways/simulator";

const folder = mkdtempSync(join(tmpdir(), "checkout-payments-simulator-"));
after(() => rmSync(folder, { recursive: true, force: true }));

let now = Date.UTC(2026, 0, 1);
let simulator;
before(async () => {
  simulator = await openSimulator({ path: join(folder, "books.db"), clock: () => now });
});
after(() => simulator.close());

let count = 0;
const call = (operation, more = {}) => {
  count += 1;
  return {
    id: `c${count}`,
    operation,
    idempotencyKey: `key-${count}`,
    ourReference: `ours-${count}`,
    groupId: `group-${count}`,
    checkoutId: "checkout",
    webstoreId: "store",
    amount: "100.00",
    currencyIsoCode: "USD",
    ...more,
  };
};
const process = (operation, more) => simulator.process(call(operation, more), new AbortController().signal);
const inquire = (more) => simulator.inquire(call("inquire", more), new AbortController().signal);
const books = (groupId) => JSON.parse(simulator.books(groupId)).payments;

async function paid(token = "sim_ok", operation = "authorize") {
  const made = call(operation, { paymentToken: token });
  const outcome = await simulator.process(made);
  assert.equal(outcome.resultCode, "Success", JSON.stringify(outcome));
  return { groupId: made.groupId, gatewayReference: outcome.gatewayReference, made };
}

test("authorize, capture in parts, refund in parts, reverse the rest: within bounds", async () => {
  const { groupId, gatewayReference } = await paid();
  const act = async (operation, amount) => (await process(operation, { groupId, gatewayReference, amount })).resultCode;
  assert.equal(await act("refund", "0.01"), "Decline");
  assert.equal(await act("capture", "100.01"), "Decline");
  assert.equal(await act("capture", "60.00"), "Success");
  assert.equal(await act("capture", "40.01"), "Decline");
  assert.equal(await act("capture", "10.50"), "Success");
  assert.equal(await act("reverse", "29.51"), "Decline");
  assert.equal(await act("reverse", "29.50"), "Success");
  assert.equal(await act("reverse", "0.01"), "Decline");
  assert.equal(await act("refund", "70.00"), "Success");
  assert.equal(await act("refund", "0.51"), "Decline");
  assert.equal(await act("refund", "0.50"), "Success");
  assert.equal(await act("capture", "0"), "ValidationError");
  const [entry] = books(groupId);
  assert.deepEqual([entry.authorized, entry.reversed, entry.captured, entry.refunded], [100, 29.5, 70.5, 70.5]);
  assert.match(simulator.books(groupId), /"reversed":29\.50,/);
});

test("where a capture lets go of the rest, a hold is captured once, and the rest is booked as reversed when it has happened", async () => {
  const once = await openSimulator({ path: ":memory:", captureReleasesRest: true });
  const sums = (groupId) => (({ reversed, captured }) => [reversed, captured])(JSON.parse(once.books(groupId)).payments[0]);
  for (const [token, event, expected] of [["sim_ok", undefined, [60, 40]], ["sim_capture-pending", "succeeded", [60, 40]], ["sim_capture-pending", "failed", [0, 0]]]) {
    const made = call("authorize", { paymentToken: token });
    const { gatewayReference } = await once.process(made);
    const act = async (operation, amount) => once.process(call(operation, { groupId: made.groupId, gatewayReference, amount }));
    const captured = await act("capture", "40.00");
    assert.equal(captured.resultCode, "Success");
    assert.equal((await act("capture", "10.00")).resultCode, "Decline", "the second");
    if (event !== undefined) {
      assert.deepEqual(sums(made.groupId), [0, 0], "accepted is not done");
      await once.decide(captured.gatewayReference, event);
    }
    assert.deepEqual(sums(made.groupId), expected, `${token} ${event}`);
    assert.equal((await act("reverse", "10.00")).resultCode, expected[0] === 0 ? "Success" : "Decline");
  }
  assert.equal(once.capabilities.captureReleasesRest, true);
  assert.equal(simulator.capabilities.captureReleasesRest, undefined);
  once.close();
});

test("what it refuses says whether to try again", async () => {
  const retry = async (script) => (({ retryCategory, retryDecision }) => [retryCategory, retryDecision])(await process("authorize", { paymentToken: `sim_authorize-${script}` }));
  assert.deepEqual(await retry("decline"), ["PaymentProcessing", "Retriable"]);
  assert.deepEqual(await retry("fail"), ["PaymentProcessing", "NonRetriable"]);
  assert.deepEqual(await retry("invalid"), ["PaymentInformation", "NonRetriable"]);
  assert.deepEqual(await retry("error"), ["GatewayConnection", "Retriable"]);
  for (const script of ["ok", "timeout_before", "pending", "review"]) assert.deepEqual(await retry(script), [undefined, undefined], script);
});

test("a sale is captured at once", async () => {
  const { groupId, gatewayReference } = await paid("sim_ok", "sale");
  assert.equal(books(groupId)[0].captured, 100);
  assert.equal((await process("refund", { groupId, gatewayReference })).resultCode, "Success");
});

test("another currency, another payment, no payment", async () => {
  const { groupId, gatewayReference } = await paid();
  assert.equal((await process("reverse", { groupId, gatewayReference, currencyIsoCode: "EUR" })).gatewayResultCode, "currency_mismatch");
  assert.equal((await process("reverse", { groupId, gatewayReference: "pay_none" })).resultCode, "ValidationError");
  assert.equal((await process("reverse", { groupId })).resultCode, "ValidationError");
});

test("the same key gives the first definite result, whatever has happened since", async () => {
  for (const token of ["sim_ok", "sim_authorize-decline", "sim_authorize-pending", "sim_authorize-review"]) {
    const made = call("authorize", { paymentToken: token });
    const first = await simulator.process(made);
    assert.deepEqual(await simulator.process(made), first);
    assert.deepEqual(await simulator.process({ ...made, id: "other" }), first);
  }
});

test("the same key with other parameters is refused", async () => {
  const { made } = await paid();
  for (const more of [{ amount: "99.00" }, { currencyIsoCode: "EUR" }, { paymentToken: "x" }, { operation: "sale" }, { groupId: "other" }]) {
    const outcome = await simulator.process({ ...made, ...more });
    assert.equal(outcome.resultCode, "ValidationError");
    assert.equal(outcome.gatewayResultCode, "idempotency_key_reuse");
  }
});

test("a key is remembered for 24 hours", async () => {
  const { made, groupId } = await paid();
  now += 86_399_000;
  await simulator.process(made);
  assert.equal(books(groupId).length, 1);
  now += 2_000;
  await simulator.process(made);
  assert.equal(books(groupId).length, 2);
  assert.equal(simulator.capabilities.keyWindowMs, 86_400_000);
});

test("time-outs tell the truth to a repeat and to an inquiry", async () => {
  const before = call("authorize", { paymentToken: "sim_authorize-timeout_before" });
  assert.equal((await simulator.process(before)).resultCode, "Indeterminate");
  assert.equal(books(before.groupId).length, 0);
  assert.equal((await inquire({ ourReference: before.ourReference, inquireOperation: "authorize" })).notFound, true);
  assert.equal((await simulator.process(before)).resultCode, "Success");
  assert.equal(books(before.groupId).length, 1);

  const after = call("authorize", { paymentToken: "sim_authorize-timeout_after" });
  assert.equal((await simulator.process(after)).resultCode, "Indeterminate");
  const [{ reference }] = books(after.groupId);
  for (const more of [{ ourReference: after.ourReference, inquireOperation: "authorize" }, { ourReference: after.ourReference, gatewayReference: reference }]) {
    const found = await inquire(more);
    assert.deepEqual([found.resultCode, found.gatewayReference, found.amount], ["Success", reference, "100.00"]);
  }
  assert.equal((await simulator.process(after)).gatewayReference, reference);
  assert.equal(books(after.groupId).length, 1);
});

test("an inquiry tells a decline, and what has become of a pending payment", async () => {
  const declined = call("authorize", { paymentToken: "sim_authorize-decline" });
  await simulator.process(declined);
  assert.equal((await inquire({ ourReference: declined.ourReference })).resultCode, "Decline");

  for (const [event, expected] of [["succeeded", "Success"], ["failed", "Decline"]]) {
    const pending = call("authorize", { paymentToken: "sim_authorize-pending" });
    const { gatewayReference } = await simulator.process(pending);
    assert.equal((await inquire({ ourReference: pending.ourReference })).pending, true);
    await simulator.decide(gatewayReference, event);
    const found = await inquire({ ourReference: pending.ourReference });
    assert.deepEqual([found.resultCode, found.pending], [expected, undefined]);
  }
});

test("an inquiry that fails says nothing about what it asked for", async () => {
  for (const [outcome, expected] of [["decline", "Indeterminate"], ["timeout_before", "Indeterminate"], ["error", "SystemError"]]) {
    const made = call("authorize", { paymentToken: `sim_authorize-timeout_after.inquire-${outcome}` });
    await simulator.process(made);
    assert.equal((await inquire({ ourReference: made.ourReference })).resultCode, expected);
    assert.equal((await inquire({ ourReference: made.ourReference })).resultCode, "Success");
  }
});

test("a script is met by the first delivery only, for each payment and each group", async () => {
  const token = "sim_authorize-decline.reverse-fail";
  const groupId = "group-s";
  const codes = [];
  for (let i = 0; i < 3; i++) codes.push((await process("authorize", { groupId, paymentToken: token })).resultCode);
  assert.deepEqual(codes, ["Decline", "Success", "Success"]);
  for (const { reference } of books(groupId)) {
    assert.equal((await process("reverse", { groupId, gatewayReference: reference })).resultCode, "PermanentFail");
    assert.equal((await process("reverse", { groupId, gatewayReference: reference })).resultCode, "Success");
  }
  assert.equal((await process("authorize", { groupId: "group-t", paymentToken: token })).resultCode, "Decline");
});

test("a review goes on under its own reference", async () => {
  const made = call("authorize", { paymentToken: "sim_authorize-review" });
  const asked = await simulator.process(made);
  assert.equal(asked.resultCode, "RequiresReview");
  assert.equal(asked.paymentData.challengeReference, asked.gatewayReference);
  assert.deepEqual(books(made.groupId), []);
  const done = await process("authorize", { groupId: made.groupId, paymentToken: "sim_authorize-review", gatewayReference: asked.gatewayReference });
  assert.deepEqual([done.resultCode, done.gatewayReference], ["Success", asked.gatewayReference]);
  assert.equal(books(made.groupId).length, 1);
  assert.equal((await process("authorize", { groupId: made.groupId, paymentToken: "x", gatewayReference: asked.gatewayReference })).resultCode, "ValidationError");
});

test("what is pending takes room", async () => {
  const { groupId, gatewayReference } = await paid("sim_capture-pending");
  const first = await process("capture", { groupId, gatewayReference, amount: "70.00" });
  assert.equal(first.pending, true);
  assert.equal((await process("capture", { groupId, gatewayReference, amount: "70.00" })).resultCode, "Decline");
  await simulator.decide(first.gatewayReference, "failed");
  assert.equal((await process("capture", { groupId, gatewayReference, amount: "70.00" })).resultCode, "Success");
});

test("the first decision about a pending matter stays", async () => {
  const pending = call("authorize", { paymentToken: "sim_authorize-pending" });
  const { gatewayReference } = await simulator.process(pending);
  for (const event of ["succeeded", "failed", "succeeded"]) await simulator.decide(gatewayReference, event);
  const [entry] = books(pending.groupId);
  assert.deepEqual([entry.state, entry.authorized], ["live", 100]);
  assert.equal(await simulator.decide("pay_none", "failed"), undefined);
});

test("a payment made outside: recorded once, with its amount and currency", async () => {
  const { token } = simulator.mint({ amount: 100, currencyIsoCode: "USD", captured: true });
  assert.match(token, /^sim_payment_[a-z]+$/);
  const made = call("postauth", { paymentToken: token });
  assert.equal((await process("postauth", { paymentToken: token, amount: "100.01" })).gatewayResultCode, "amount_mismatch");
  assert.equal((await process("postauth", { paymentToken: token, currencyIsoCode: "EUR" })).gatewayResultCode, "currency_mismatch");
  const outcome = await simulator.process(made);
  assert.deepEqual([outcome.resultCode, outcome.captured], ["Success", true]);
  assert.equal((await process("postauth", { paymentToken: token, groupId: made.groupId })).gatewayResultCode, "already_used");
  assert.equal(books(made.groupId)[0].captured, 100);
});

test("what the gateway says is written before it is said: another reader of the books sees it", async () => {
  const slow = await openSimulator({ path: join(folder, "slow.db"), delayMs: 200 });
  const made = call("authorize", { paymentToken: "sim_ok" });
  const answering = slow.process(made);
  const reader = await openSimulator({ path: join(folder, "slow.db") });
  assert.equal(JSON.parse(reader.books(made.groupId)).payments.length, 1);
  reader.close();
  await answering;
  slow.close();
});

test("notifications are signed over their bytes", async () => {
  const pending = call("authorize", { paymentToken: "sim_authorize-pending" });
  const { gatewayReference } = await simulator.process(pending);
  const { headers, body } = await simulator.decide(gatewayReference, "succeeded");
  const read = (bytes) => simulator.notification({ headers: new Headers(headers), body: new TextEncoder().encode(bytes) });
  assert.equal((await read(body)).authentic, true);
  assert.deepEqual((await read(body)).notifications[0].gatewayReference, gatewayReference);
  assert.equal((await read(`${body} `)).authentic, false);
  assert.equal((await simulator.notification({ headers: new Headers(), body: new Uint8Array() })).authentic, false);
});
