// A session that has ended, with the page open or closed: the page begins one new session, says what was lost, and rests.

import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseCard, chooseWallet, fillAddress, fillBag, outcome, pay, payByCard, standing, useStore } from "./support.mjs";

const store = useStore();
const GONE = "This checkout has ended";

test("a reload after the session has ended: one new session, each thing asked for once more, and then rest", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  await payByCard(page);
  await endSession(page);
  // The page's own clock, so that a minute of it need not be waited for.
  await page.clock.install();
  const asked = listenToStore(page);
  await page.reload();
  await outcome(page, "gone");
  await page.waitForLoadState("networkidle");
  const count = (what) => asked.filter((line) => what.test(line)).length;
  assert.equal(count(/^POST \/demo\/sessions$/), 1, asked.join("\n"));
  for (const once of [/^GET .*\/checkouts\/\w+\/payments$/, /^GET .*\/explain$/, /^GET \/demo\/books$/, /^GET \/demo\/settings$/]) {
    assert.ok(count(once) <= 2, `refused once and asked once more, not oftener:\n${asked.join("\n")}`);
  }
  assert.equal(count(/^(POST|PUT) /), 1, `nothing is begun unasked:\n${asked.join("\n")}`);
  const before = asked.length;
  await page.clock.runFor(60_000);
  await page.waitForLoadState("networkidle");
  assert.deepEqual(asked.slice(before), [], "the page rests");
});

test("while something is due the page asks at its own pace, and rests once it is settled", async (t) => {
  const page = await store.visit(t);
  await page.clock.install();
  await fillBag(page);
  await fillAddress(page);
  await chooseCard(page, "The bank takes its time");
  await pay(page);
  await outcome(page, "pending");
  await page.waitForLoadState("networkidle");
  const asked = listenToStore(page);
  await page.clock.runFor(41_000);
  await page.waitForLoadState("networkidle");
  // The explanation is asked for once the records are there: the last thing of a reading.
  while (!asked.at(-1)?.endsWith("/explain")) await page.waitForRequest("**/payments/explain");
  const readings = asked.filter((line) => /^GET .*\/payments$/.test(line)).length;
  assert.ok(readings >= 1 && readings <= 11, `${readings} readings in 41 seconds of one every 4`);
  assert.equal(asked.length, 3 * readings, `the records, the books and the explanation, and nothing else:\n${asked.join("\n")}`);
  await page.getByRole("button", { name: "Let the bank say yes" }).click();
  await outcome(page, "paid");
  await page.waitForLoadState("networkidle");
  const before = asked.length;
  await page.clock.runFor(60_000);
  await page.waitForLoadState("networkidle");
  assert.deepEqual(asked.slice(before), [], "the page rests");
});

for (const late of ["payments", "books"]) {
  test(`the ${late} answer last: the page learns all the same that its checkout is gone`, async (t) => {
    const page = await store.visit(t);
    await fillBag(page);
    await payByCard(page);
    await endSession(page);
    const isLate = (url) => isReading(url, late);
    const first = page.waitForResponse((response) => isReading(new URL(response.url()), late === "books" ? "payments" : "books") && response.status() === 404);
    await page.route(isLate, async (route) => {
      const answer = await route.fetch();
      if (answer.status() === 404) await first;
      await route.fulfill({ response: answer });
    });
    await page.reload();
    await outcome(page, "gone");
    await page.unroute(isLate);
    await payByCard(page);
    assert.equal(await standing(page).textContent(), "$129.90 is held on your card.");
  });
}

test("a lost payment is announced when nobody asked, and doesn't take the focus", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  await payByCard(page);
  await endSession(page);
  const again = page.getByRole("button", { name: "Read again" });
  await again.click();
  await outcome(page, "gone");
  await page.getByRole("status").filter({ hasText: `${GONE}. Your bag is still here` }).waitFor();
  assert.ok(await again.evaluate((element) => element === document.activeElement), "the focus stays where it was");
});

test("paying in a checkout that is gone is told, and paying again begins anew", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  await fillAddress(page);
  await chooseCard(page, "Declined");
  await pay(page);
  await outcome(page, "declined");
  await endSession(page);
  await chooseCard(page, "It works");
  await pay(page);
  await toldAndFocused(page);
  await pay(page);
  await outcome(page, "paid");
});

test("a checkout that goes while the wallet pays is told, and nothing is sent to it", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  await fillAddress(page);
  await chooseCard(page, "Declined");
  await pay(page);
  await outcome(page, "declined");
  let letWalletPay;
  const held = new Promise((resolve) => (letWalletPay = resolve));
  await page.route("**/simulator/payments", async (route) => {
    await held;
    await route.continue();
  });
  await chooseWallet(page, "Authorized");
  const asked = page.waitForRequest("**/simulator/payments");
  await pay(page);
  await asked;
  await endSession(page);
  // Busy as it is, the page reads when asked to: that is how it learns that the checkout is gone.
  const gone = page.waitForResponse((response) => isReading(new URL(response.url()), "payments") && response.status() === 404);
  await page.getByRole("button", { name: "Read again" }).click({ force: true });
  await gone;
  await page.getByText("Nothing read yet.").waitFor();
  const sent = listenToStore(page);
  letWalletPay();
  await toldAndFocused(page);
  assert.deepEqual(sent.filter((line) => line.endsWith("/payments") && line.startsWith("POST /commerce/")), []);
  await payByCard(page);
});

test("an order for a payment that is lost is told, and paying again begins anew", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  await payByCard(page);
  await endSession(page);
  await page.getByRole("button", { name: /^Place the order/ }).click();
  await toldAndFocused(page);
  await payByCard(page);
  await page.getByRole("button", { name: /^Place the order/ }).click();
  await page.getByTestId("order-number").waitFor();
});

test("a changed bag finds its cart gone: the lost payment is told, and the bag is kept", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  await payByCard(page);
  await endSession(page);
  await page.getByRole("button", { name: "One more Stoneware mug" }).click();
  await outcome(page, "gone");
  assert.equal(await page.getByTestId("total").textContent(), "$152.30");
  await payByCard(page);
  assert.equal(await standing(page).textContent(), "$152.30 is held on your card.");
});

test("a receipt outlives the session, and nothing is claimed that the store did not say", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  await payByCard(page);
  await page.getByRole("button", { name: /^Place the order/ }).click();
  const number = page.getByTestId("order-number");
  const placed = await number.textContent();
  await endSession(page);
  await page.reload();
  await page.waitForLoadState("networkidle");
  assert.equal(await number.textContent(), placed);
  await page.getByRole("button", { name: "Place it again" }).click();
  await page.locator('.receipt p[role="status"]:not(:empty)').waitFor();
  assert.doesNotMatch(await page.locator(".receipt").textContent(), /same number again/);
  assert.equal(await number.textContent(), placed);
});

// The cookie goes, as it does when it runs out; what the page itself keeps stays.
async function endSession(page) {
  await page.context().clearCookies();
}

async function toldAndFocused(page) {
  assert.match(await (await outcome(page, "gone")).textContent(), /pay again to begin anew/);
  await page.waitForFunction((headline) => document.activeElement?.textContent?.trim() === headline, GONE);
}

// Notes what the page asks of the store's API, its own files left out.
function listenToStore(page) {
  const asked = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (/^\/(demo|commerce|simulator)\//.test(pathname)) asked.push(`${request.method()} ${pathname}`);
  });
  return asked;
}

function isReading({ pathname }, what) {
  return what === "books" ? pathname === "/demo/books" : /\/checkouts\/\w+\/payments$/.test(pathname);
}
