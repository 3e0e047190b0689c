// An unknown that the store settles by itself: the page hears of it without anyone's doing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { booksShown, chooseCard, fillAddress, fillBag, outcome, pay, reconciliation, shot, standing, useStore } from "./support.mjs";

const store = useStore({ recoverEveryMs: 1000 });

for (const label of ["No answer, yet it happened", "No answer, nothing happened"]) {
  test(`${label}: recovery settles it, and the page says so`, async (t) => {
    const page = await store.visit(t);
    await fillBag(page);
    await fillAddress(page);
    await chooseCard(page, label);
    await pay(page);
    await outcome(page, "unknown");
    await page.locator('[data-outcome="paid"]').waitFor({ timeout: 45_000 });
    assert.equal(await standing(page).textContent(), "$129.90 is held on your card.");
    assert.equal((await booksShown(page)).length, 1);
    assert.match(await reconciliation(page).textContent(), /Both sides agree: \$129\.90/);
    await shot(page, "settled-by-itself");
  });
}
