// Runs tests one after the other and tells of each, as data: so it can be told from anywhere.

/** `sections`: name → (test's name → function). Gives a list of `{ name, note?, error? }`. */
export async function run(sections) {
  const results = [];
  for (const [section, tests] of Object.entries(sections)) {
    for (const [test, body] of Object.entries(tests)) {
      const name = `${section}: ${test}`;
      try {
        results.push({ name, note: await body() });
      } catch (error) {
        results.push({ name, error: error?.stack?.includes(error.message) ? error.stack : `${error}\n${error?.stack}` });
      }
    }
  }
  return results;
}
