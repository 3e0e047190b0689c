// The demo store with Stripe's keys: the page offers Stripe's own test payment methods, and localstripe takes the payments.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { SECRET_KEY, startLocalstripe } from "../support/localstripe.mjs";
import { axeFindsNothingGrave, chooseCard, fillAddress, fillBag, listenToPayments, outcome, pay, payByCard, standing, useStore } from "./support.mjs";

const stripe = await startLocalstripe();
after(() => stripe.stop());
const store = useStore({ env: async () => ({ STRIPE_SECRET_KEY: SECRET_KEY, STRIPE_API_BASE: stripe.url }) });

test("a payment with Stripe's test card, changed for another, and the order", async (t) => {
  const page = await store.visit(t);
  const sent = listenToPayments(page);
  await fillBag(page);
  assert.equal(await page.getByRole("radio", { name: "Wallet", exact: true }).count(), 0, "a wallet would need Stripe's own script");
  assert.equal(await page.getByTestId("books").count(), 0, "Stripe's books are in its dashboard");
  await payByCard(page);
  assert.equal(sent[0].body.paymentToken, "pm_card_visa");
  await page.getByRole("button", { name: "Pay another way" }).click();
  await chooseCard(page, "Declined");
  await pay(page);
  await outcome(page, "declined");
  await axeFindsNothingGrave(page, "declined");
  await chooseCard(page, "It works");
  await pay(page);
  await outcome(page, "paid");
  assert.match(await standing(page).innerText(), /129\.90/);
  await page.getByRole("button", { name: /^Place the order/ }).click();
  await page.getByTestId("order-number").waitFor();
  assert.deepEqual((await stripe.intents()).map(({ status }) => status).sort(), ["canceled", "requires_capture", "requires_payment_method"]);
  assert.ok(!(await page.content()).includes(SECRET_KEY));
});

test("3-D Secure: the page asks the shopper to answer the bank, and goes on", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  await fillAddress(page);
  await chooseCard(page, "A token of your own");
  await page.getByLabel("Payment token").fill(await stripe.card("4000002500003155"));
  await pay(page);
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  await axeFindsNothingGrave(page, "challenge");
  const [asked] = (await stripe.intents()).filter(({ status }) => status === "requires_action");
  await stripe.authenticate(asked.id, asked.client_secret);
  await dialog.getByRole("button", { name: "I have confirmed" }).click();
  await outcome(page, "paid");
  assert.equal((await stripe.intent(asked.id)).status, "requires_capture");
});
