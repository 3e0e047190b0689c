// The form: the core's verdicts as the shopper types, and what is never sent.

import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseCard, choosePurchaseOrder, fillAddress, fillBag, listenToPayments, pay, shot, useStore } from "./support.mjs";

const store = useStore();
const CARD_NUMBER = "4111 1111 1111 1111";

test("each field tells its verdict as one types, and nothing on the page moves", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  const name = page.getByLabel("Full name");
  const button = page.getByRole("button", { name: /^Pay / });
  const before = await button.boundingBox();
  await name.focus();
  assert.equal(await name.getAttribute("aria-invalid"), "false", "untouched, it is not blamed");
  await page.keyboard.press("Tab");
  assert.equal(await name.getAttribute("aria-invalid"), "true", "left empty, it says what it lacks");
  assert.notEqual(await message(page, "billingAddress.name"), "");
  await name.pressSequentially("Ada");
  assert.equal(await name.getAttribute("aria-invalid"), "false");
  await page.getByLabel("Postal code").fill("9".repeat(6) + "x".repeat(15));
  assert.match(await message(page, "billingAddress.postalCode"), /20/);
  await shot(page, "verdicts");
  assert.deepEqual(await button.boundingBox(), before);
});

test("an unfinished form is not sent: the first field at fault gets the focus", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  const sent = listenToPayments(page);
  await pay(page);
  await page.waitForFunction(() => document.activeElement?.getAttribute("name") === "billingAddress.name");
  assert.equal(await page.getByLabel("Country").getAttribute("aria-invalid"), "true");
  assert.deepEqual(sent, []);
});

test("a card number is refused in the page: not sent, not stored, not repeated", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  await fillAddress(page);
  const sent = listenToPayments(page);
  await chooseCard(page, "A token of your own");
  await page.getByLabel("Payment token").fill(CARD_NUMBER);
  assert.match(await message(page, "paymentToken"), /card number/i);
  await shot(page, "card-number");
  await pay(page);
  await page.getByLabel("Full name").fill(CARD_NUMBER);
  assert.match(await message(page, "billingAddress.name"), /card number/i);
  await pay(page);
  assert.deepEqual(sent, []);
  const stored = await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]));
  assert.ok(!stored.replaceAll(/[ -]/g, "").includes("4111111111111111"));
  assert.doesNotMatch(await message(page, "billingAddress.name"), /4111/);
});

test("a purchase order number is needed and may not be too long; its kind of number is its own affair", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  await fillAddress(page);
  const sent = listenToPayments(page);
  await choosePurchaseOrder(page, "");
  await pay(page);
  await page.waitForFunction(() => document.activeElement?.getAttribute("name") === "paymentToken");
  await page.getByLabel("Purchase order number").fill("P".repeat(81));
  assert.match(await message(page, "paymentToken"), /80/);
  assert.deepEqual(sent, []);
  await page.getByLabel("Purchase order number").fill("000348957393223");
  assert.equal(await page.getByLabel("Purchase order number").getAttribute("aria-invalid"), "false");
});

test("what the form sends is the documented request and nothing more", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  await fillAddress(page);
  const sent = listenToPayments(page);
  await pay(page);
  await page.getByTestId("standing").waitFor();
  assert.deepEqual(sent.map(({ body }) => body), [
    {
      requestType: "Auth",
      paymentToken: "sim_ok",
      billingAddress: { name: "John Doe", street: "123 Acme Drive", country: "US", city: "Los Angeles", region: "CA", postalCode: "90001" },
    },
  ]);
});

async function message(page, field) {
  return (await page.locator(`[id="field-${field}-message"]`).textContent()).trim();
}
