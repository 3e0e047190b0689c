/** Texts on their way into the core: the glue copies bytes, and what the host's own encoder makes of a text costs the least. */
const encoder = new TextEncoder();
const SHORT = 8 * 1024;
const MOST_BYTES = 3 * SHORT; // a character of JavaScript is three bytes at most
let scratch: Uint8Array | undefined;
let next = 0;

/**
 * A text as the bytes that the glue copies into the module. Short ones share one buffer, for a new array for each costs more than
 * encoding it: so they hold until three more have been made, which is what a call takes at most.
 */
export function utf8(text: string): Uint8Array {
  if (text.length > SHORT) return encoder.encode(text);
  scratch ??= new Uint8Array(4 * MOST_BYTES);
  if (next + MOST_BYTES > scratch.length) next = 0;
  const start = next;
  next += encoder.encodeInto(text, scratch.subarray(start)).written;
  return scratch.subarray(start, next);
}
