// Whether the conformance kit catches what is broken on purpose.

import assert from "node:assert/strict";

/** The titles of the cases that fail. */
export async function failing(cases) {
  const titles = [];
  for (const { name, run } of cases) {
    await run().catch((error) => {
      assert.equal(error.name, "ConformanceFailure", `${name}: ${error.stack}`);
      titles.push(name.slice(name.indexOf(":") + 2));
    });
  }
  return titles;
}

/** The case with this title fails. */
export async function assertCaught(cases, title) {
  const about = cases.find(({ name }) => name === `mutant: ${title}`);
  assert.ok(about, `there is no case ${JSON.stringify(title)}`);
  assert.deepEqual(await failing([about]), [title]);
}
