// What the suite asserts with: `node:assert` is not everywhere.

/** Fails unless both are the same data. */
export function equal(actual, expected, message = "") {
  const [found, wanted] = [shown(actual), shown(expected)];
  if (found !== wanted) throw new Error(`${message === "" ? "" : `${message}: `}expected ${wanted}, found ${found}`);
}

/** Fails unless `value` is truthy. */
export function ok(value, message = "it does not hold") {
  if (!value) throw new Error(message);
}

/** Fails unless `text` has what `pattern` says. */
export function match(text, pattern) {
  if (!pattern.test(text)) throw new Error(`expected ${pattern} in ${shown(text)}`);
}

/** Fails unless `promise` is rejected with these members; gives the error. */
export async function rejects(promise, members) {
  const error = await promise.then(
    (value) => Promise.reject(new Error(`expected an error, found ${shown(value)}`)),
    (reason) => reason,
  );
  for (const [name, value] of Object.entries(members)) equal(error[name], value, `${error}`);
  return error;
}

// undefined, and members that are undefined, count as data too; the order of members does not
function shown(value) {
  if (value === undefined) return "undefined";
  return JSON.stringify(value, (_, inner) => (inner === undefined ? "«undefined»" : isRecord(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner));
}

function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
