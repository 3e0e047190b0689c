// Paying: every answer a bank may give, and what the page makes of it.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  booksShown,
  chooseCard,
  choosePurchaseOrder,
  chooseWallet,
  fillAddress,
  fillBag,
  listenToPayments,
  outcome,
  pay,
  payByCard,
  reconciliation,
  shot,
  standing,
  useStore,
} from "./support.mjs";

const store = useStore();

test("a card that works: held, on record, and the order gets one number however often it is placed", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  await payByCard(page);
  assert.equal(await standing(page).textContent(), "$129.90 is held on your card.");
  assert.equal((await booksShown(page))[0]["Still held"], "$129.90");
  assert.match(await page.getByTestId("records").textContent(), /Authorization.*\$129\.90.*Processed/s);
  assert.match(await reconciliation(page).textContent(), /Both sides agree: \$129\.90/);
  await shot(page, "paid");
  await page.getByRole("button", { name: /^Place the order/ }).click();
  const number = page.getByTestId("order-number");
  const first = await number.textContent();
  assert.match(first, /\S{5,}/);
  await page.getByRole("button", { name: "Place it again" }).click();
  await page.getByText("The store gave the same number again").waitFor();
  assert.equal(await number.textContent(), first);
  await shot(page, "receipt");
  await page.reload();
  assert.equal(await number.textContent(), first);
  await page.getByRole("link", { name: "Start a new bag" }).click();
  await fillBag(page, ["Beeswax candle"]);
  await page.getByRole("heading", { name: "Payment", exact: true }).waitFor();
});

test("a decline is said clearly, and the form keeps its contents", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  await fillAddress(page);
  await chooseCard(page, "Declined");
  await pay(page);
  const told = await outcome(page, "declined");
  assert.match(await told.textContent(), /The bank declined/);
  await page.waitForFunction(() => document.activeElement?.textContent?.trim() === "The bank declined");
  assert.equal(await page.getByLabel("Full name").inputValue(), "John Doe");
  assert.equal(await page.getByLabel("Country").inputValue(), "US");
  await shot(page, "declined");
  await chooseCard(page, "It works");
  await pay(page);
  await outcome(page, "paid");
  assert.match(await reconciliation(page).textContent(), /Both sides agree: \$129\.90/);
});

for (const { label, reload } of [
  { label: "No answer, yet it happened", reload: false },
  { label: "No answer, yet it happened", reload: true },
  { label: "No answer, nothing happened", reload: false },
]) {
  test(`${label}${reload ? ", then a reload" : ""}: unknown is said to be unknown, and asking again never pays twice`, async (t) => {
    const page = await store.visit(t);
    await fillBag(page);
    await fillAddress(page);
    const sent = listenToPayments(page);
    await chooseCard(page, label);
    await pay(page);
    const told = await outcome(page, "unknown");
    assert.match(await told.textContent(), /We don’t know yet/);
    await shot(page, `unknown${label.includes("nothing") ? "-nothing" : ""}`);
    if (reload) await page.reload();
    await page.getByRole("button", { name: "Check again" }).click();
    await outcome(page, "paid");
    assert.equal(sent.length, 2);
    assert.deepEqual(sent[0], sent[1], "the same request with the same key");
    const books = await booksShown(page);
    assert.equal(books.length, 1);
    assert.equal(books[0]["Still held"], "$129.90");
    assert.match(await reconciliation(page).textContent(), /Both sides agree: \$129\.90/);
  });
}

test("a bank out of reach: nothing was sent, and paying again works", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  await fillAddress(page);
  await chooseCard(page, "Bank out of reach");
  await pay(page);
  await outcome(page, "not-sent");
  assert.deepEqual(await booksShown(page), []);
  await shot(page, "not-sent");
  await chooseCard(page, "It works");
  await pay(page);
  await outcome(page, "paid");
});

test("a bank that takes its time: pending, and later it says yes", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  await fillAddress(page);
  await chooseCard(page, "The bank takes its time");
  await pay(page);
  await outcome(page, "pending");
  await shot(page, "pending");
  assert.equal(await standing(page).textContent(), "$129.90 will be held on your card once the bank has answered.");
  await page.getByRole("button", { name: "Let the bank say yes" }).click();
  await outcome(page, "paid");
  assert.equal(await standing(page).textContent(), "$129.90 is held on your card.");
  await page.getByTestId("records").getByText("Processed").waitFor();
  assert.match(await reconciliation(page).textContent(), /Both sides agree: \$129\.90/);
  await page.getByRole("button", { name: /^Place the order/ }).click();
  await page.getByTestId("order-number").waitFor();
});

test("a bank that takes its time, and then says no", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  await fillAddress(page);
  await chooseCard(page, "The bank takes its time");
  await pay(page);
  await outcome(page, "pending");
  await page.getByRole("button", { name: "Let it say no" }).click();
  await outcome(page, "declined");
  await chooseCard(page, "It works");
  await pay(page);
  await outcome(page, "paid");
  assert.match(await reconciliation(page).textContent(), /Both sides agree: \$129\.90/);
});

test("the bank asks: confirmed, the same request goes through", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  await fillAddress(page);
  const sent = listenToPayments(page);
  await chooseCard(page, "The bank asks you");
  await pay(page);
  const dialog = page.getByRole("dialog", { name: "Is this you?" });
  await dialog.waitFor();
  assert.ok(await dialog.evaluate((element) => element.contains(document.activeElement)), "the focus is in the dialog");
  await shot(page, "challenge", { fullPage: false });
  await dialog.getByRole("button", { name: "Yes, confirm" }).click();
  await outcome(page, "paid");
  await dialog.waitFor({ state: "hidden" });
  assert.equal(sent.length, 2);
  assert.deepEqual(sent[0].body, sent[1].body, "the same payment");
  assert.notEqual(sent[0].key, sent[1].key, "tried anew: the first key would bring the question back");
  await page.waitForFunction(() => document.activeElement?.textContent?.trim() === "Your payment stands");
  assert.equal((await booksShown(page)).length, 1);
});

test("the bank's question survives a reload", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  await fillAddress(page);
  await chooseCard(page, "The bank asks you");
  await pay(page);
  await page.getByRole("dialog").waitFor();
  await page.reload();
  assert.match(await page.getByRole("dialog").textContent(), /\$129\.90/);
  await page.getByRole("button", { name: "Yes, confirm" }).click();
  await outcome(page, "paid");
});

test("an unknown does not keep one from paying another way; the hold it may have left is let go of", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  await fillAddress(page);
  await chooseCard(page, "No answer, yet it happened");
  await pay(page);
  await outcome(page, "unknown");
  await chooseCard(page, "It works");
  await pay(page);
  await outcome(page, "paid");
  assert.match(await reconciliation(page).textContent(), /Both sides agree: \$129\.90 held or taken\./);
});

test("the bank asks: turned away with Escape, another way to pay works", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  await fillAddress(page);
  await chooseCard(page, "The bank asks you");
  await pay(page);
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await outcome(page, "cancelled");
  await shot(page, "cancelled");
  await chooseCard(page, "It works");
  await pay(page);
  await outcome(page, "paid");
  assert.match(await reconciliation(page).textContent(), /Both sides agree: \$129\.90/);
});

test("a wallet that has authorized", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  await fillAddress(page);
  await chooseWallet(page, "Authorized");
  await pay(page);
  await outcome(page, "paid");
  assert.equal(await standing(page).textContent(), "$129.90 is held by your wallet.");
  assert.equal((await booksShown(page))[0]["Still held"], "$129.90");
});

test("a wallet that has captured", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  await fillAddress(page);
  await chooseWallet(page, "Already captured");
  await pay(page);
  await outcome(page, "paid");
  assert.equal(await standing(page).textContent(), "$129.90 has been taken through your wallet.");
  assert.equal((await booksShown(page))[0].Captured, "$129.90");
  assert.match(await reconciliation(page).textContent(), /Both sides agree: \$129\.90/);
  await shot(page, "wallet-captured");
});

test("a purchase order, and the order on it", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  await fillAddress(page);
  await choosePurchaseOrder(page, "000348957393223");
  await pay(page);
  await outcome(page, "paid");
  assert.equal(await standing(page).textContent(), "Purchase order 000348957393223");
  assert.deepEqual(await booksShown(page), []);
  await page.getByRole("button", { name: /^Place the order/ }).click();
  await page.getByTestId("order-number").waitFor();
});

test("a lost answer is an unknown too; the page asks about it by itself and never pays again", async (t) => {
  const page = await store.visit(t, { tolerate: /ERR_CONNECTION_RESET/ });
  await fillBag(page);
  await fillAddress(page);
  const sent = listenToPayments(page);
  const payments = (url) => /\/checkouts\/[^/]+\/payments$/.test(url.pathname);
  // The store gets the request; its answer never reaches the page.
  await page.route(payments, async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    await route.fetch();
    await route.abort("connectionreset");
  });
  await pay(page);
  await outcome(page, "unknown");
  // Waits for a request that is in the hands of the route just now: it must not be let go twice.
  await page.unrouteAll({ behavior: "wait" });
  await outcome(page, "paid");
  assert.equal(new Set(sent.map(({ key }) => key)).size, 1);
  assert.equal((await booksShown(page)).length, 1);
});
