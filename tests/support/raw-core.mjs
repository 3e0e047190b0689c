// The generated glue takes texts as their UTF-8 bytes. This lets a test give it texts, as checkout-payments/core does.

const encoder = new TextEncoder();
const utf8 = (value) => (typeof value === "string" ? encoder.encode(value) : value);

/** The same functions, with texts for bytes. */
export function takingTexts(glue) {
  return Object.fromEntries(Object.entries(glue).map(([name, call]) => [name, (...args) => call(...args.map(utf8))]));
}
