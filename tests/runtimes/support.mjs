// What the drivers of the runtimes share: the suite beside the installed package, and its results as tests of this run.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { packedProject } from "../support/packed.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export const FIXTURES = here("../fixtures/requests.json");

/** A folder with the suite and its hosts in it, as in a user's project. */
export const suiteProject = (name) => packedProject(name, { suite: here("suite"), hosts: here("hosts") });

/** A program of the devDependencies. */
export const program = (name) => here(`../../node_modules/.bin/${name}`);

/** What of the suite ran on a runtime, one test for each; `sections` are those that must be among them, with how many tests they have at least. */
export async function report(runtime, results, sections) {
  for (const { name, note, error } of results) {
    await test(`${runtime}: ${name}`, (t) => {
      if (note !== undefined) t.diagnostic(note);
      assert.equal(error, undefined, error);
    });
  }
  await test(`${runtime}: nothing of the suite was left out`, () => {
    const ran = Object.fromEntries(Object.keys(sections).map((section) => [section, results.filter(({ name }) => name.startsWith(`${section}: `)).length]));
    assert.deepEqual(ran, sections);
    assert.equal(results.length, Object.values(sections).reduce((sum, count) => sum + count));
  });
}

/** How many tests each section of the suite has. */
export const SECTIONS = { builds: 6, checkout: 10, "back office": 4, kit: 3, SQLite: 3, Stripe: 5 };
