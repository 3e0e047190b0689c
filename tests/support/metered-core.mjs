// The real core.wasm with a meter: it counts every function that is entered, every turn of a loop, and every 16 bytes that are moved at
// once. So the work of a call is a number, and the same on every machine, whatever else that does.

import binaryen from "binaryen";

import { readCore, startCore } from "./raw-core.mjs";

const COUNT = "(global.set $meter (i64.add (global.get $meter) (i64.const 1)))";
const METER = '(global $meter (mut i64) (i64.const 0)) (export "meter" (global $meter))';
// memory.copy and memory.fill, whose last operand is how many bytes
const moved = (operation) => `(func $metered.${operation} (param i32) (param i32) (param i32)
  (global.set $meter (i64.add (global.get $meter) (i64.extend_i32_u (i32.shr_u (local.get 2) (i32.const 4)))))
  (memory.${operation} (local.get 0) (local.get 1) (local.get 2)))`;

/** A core of its own, and `work(call)`: what the call gives, and how much work that was. */
export function loadMeteredCore() {
  const { core, exports: { meter } } = startCore(metered(readCore()));
  return {
    core,
    work(call) {
      meter.value = 0n;
      const result = call();
      return { result, work: Number(meter.value) };
    },
  };
}

function metered(bytes) {
  const plain = binaryen.readBinary(bytes);
  // Its text has one instruction a line, each before its operands.
  const lines = plain.emitText().split("\n");
  const out = [];
  let inFunction = false;
  for (const line of lines) {
    if (inFunction && !line.startsWith("  (local ")) {
      out.push(COUNT);
      inFunction = false;
    }
    out.push(line.replace(/^(\s*)\(memory\.(copy|fill)$/, "$1(call $metered.$2"));
    if (/^\s*\(loop\b/.test(line)) out.push(COUNT);
    else if (/^ \(func \$/.test(line)) inFunction = true;
  }
  out.splice(out.lastIndexOf(")"), 0, METER, moved("copy"), moved("fill"));
  const changed = binaryen.parseText(out.join("\n"));
  changed.setFeatures(plain.getFeatures());
  return changed.emitBinary();
}
