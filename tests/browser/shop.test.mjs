// The shop: the bag, its sums, its currencies, and what survives a reload.

import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseCard, fillBag, fitsItsWidth, outcome, pay, payByCard, reconciliation, shot, standing, USUAL, useStore } from "./support.mjs";

const store = useStore();

test("the page is served under a content security policy without loopholes", async () => {
  const policy = (await fetch(store.address)).headers.get("content-security-policy") ?? "";
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /script-src 'self' 'wasm-unsafe-eval'/);
  assert.match(policy, /require-trusted-types-for 'script'/);
  assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|https?:|\*/);
});

test("the bag adds up, and quantities change it", async (t) => {
  const page = await store.visit(t);
  await shot(page, "shop");
  await fillBag(page);
  const total = page.getByTestId("total");
  assert.equal(await total.textContent(), "$129.90");
  await page.getByRole("button", { name: "One more Stoneware mug" }).click();
  assert.equal(await total.textContent(), "$152.30");
  await page.getByRole("button", { name: "One Stoneware mug fewer" }).click();
  await page.getByRole("button", { name: "Take Ash notebook out of the bag" }).click();
  assert.equal(await total.textContent(), "$111.40");
});

test("an empty bag says so and leads back to the shop", async (t) => {
  const page = await store.visit(t);
  await page.getByRole("link", { name: /^Bag/ }).click();
  await page.getByRole("heading", { name: "Nothing to pay for yet" }).waitFor();
  await page.getByRole("link", { name: "To the shop" }).click();
  await page.getByRole("heading", { name: "Things for quiet evenings" }).waitFor();
});

for (const { code, shown, held } of [
  { code: "JPY", shown: /^¥19,250$|^JPY.19,250$/, held: /19,250 is held/ },
  { code: "KWD", shown: /39\.915$/, held: /39\.915 is held/ },
]) {
  test(`pays in ${code} with the decimals of ${code}`, async (t) => {
    const page = await store.visit(t);
    await page.getByLabel("Currency").selectOption(code);
    await fillBag(page);
    assert.match(await page.getByTestId("total").textContent(), shown);
    await payByCard(page);
    assert.match(await standing(page).textContent(), held);
    assert.match(await reconciliation(page).textContent(), /Both sides agree/);
    await shot(page, `paid-${code}`);
  });
}

test("bag, address and payment survive a reload", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  await page.getByRole("button", { name: "Use an example address" }).click();
  await page.reload();
  assert.equal(await page.getByLabel("Full name").inputValue(), "John Doe");
  assert.equal(await page.getByTestId("total").textContent(), "$129.90");
  await payByCard(page);
  await page.reload();
  await standing(page).waitFor();
  assert.equal(await standing(page).textContent(), "$129.90 is held on your card.");
});

test("a shopper whose session has ended begins anew without losing the bag", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  await payByCard(page);
  await page.context().clearCookies();
  await page.reload();
  assert.match(await (await outcome(page, "gone")).textContent(), /Your bag is still here/);
  assert.equal(await page.getByTestId("total").textContent(), "$129.90");
  await payByCard(page);
});

test("without the core the page says that it can't open, and how to go on", async (t) => {
  const page = await store.visit(t, { tolerate: /Failed to load resource/ });
  await page.route(/\.wasm$/, (route) => route.abort());
  await page.reload();
  await page.getByRole("heading", { name: "The store could not open" }).waitFor();
  assert.match(await page.locator("main").textContent(), /Reload the page/);
});

test("fits a phone of 360 pixels", async (t) => {
  const page = await store.visit(t, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  for (const name of USUAL) await page.getByRole("button", { name: `Add ${name} to the bag` }).tap();
  assert.ok(await fitsItsWidth(page));
  await shot(page, "phone-shop");
  await page.getByRole("link", { name: "Go to checkout" }).tap();
  await page.getByRole("heading", { level: 1, name: "Checkout" }).waitFor();
  assert.ok(await fitsItsWidth(page));
  await page.getByLabel("Full name").fill("4111 1111 1111 1111");
  await shot(page, "phone-form");
  assert.ok(await fitsItsWidth(page));
  await payByCard(page);
  assert.ok(await fitsItsWidth(page));
  await shot(page, "phone-paid");
  await page.getByRole("button", { name: "Pay another way" }).tap();
  await chooseCard(page, "The bank asks you");
  await pay(page);
  await page.getByRole("dialog").waitFor();
  await shot(page, "phone-challenge", { fullPage: false });
  await page.getByRole("button", { name: "Yes, confirm" }).tap();
  await outcome(page, "paid");
  assert.ok(await fitsItsWidth(page));
  await page.getByRole("button", { name: /^Place the order/ }).tap();
  await page.getByTestId("order-number").waitFor();
  assert.ok(await fitsItsWidth(page));
  await shot(page, "phone-receipt");
});
