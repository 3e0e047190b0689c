/** Ids and tokens of the shop. */
import { createHash, randomBytes } from "node:crypto";

/** A new id: letters only, so that none is ever taken for a card number. */
export function newId(prefix) {
  return `${prefix}_${[...randomBytes(20)].map((byte) => "bcdfghjklmnpqrst"[byte & 15]).join("")}`;
}

/** A new secret for a session. */
export function newToken() {
  return randomBytes(32).toString("base64url");
}

/** What is kept of a secret: who reads the file can't use it. */
export function hashOf(text) {
  return createHash("sha256").update(text).digest("hex");
}
