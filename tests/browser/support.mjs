// What every browser test needs: the store's real server, a Chromium, and a page that tells on itself.

import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { launchChromium } from "../support/chromium.mjs";
import { startServer } from "../support/server.mjs";

const SHOTS = fileURLToPath(new URL("./shots/", import.meta.url));
const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const WEBSTORE = "tidewick";

/** The bag of most tests: lamp, mug and notebook, 129.90 in all. */
export const USUAL = ["Harbour lamp", "Stoneware mug", "Ash notebook"];

/**
 * Starts a server and a browser for the tests of one file. `visit(options)` opens the store as a new shopper, in a page
 * that fails the test at its end if anything broke the content security policy, logged an error or threw; `tolerate`
 * names the console lines that the test itself provokes. The server's own recovery keeps out of the way unless asked for; `recover()`
 * runs it once. `env` gives more settings.
 */
export function useStore({ recoverEveryMs = 3_600_000, env = async () => ({}) } = {}) {
  const store = { address: "", browser: undefined, server: undefined };
  before(async () => {
    store.server = await startServer({ env: { RECOVER_EVERY_MS: String(recoverEveryMs), ...(await env()) } });
    store.address = `${store.server.url}/`;
    store.browser = await launchChromium();
    await mkdir(SHOTS, { recursive: true });
  });
  after(async () => {
    await store.browser?.close();
    await store.server?.stop();
  });
  return {
    visit: (t, options) => visit(store, t, options),
    setReleaseOrder: (releaseOrder) => store.server.backOffice("PUT", `/commerce/webstores/${WEBSTORE}/settings`, { releaseOrder }),
    recover: () => store.server.backOffice("POST", "/demo/recover"),
    get address() {
      return store.address;
    },
  };
}

async function visit({ address, browser }, t, { tolerate, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "en-US", reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(`threw: ${error.message}`));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type()) && !isAnsweredRefusal(message) && !tolerate?.test(message.text())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`));
  });
  t.after(async () => {
    await context.close();
    assert.deepEqual(complaints, [], "the page complained");
  });
  await page.goto(address);
  await page.getByRole("heading", { level: 1 }).waitFor();
  return page;
}

// Chromium notes every 4xx answer as an error. Declines and the like are answers of this API and no faults of the page.
function isAnsweredRefusal(message) {
  return /^Failed to load resource: the server responded with a status of 4(01|04|09|22)/.test(message.text());
}

/** Puts things into the bag and goes to the checkout. */
export async function fillBag(page, names = USUAL) {
  for (const name of names) await page.getByRole("button", { name: `Add ${name} to the bag` }).click();
  await page.getByRole("link", { name: /^Bag/ }).click();
  await page.getByRole("heading", { level: 1, name: "Checkout" }).waitFor();
}

/** Fills the billing address of the seed. */
export async function fillAddress(page) {
  await page.getByRole("button", { name: "Use an example address" }).click();
}

/** Chooses a test card by the beginning of its label. */
export async function chooseCard(page, label) {
  await page.getByRole("radio", { name: "Card", exact: true }).check();
  await page.getByRole("radio", { name: new RegExp(`^${label}`) }).check();
}

/** Chooses a wallet by the beginning of its label. */
export async function chooseWallet(page, label) {
  await page.getByRole("radio", { name: "Wallet", exact: true }).check();
  await page.getByRole("radio", { name: new RegExp(`^${label}`) }).check();
}

/** Chooses to pay by purchase order. */
export async function choosePurchaseOrder(page, number) {
  await page.getByRole("radio", { name: "Purchase order", exact: true }).check();
  await page.getByLabel("Purchase order number").fill(number);
}

/** Presses the button that pays. */
export async function pay(page) {
  await page.getByRole("button", { name: /^(Pay |Use this purchase order)/ }).click();
}

/** Pays with a card and waits until the payment stands. */
export async function payByCard(page, label = "It works") {
  await fillAddress(page);
  await chooseCard(page, label);
  await pay(page);
  await outcome(page, "paid");
}

/** Waits for an outcome and gives its box. */
export async function outcome(page, kind) {
  const box = page.locator(`[data-outcome="${kind}"]`);
  await box.waitFor();
  return box;
}

/** What stands as the payment, in words. */
export function standing(page) {
  return page.getByTestId("standing");
}

/** The gateway's books of the checkout, as the panel shows them: one map of amounts per payment, newest first. */
export async function booksShown(page) {
  return page.getByTestId("books").locator(".entry").evaluateAll((entries) =>
    entries.map((entry) => Object.fromEntries([...entry.querySelectorAll("dl > div")].map((sum) => [sum.querySelector("dt").textContent, sum.querySelector("dd").textContent]))),
  );
}

/** The panel's line that compares both sides. */
export function reconciliation(page) {
  return page.getByTestId("reconciliation");
}

/** Notes each payment request of the page: its body and idempotency key. */
export function listenToPayments(page) {
  const sent = [];
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().endsWith("/payments") && request.url().includes("/checkouts/")) {
      sent.push({ body: request.postDataJSON(), key: request.headers()["idempotency-key"] });
    }
  });
  return sent;
}

/** Takes a picture, of the whole page unless told otherwise. */
export async function shot(page, name, { fullPage = true } = {}) {
  if (fullPage) await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage });
}

/** Whether the page is no wider than its window. */
export async function fitsItsWidth(page) {
  return page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
}

/** Lets axe look at the page in one state. */
export async function axeFindsNothingGrave(page, state) {
  await page.evaluate(AXE);
  const violations = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
    return violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.slice(0, 3).map(({ target, failureSummary }) => `${target}: ${failureSummary}`) }));
  });
  const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  assert.deepEqual(grave, [], state);
}

/** Presses Tab until the element with this name has the focus. */
export async function tabTo(page, name) {
  for (let pressed = 0; pressed < 60; pressed += 1) {
    if ((await focusedName(page)).startsWith(name)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`the keyboard does not reach "${name}"`);
}

async function focusedName(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return "";
    const label = element.getAttribute("aria-label") ?? element.labels?.[0]?.innerText ?? element.innerText ?? "";
    return label.trim().replaceAll(/\s+/g, " ");
  });
}

/** Whether what has the focus is outlined. */
export async function focusIsVisible(page, what) {
  const outlined = await page.evaluate(() => {
    for (let element = document.activeElement; element; element = element.parentElement) {
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      if (outlineStyle === "solid" && parseFloat(outlineWidth) >= 2) return true;
    }
    return false;
  });
  assert.ok(outlined, `the focus on ${what} can be seen`);
}
