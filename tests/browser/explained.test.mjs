// The panel tells what was decided, by which rule, on what evidence, and what comes next.

import assert from "node:assert/strict";
import { test } from "node:test";
import { axeFindsNothingGrave, chooseCard, fillAddress, fillBag, fitsItsWidth, focusIsVisible, outcome, pay, payByCard, shot, tabTo, useStore } from "./support.mjs";

const store = useStore();
const UNKNOWN = "No answer, yet it happened";

test("a payment that replaced another: the decision, its rule and its evidence, newest first", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  await payByCard(page);
  await page.getByRole("button", { name: "Pay another way" }).click();
  await pay(page);
  await outcome(page, "paid");
  const [newest, first] = await decisions(page);
  assert.match(newest.decided, /^Auth was requested: reverse \$129\.90 of pauth_…\w{5}, then authorize \$129\.90\.$/);
  assert.equal(newest.result, "It went through.");
  assert.match(newest.rule, /^The cart had an authorization, and the store releases first: /);
  assert.match(newest.evidence.join("\n"), /^The reversal of \$129\.90 of pauth_…\w{5} counts as done, by the gateway's answer, its reference is \S+\.\nThe authorization of \$129\.90 counts as done/);
  assert.deepEqual(newest.steps, ["reverse $129.90 succeeded", "authorize $129.90 succeeded"]);
  assert.ok(newest.isOpen, "the newest tells its reasons at once");
  assert.equal(first.decided, "Auth was requested: authorize $129.90.");
  assert.equal(first.rule, "The cart had no payment to let go of: the new one is taken.");
  assert.ok(!first.isOpen, "an earlier one when asked");
  assert.match(await page.getByRole("region", { name: "What stands now" }).textContent(), /An authorization stands for the cart: \$129\.90 of it is held \(pauth_…\w{5}\)\./);
  assert.match(await next(page).textContent(), /What happens next.*Nothing more will happen by itself\./);
  await shot(page, "explained");
});

test("an unknown is called unknown, with what comes next and when; afterwards how it was found out", async (t) => {
  const page = await store.visit(t);
  await payUnknown(page);
  await next(page).getByText("1 unknown").waitFor();
  assert.match(await next(page).textContent(), /\d\d:\d\d:\d\d The authorization of \$129\.90 is repeated with the same key, .* It was tried once\.$/);
  const [open] = await decisions(page);
  assert.match(open.result, /^Nobody knows yet whether it happened\./);
  assert.match(open.unsettled, /^Open since \d\d:\d\d:\d\d, tried once\. It goes on at \d\d:\d\d:\d\d\.$/);
  assert.match(open.evidence[0], /^\d\d:\d\d:\d\d the authorization of \$129\.90 was sent: no trustworthy answer \(timeout\)\.$/);
  assert.match(open.evidence[1], /counts as unknown: no answer proves that it happened or that it did not\.$/);

  await store.recover();
  await page.getByRole("button", { name: "Read again" }).click();
  await next(page).getByText("Nothing more will happen by itself.").waitFor();
  assert.equal(await next(page).getByText("1 unknown").count(), 0);
  const [settled] = await decisions(page);
  assert.equal(settled.result, "It went through.");
  assert.equal(settled.unsettled, undefined);
  assert.match(settled.evidence.join("\n"), /\d\d:\d\d:\d\d the authorization of \$129\.90 was (repeated with the same key|asked about by our reference): the gateway says that it happened/);
  await shot(page, "explained-found-out");
});

test("times are those of the reader's clock", async (t) => {
  const page = await store.visit(t, { timezoneId: "Asia/Tokyo" });
  await payUnknown(page);
  await next(page).getByText("1 unknown").waitFor();
  const shown = await page.getByTestId("decisions").locator(".evidence time").first().evaluate((time) => [time.dateTime, time.textContent]);
  const inTokyo = new Date(shown[0]).toLocaleTimeString("en-GB", { timeZone: "Asia/Tokyo" });
  assert.equal(shown[1], inTokyo);
});

test("what needs a person stands out, with the reference to look it up by", async (t) => {
  const page = await store.visit(t);
  // The back-off comes to its end only after hours, so the store's answer is made to say so.
  await page.route(readings, async (route) => {
    if (route.request().method() !== "GET") return route.continue();
    const response = await route.fetch();
    const body = await response.json();
    for (const entry of body.unresolved ?? []) Object.assign(entry.next, { needsPerson: true, at: "2099-01-02T03:04:05.000Z" });
    for (const coming of body.operations?.[0]?.evidence ? body.next : []) {
      coming.text += " A person should look it up in the gateway's own books under our reference pauth_01kaexample0000000000000000.";
    }
    await route.fulfill({ response, json: body });
  });
  await payUnknown(page);
  await next(page).getByText("A person is needed").waitFor();
  assert.match(await next(page).textContent(), /under our reference pauth_01kaexample0000000000000000\.$/);
  const [open] = await decisions(page);
  assert.match(open.unsettled, /It goes on at 2 Jan 2099, \d\d:\d\d:\d\d\. A person is needed$/);
  await shot(page, "explained-person");
  await page.unrouteAll({ behavior: "wait" });
});

test("without an explanation the records still show, and say what is open", async (t) => {
  const page = await store.visit(t, { tolerate: /status of 503/ });
  await page.route("**/payments/explain", (route) => route.fulfill({ status: 503, json: [] }));
  await payUnknown(page);
  await next(page).getByText("1 unknown").waitFor();
  assert.match(await next(page).textContent(), /authorize of \$129\.90, unknown.*Open since \d\d:\d\d:\d\d, tried once\./);
  await page.getByText("The store gave no explanation this time.").waitFor();
  const [bare] = await decisions(page);
  assert.deepEqual([bare.decided, bare.steps], [undefined, ["authorize $129.90 unknown"]]);
  await page.unroute("**/payments/explain");
  await page.getByRole("button", { name: "Check again" }).click();
  await outcome(page, "paid");
  assert.equal((await decisions(page))[0].result, "It went through.");
});

test("earlier operations wait behind one line, each with its reasons", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  await payByCard(page);
  const all = page.getByTestId("decisions").locator("li.decision");
  for (const count of [2, 3, 4]) {
    await page.getByRole("button", { name: "Pay another way" }).click();
    await pay(page);
    await all.nth(count - 1).waitFor({ state: "attached" });
    await outcome(page, "paid");
  }
  assert.equal(await all.locator("visible=true").count(), 3);
  await page.getByText("1 earlier").click();
  const first = all.last();
  await first.getByText("Why: the rule and the evidence").click();
  await first.getByText("The cart had no payment to let go of: the new one is taken.").waitFor();
});

test("the reasons are within reach of the keyboard", async (t) => {
  const page = await store.visit(t);
  await fillBag(page);
  await payByCard(page);
  const reasons = page.getByTestId("decisions").locator("details.why");
  assert.ok(await reasons.evaluate((details) => details.open));
  await tabTo(page, "Why: the rule and the evidence");
  await focusIsVisible(page, "the reasons");
  await page.keyboard.press("Enter");
  assert.ok(!(await reasons.evaluate((details) => details.open)), "closed");
  await page.getByRole("button", { name: "Read again" }).click();
  await page.waitForLoadState("networkidle");
  assert.ok(!(await reasons.evaluate((details) => details.open)), "what the reader closed stays closed");
});

for (const colorScheme of ["light", "dark"]) {
  for (const [device, options] of [["wide", {}], ["phone", { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true }]]) {
    test(`axe finds nothing grave in what is explained, and it fits (${colorScheme}, ${device})`, async (t) => {
      const page = await store.visit(t, { colorScheme, ...options });
      await payUnknown(page);
      await next(page).getByText("1 unknown").waitFor();
      assert.ok(await fitsItsWidth(page));
      await axeFindsNothingGrave(page, "open");
      await shot(page, `explained-${colorScheme}-${device}-open`);
      // Another payment lets go of the unknown, and a third of that.
      await chooseCard(page, "A hold that sticks");
      await pay(page);
      await outcome(page, "paid");
      await page.getByRole("button", { name: "Pay another way" }).click();
      await chooseCard(page, "It works");
      await pay(page);
      await outcome(page, "paid");
      await next(page).getByText("1 owed").waitFor();
      await page.getByTestId("decisions").locator("details").evaluateAll((all) => all.forEach((details) => (details.open = true)));
      assert.ok(await fitsItsWidth(page));
      await axeFindsNothingGrave(page, "owed, all reasons open");
      await shot(page, `explained-${colorScheme}-${device}-owed`);
    });
  }
}

function readings({ pathname }) {
  return /\/payments(\/explain)?$/.test(pathname);
}

function next(page) {
  return page.getByTestId("next");
}

async function payUnknown(page) {
  await fillBag(page);
  await fillAddress(page);
  await chooseCard(page, UNKNOWN);
  await pay(page);
  await outcome(page, "unknown");
}

// What the list says of each operation, newest first.
async function decisions(page) {
  return page.getByTestId("decisions").locator("li.decision").evaluateAll((items) =>
    items.map((item) => {
      const text = (element) => element?.textContent.replaceAll(/\s+/g, " ").trim();
      const all = (selector) => [...item.querySelectorAll(selector)];
      return {
        decided: text(item.querySelector("h4")),
        result: text(item.querySelector(".decision-said > p:not(.unsettled)")),
        unsettled: text(item.querySelector(".unsettled")),
        rule: text(item.querySelector(".why dd")),
        evidence: all(".evidence > li").map(text),
        steps: all(".steps > li").map((step) => [...step.children].map(text).join(" ")),
        isOpen: item.querySelector(".why")?.open,
      };
    }),
  );
}
