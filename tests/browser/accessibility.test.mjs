// Usable by everyone: axe finds nothing serious in any state, light or dark; and all of it works by keyboard.

import assert from "node:assert/strict";
import { test } from "node:test";
import { axeFindsNothingGrave, chooseCard, choosePurchaseOrder, fillAddress, fillBag, focusIsVisible, outcome, pay, payByCard, shot, tabTo, USUAL, useStore } from "./support.mjs";

const store = useStore();

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing serious in any state (${colorScheme})`, async (t) => {
    const page = await store.visit(t, { colorScheme });
    await axeFindsNothingGrave(page, "shop");
    await shot(page, `${colorScheme}-shop`);
    await page.getByRole("link", { name: /^Bag/ }).click();
    await page.getByRole("heading", { name: "Nothing to pay for yet" }).waitFor();
    await axeFindsNothingGrave(page, "empty checkout");
    await page.getByRole("link", { name: "To the shop" }).click();
    await fillBag(page);
    await pay(page);
    await axeFindsNothingGrave(page, "fields at fault");
    await shot(page, `${colorScheme}-faults`);
    await fillAddress(page);
    await chooseCard(page, "Declined");
    await pay(page);
    await outcome(page, "declined");
    await axeFindsNothingGrave(page, "declined");
    await chooseCard(page, "No answer, yet it happened");
    await pay(page);
    await outcome(page, "unknown");
    await axeFindsNothingGrave(page, "unknown");
    await shot(page, `${colorScheme}-unknown`);
    await page.getByRole("button", { name: "Check again" }).click();
    await outcome(page, "paid");
    await axeFindsNothingGrave(page, "paid");
    await page.getByRole("button", { name: "Pay another way" }).click();
    await choosePurchaseOrder(page, "PO-1");
    await axeFindsNothingGrave(page, "type change refused");
    await chooseCard(page, "The bank asks you");
    await pay(page);
    await page.getByRole("dialog").waitFor();
    await axeFindsNothingGrave(page, "challenge");
    await page.getByRole("button", { name: "Yes, confirm" }).click();
    await outcome(page, "paid");
    await page.getByRole("button", { name: "One more Stoneware mug" }).click();
    await page.getByTestId("mismatch").waitFor();
    await axeFindsNothingGrave(page, "mismatch");
    await shot(page, `${colorScheme}-mismatch`);
    await page.getByRole("button", { name: "Put the bag back as it was" }).click();
    await page.getByRole("button", { name: /^Place the order/ }).click();
    await page.getByTestId("order-number").waitFor();
    await axeFindsNothingGrave(page, "receipt");
    await shot(page, `${colorScheme}-receipt`);
  });
}

test("a whole purchase by keyboard alone", async (t) => {
  const page = await store.visit(t);
  for (const name of USUAL) {
    await tabTo(page, `Add ${name} to the bag`);
    await page.keyboard.press("Enter");
  }
  await tabTo(page, "Go to checkout");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Checkout" }).waitFor();
  await page.waitForFunction(() => document.activeElement?.tagName === "H1");
  await tabTo(page, "Full name");
  await page.keyboard.type("Ada Example");
  await page.keyboard.press("Tab");
  await page.keyboard.type("1 Test Way");
  await tabTo(page, "Country");
  await page.keyboard.type("United States");
  assert.equal(await page.getByLabel("Country").inputValue(), "US");
  await tabTo(page, "Card");
  await tabTo(page, "It works");
  await page.keyboard.press("ArrowDown"); // to "Declined"
  await page.keyboard.press("ArrowDown"); // to "The bank asks you"
  assert.ok(await page.getByRole("radio", { name: /^The bank asks you/ }).isChecked());
  await focusIsVisible(page, "a tile");
  await tabTo(page, "Pay $129.90");
  await focusIsVisible(page, "the button");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await tabTo(page, "Yes, confirm");
  await page.keyboard.press("Enter");
  await outcome(page, "paid");
  await page.waitForFunction(() => document.activeElement?.textContent?.trim() === "Your payment stands");
  await tabTo(page, "Place the order · $129.90");
  await page.keyboard.press("Space");
  await page.getByTestId("order-number").waitFor();
  await page.waitForFunction(() => document.activeElement?.id === "receipt-title");
});

test("the first stop of the keyboard skips the header", async (t) => {
  const page = await store.visit(t);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), "H1");
});

test("motion keeps still for those who ask", async (t) => {
  const page = await store.visit(t, { reducedMotion: "reduce" });
  const durations = await page.evaluate(() => [...document.querySelectorAll("*")].map((element) => getComputedStyle(element).transitionDuration));
  assert.deepEqual([...new Set(durations)], ["0s"]);
});
