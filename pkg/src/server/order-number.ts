/** Order reference numbers: four groups of five, `XXXXX-XXXXX-XXXXX-XXXXX` (`reference/salesforce.md` §1.10). */

// No vowels, no digits that look like letters: neither words nor card numbers come out, and people can read it aloud.
const ALPHABET = "BCDFGHJKLMNPQRSTVWXZ23456789BCDF"; // 32 characters, so that every byte's low five bits choose one

/** A new number: 100 bits less the doubled letters, from the host's random source. */
export function orderReferenceNumber(): string {
  const letters = Array.from(crypto.getRandomValues(new Uint8Array(20)), (byte) => ALPHABET.charAt(byte & 31)).join("");
  return letters.replaceAll(/.{5}(?!$)/g, "$&-");
}
