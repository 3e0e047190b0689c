/** Ids and tokens of the shop, by Web Crypto: the same on every runtime. */

/** A new id: letters only, so that none is ever taken for a card number. */
export function newId(prefix) {
  return `${prefix}_${[...randomBytes(20)].map((byte) => "bcdfghjklmnpqrst"[byte & 15]).join("")}`;
}

/** A new secret for a session. */
export function newToken(bytes = 32) {
  return btoa(String.fromCharCode(...randomBytes(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** What is kept of a secret: who reads the file can't use it. */
export async function hashOf(text) {
  return [...(await digestOf(text))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Whether two secrets are one, in a time that says nothing of where they differ. */
export async function isSameSecret(a, b) {
  const [one, other] = await Promise.all([digestOf(a), digestOf(b)]);
  return one.reduce((difference, byte, at) => difference | (byte ^ other[at]), 0) === 0;
}

async function digestOf(text) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}

function randomBytes(count) {
  return crypto.getRandomValues(new Uint8Array(count));
}
