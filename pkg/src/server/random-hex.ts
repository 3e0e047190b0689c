/** 32 hex digits from the host's cryptographic source, which is asked for many at once: one by one, asking costs more than all else of it. */

const BYTES = 16;
const pool = new Uint8Array(64 * BYTES);
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
let used = pool.length;

/** Fresh at every call. */
export function randomHex(): string {
  if (used === pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  let text = "";
  for (const end = used + BYTES; used < end; used++) text += HEX[pool[used] ?? 0];
  return text;
}
