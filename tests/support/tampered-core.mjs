// The real core.wasm, or the storefront's, changed by hand so that one of its functions panics when its last argument is of a certain length;
// before it traps it overwrites the whole memory, so that nobody could go on with it.
//
// As a server's `--import` it takes the place of the real one there: PANICS='{"beginCheckoutPayment":4242}'.

import { readFileSync } from "node:fs";
import { loadCore } from "checkout-payments/core";

const CORE = new URL(import.meta.resolve("checkout-payments/core.wasm"));
const SECTION = { imports: 2, exports: 7, code: 10 };
const FUNCTION = 0;

/** The length in bytes of a text argument is the parameter after its address. */
const LENGTH_OF_LAST = { beginCheckoutPayment: 5, advance: 5, formatMoney: 3 };

/** A build's bytes with `panics`: the name of an export → the length of its last argument that makes it panic. */
export function tamper(panics, build = CORE) {
  return Object.entries(panics).reduce((bytes, [name, length]) => withPrologue(bytes, name, prologue(LENGTH_OF_LAST[name], length)), new Uint8Array(readFileSync(build)));
}

// if (length == given) { memory.fill(0, 0xaa, all of it); unreachable }
function prologue(parameter, length) {
  const fill = [0x41, 0x00, 0x41, ...signed(0xaa), 0x3f, 0x00, 0x41, 0x10, 0x74, 0xfc, 0x0b, 0x00];
  return [0x20, ...unsigned(parameter), 0x41, ...signed(length), 0x46, 0x04, 0x40, ...fill, 0x00, 0x0b];
}

function withPrologue(bytes, name, code) {
  const sections = [...sectionsOf(bytes)];
  const section = (id) => sections.find((each) => each.id === id);
  const imported = [...entries(bytes, section(SECTION.imports), skipImport)].filter(({ at }) => kindOfImport(bytes, at) === FUNCTION).length;
  const exported = [...entries(bytes, section(SECTION.exports), skipExport)].find(({ at }) => nameAt(bytes, at).text === name);
  const index = read(bytes, nameAt(bytes, exported.at).end + 1).value - imported;
  const { at } = [...entries(bytes, section(SECTION.code), skipSized)][index];

  const size = read(bytes, at);
  const body = bytes.subarray(size.end, size.end + size.value);
  let locals = read(body, 0);
  for (let left = locals.value; left > 0; left--) locals = { end: read(body, locals.end).end + 1 };
  const newBody = [...body.subarray(0, locals.end), ...code, ...body.subarray(locals.end)];
  const old = section(SECTION.code);
  const content = [...bytes.subarray(old.start, at), ...unsigned(newBody.length), ...newBody, ...bytes.subarray(size.end + size.value, old.end)];
  return Uint8Array.from([...bytes.subarray(0, old.header), SECTION.code, ...unsigned(content.length), ...content, ...bytes.subarray(old.end)]);
}

function* sectionsOf(bytes) {
  for (let header = 8; header < bytes.length; ) {
    const size = read(bytes, header + 1);
    yield { id: bytes[header], header, start: size.end, end: size.end + size.value };
    header = size.end + size.value;
  }
}

function* entries(bytes, { start }, skip) {
  const count = read(bytes, start);
  let at = count.end;
  for (let entry = 0; entry < count.value; entry++) {
    yield { at };
    at = skip(bytes, at);
  }
}

const skipSized = (bytes, at) => read(bytes, at).end + read(bytes, at).value;
const skipExport = (bytes, at) => read(bytes, nameAt(bytes, at).end + 1).end;
const kindOfImport = (bytes, at) => bytes[nameAt(bytes, nameAt(bytes, at).end).end];

function skipImport(bytes, at) {
  const kind = nameAt(bytes, nameAt(bytes, at).end).end;
  if (bytes[kind] === FUNCTION) return read(bytes, kind + 1).end;
  if (bytes[kind] === 1) return limitsEnd(bytes, kind + 2); // table: its type, its limits
  if (bytes[kind] === 2) return limitsEnd(bytes, kind + 1);
  return kind + 3; // global: its type, whether it changes
}

function limitsEnd(bytes, at) {
  const first = read(bytes, at + 1).end;
  return bytes[at] & 1 ? read(bytes, first).end : first;
}

function nameAt(bytes, at) {
  const size = read(bytes, at);
  return { text: new TextDecoder().decode(bytes.subarray(size.end, size.end + size.value)), end: size.end + size.value };
}

// LEB128
function read(bytes, at) {
  for (let value = 0, shift = 0; ; shift += 7) {
    value += (bytes[at] & 0x7f) * 2 ** shift;
    if ((bytes[at++] & 0x80) === 0) return { value, end: at };
  }
}

function unsigned(value) {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value) {
  return value < 0x40 ? [value] : [(value & 0x7f) | 0x80, ...signed(value >>> 7)];
}

if (process.env.PANICS !== undefined) await loadCore(tamper(JSON.parse(process.env.PANICS)));
