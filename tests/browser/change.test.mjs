// A second payment: what becomes of the first is said beforehand, and then it is so.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
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

const store = useStore({ recoverEveryMs: 1000 });

// The policy is the whole store's: each test begins with the default one.
beforeEach(async () => {
  await store.setReleaseOrder("release-first");
});

test("an authorization: reversed first, as announced", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  await payByCard(page);
  await change(page);
  assert.match(await forecast(page), /Your authorization of \$129\.90 will be reversed first\./);
  await shot(page, "change");
  await pay(page);
  await outcome(page, "paid");
  const [fresh, old] = await booksShown(page);
  assert.equal(fresh["Still held"], "$129.90");
  assert.equal(old.Reversed, "$129.90");
  assert.match(await reconciliation(page).textContent(), /Both sides agree: \$129\.90/);
});

test("authorize first: the old payment stays until the new one stands, and through a decline", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  await payByCard(page);
  await choosePolicy(page, "Authorize first");
  await change(page);
  assert.doesNotMatch(await forecast(page), /reversed first/);
  await chooseCard(page, "Declined");
  await pay(page);
  const told = await outcome(page, "declined");
  assert.match(await told.textContent(), /earlier payment still stands/);
  await page.getByRole("button", { name: "Keep my payment" }).click();
  assert.equal(await standing(page).textContent(), "$129.90 is held on your card.");
});

test("release first: a decline afterwards leaves nothing, and says so", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  await payByCard(page);
  await change(page);
  await chooseCard(page, "Declined");
  await pay(page);
  const told = await outcome(page, "declined");
  assert.match(await told.textContent(), /already been let go/);
  assert.equal((await booksShown(page)).at(-1).Reversed, "$129.90");
  await shot(page, "change-declined");
});

test("a hold that can't be released at once: the new payment goes on, and the release is owed", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  await payByCard(page, "A hold that sticks");
  await change(page);
  await chooseCard(page, "It works");
  await pay(page);
  await outcome(page, "paid");
  const owed = page.getByTestId("owed");
  await owed.waitFor();
  assert.match(await owed.textContent(), /reverse.*\$129\.90.*tried once, next try at \d\d:\d\d:\d\d/s);
  assert.match(await reconciliation(page).textContent(), /Both sides agree: \$259\.80 held or taken\. Still to be given back: \$129\.90\./);
  await shot(page, "owed");
  // The store's own recovery settles it without anyone's doing; the panel follows by itself.
  await owed.waitFor({ state: "hidden", timeout: 45_000 });
  assert.match(await reconciliation(page).textContent(), /Both sides agree: \$129\.90 held or taken\./);
});

test("a capture: refunded first, as announced", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  await fillAddress(page);
  await chooseWallet(page, "Already captured");
  await pay(page);
  await outcome(page, "paid");
  await change(page);
  await chooseCard(page, "It works");
  assert.match(await forecast(page), /\$129\.90.*refunded first/);
  await pay(page);
  await outcome(page, "paid");
  const [fresh, old] = await booksShown(page);
  assert.equal(fresh["Still held"], "$129.90");
  assert.equal(old.Refunded, "$129.90");
  assert.match(await reconciliation(page).textContent(), /Both sides agree: \$129\.90/);
});

test("a capture whose refund is refused: the change stops, the old payment stands", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  await fillAddress(page);
  await chooseWallet(page, "Captured, refund refused");
  await pay(page);
  await outcome(page, "paid");
  await change(page);
  await chooseCard(page, "It works");
  await pay(page);
  const told = await outcome(page, "release-failed");
  assert.match(await told.textContent(), /earlier payment still stands/);
  assert.equal((await booksShown(page)).length, 1);
  await shot(page, "release-failed");
  await page.getByRole("button", { name: "Keep my payment" }).click();
  assert.equal(await standing(page).textContent(), "$129.90 has been taken through your wallet.");
});

test("a purchase order: its number is replaced, the old one kept in the history", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  await fillAddress(page);
  await choosePurchaseOrder(page, "PO-1");
  await pay(page);
  await outcome(page, "paid");
  await change(page);
  await choosePurchaseOrder(page, "PO-2");
  assert.match(await forecast(page), /replace/i);
  await pay(page);
  await outcome(page, "paid");
  assert.equal(await standing(page).textContent(), "Purchase order PO-2");
  assert.equal(await page.getByTestId("records").locator("s").textContent(), "PO-1");
  await shot(page, "purchase-order-replaced");
});

test("another type of payment is refused before anything is sent, both ways", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  await payByCard(page);
  const sent = listenToPayments(page);
  await change(page);
  await choosePurchaseOrder(page, "PO-1");
  await page.getByRole("heading", { name: "This can’t be done" }).waitFor();
  const button = page.getByRole("button", { name: "Use this purchase order" });
  assert.equal(await button.getAttribute("aria-disabled"), "true");
  await button.click({ force: true });
  await shot(page, "type-change");
  assert.deepEqual(sent, []);

  const other = await store.visit(t);
  await fillBag(other);
  await fillAddress(other);
  await choosePurchaseOrder(other, "PO-1");
  await pay(other);
  await outcome(other, "paid");
  await change(other);
  await chooseCard(other, "It works");
  await other.getByRole("heading", { name: "This can’t be done" }).waitFor();
});

test("a bag changed after paying no longer fits its payment: paying for the new one is one way out", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  await payByCard(page);
  await page.getByRole("button", { name: "One more Stoneware mug" }).click();
  const notice = page.getByTestId("mismatch");
  await notice.waitFor();
  assert.match(await notice.textContent(), /\$129\.90.*\$152\.30/);
  await page.getByRole("button", { name: /^Place the order/ }).click();
  const refusal = page.getByRole("alert").filter({ hasText: "129.90" });
  await refusal.waitFor();
  assert.match(await refusal.textContent(), /152\.30/);
  await shot(page, "mismatch");
  await notice.getByRole("button", { name: "Pay for this bag instead" }).click();
  assert.match(await forecast(page), /\$129\.90 will be reversed first.*\$152\.30/s);
  await pay(page);
  await outcome(page, "paid");
  await page.getByRole("button", { name: /^Place the order/ }).click();
  await page.getByTestId("order-number").waitFor();
});

test("another currency after paying: the old hold is released in its own, the new one made in the other", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  await payByCard(page);
  await page.getByLabel("Currency").selectOption("JPY");
  assert.match(await page.getByTestId("mismatch").textContent(), /\$129\.90.*¥19,250/);
  await page.getByRole("button", { name: "Pay for this bag instead" }).click();
  assert.match(await forecast(page), /\$129\.90 will be reversed first.*¥19,250 will be authorized/s);
  await pay(page);
  await outcome(page, "paid");
  assert.match(await reconciliation(page).textContent(), /Both sides agree: ¥19,250 held or taken\./);
});

test("a bag changed after paying: putting it back is the other way out", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  await payByCard(page);
  await page.getByRole("button", { name: "Take Ash notebook out of the bag" }).click();
  await page.getByRole("button", { name: "Put the bag back as it was" }).click();
  await page.getByTestId("mismatch").waitFor({ state: "hidden" });
  await page.getByRole("button", { name: /^Place the order/ }).click();
  await page.getByTestId("order-number").waitFor();
});

async function change(page) {
  await page.getByRole("button", { name: "Pay another way" }).click();
  await page.getByRole("heading", { name: "Pay another way" }).waitFor();
}

async function choosePolicy(page, label) {
  await Promise.all([
    page.waitForResponse((response) => response.url().endsWith("/demo/settings") && response.request().method() === "PUT"),
    page.getByRole("radio", { name: new RegExp(`^${label}`) }).check(),
  ]);
}

async function forecast(page) {
  return page.getByRole("region", { name: "What will happen" }).textContent();
}
