/** What checks say of what they found. */
import { ConformanceFailure } from "./case.js";

/** Fails with `message` unless `condition` holds. */
export function expect(condition: boolean, message: string): asserts condition {
  if (!condition) throw new ConformanceFailure(message);
}

/** Fails unless both are alike: the same JSON text. */
export function expectEqual(actual: unknown, expected: unknown, what: string): void {
  const [is, should] = [JSON.stringify(actual), JSON.stringify(expected)];
  expect(is === should, `${what}: expected ${shortened(should)}, got ${shortened(is)}`);
}

/** Fails unless both are the same amount, `4` and `4.00` being one. */
export function expectAmount(actual: string, expected: string, what: string): void {
  expect(plain(actual) === plain(expected), `${what}: expected ${expected}, got ${actual}`);
}

/** Whether two decimal texts are the same amount. */
export function isSameAmount(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

/** Fails when `promise` is not settled in time: what waits for ever would stop the whole run. */
export async function settled<T>(promise: Promise<T>, patienceMs: number, what: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ConformanceFailure(`${what} was not settled within ${patienceMs} ms`)), patienceMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

const DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";

/** An id as the core makes them: a TypeID, whose first 48 bits are the time. */
export function newId(prefix: string): string {
  const random = crypto.getRandomValues(new Uint8Array(10)).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const bits = (BigInt(Date.now()) << 80n) | random;
  return `${prefix}_${Array.from({ length: 26 }, (_, at) => DIGITS.charAt(Number((bits >> BigInt(125 - 5 * at)) & 31n))).join("")}`;
}

function plain(amount: string): string {
  return amount.includes(".") ? amount.replace(/\.?0+$/, "") : amount;
}

function shortened(text: string | undefined): string {
  return text === undefined || text.length <= 300 ? String(text) : `${text.slice(0, 300)}… (${text.length} characters)`;
}
