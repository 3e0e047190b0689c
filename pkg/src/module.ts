/**
 * Calls into a build's module without the JavaScript that wasm-bindgen writes for it: texts and bytes are all that crosses here, and its
 * calls are longer than all of ours, and slower. How a text crosses is wasm-bindgen's own way, of the version that the build is bound to
 * (`scripts/build-wasm.sh`): in as address and length of its UTF-8, which the module then owns; out as address and length, which are ours to free.
 */
import type { CompiledModule } from "./wasm-source.js";

/** What a function of the module takes: a text, or the UTF-8 of one. */
export type Input = string | Uint8Array;

/** A module: its functions by name, each to be called as what it answers. */
export interface Module {
  /** Makes its instance. */
  start(compiled: CompiledModule): { readonly memory: { readonly buffer: ArrayBuffer } };
  /** Makes another instance, with nothing of the last. */
  restart(): void;
  text(name: string, first: Input, second: Input, third?: Input): string;
  number(name: string, input: Input): number | undefined;
}

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  __wbindgen_start(): void;
  __wbindgen_malloc(size: number, alignment: number): number;
  __wbindgen_free(address: number, size: number, alignment: number): void;
}

type Call<T> = (...addressesAndLengths: number[]) => T;

// Asked for by every module of wasm-bindgen's, and without a use in one that holds no objects of the host.
const IMPORTS = { "./checkout_payments_bg.js": { __wbindgen_init_externref_table: () => undefined } };
// The sign of wasm-bindgen for an Option<u32> that is none.
const NONE = Number.MAX_SAFE_INTEGER;
// Safari's decoder refuses to go on after 2 GiB.
const DECODED_MAX = 2 ** 30;

/** A module that is not started yet. */
export function createModule(): Module {
  const encoder = new TextEncoder();
  let compiled: CompiledModule;
  let wasm: Exports;
  let functions: Record<string, Call<unknown>>;
  let view: Uint8Array | undefined;
  let decoder: TextDecoder;
  let decoded = Infinity;
  let length = 0; // of what was put last

  const restart = (): void => {
    view = undefined;
    const { exports } = new WebAssembly.Instance(compiled as WebAssembly.Module, IMPORTS);
    wasm = exports as unknown as Exports;
    functions = exports as typeof functions;
    wasm.__wbindgen_start();
  };
  // A memory that grew is another buffer; the old one is empty then.
  const bytes = (): Uint8Array => (view?.length ? view : (view = new Uint8Array(wasm.memory.buffer)));

  // Gives the address. Most texts are ASCII, as many bytes as characters: they are encoded to where they are wanted.
  const put = (input: Input): number => {
    length = input.length;
    const address = wasm.__wbindgen_malloc(length, 1) >>> 0;
    if (typeof input !== "string") bytes().set(input, address);
    else if (encoder.encodeInto(input, bytes().subarray(address, address + length)).read < length) {
      wasm.__wbindgen_free(address, length, 1);
      return put(encoder.encode(input));
    }
    return address;
  };

  return {
    start(module) {
      compiled = module;
      restart();
      return wasm;
    },
    restart,
    text(name, first, second, third) {
      const call = functions[name] as Call<readonly [address: number, length: number]>;
      const one = put(first);
      const oneLength = length;
      const two = put(second);
      const twoLength = length;
      const answer = third === undefined ? call(one, oneLength, two, twoLength) : call(one, oneLength, two, twoLength, put(third), length);
      const address = answer[0] >>> 0;
      const size = answer[1];
      decoded += size;
      if (decoded > DECODED_MAX) {
        decoder = new TextDecoder("utf-8", { ignoreBOM: true });
        decoded = size;
      }
      const text = decoder.decode(bytes().subarray(address, address + size));
      wasm.__wbindgen_free(address, size, 1);
      return text;
    },
    number(name, input) {
      const call = functions[name] as Call<number>;
      const number = call(put(input), length);
      return number === NONE ? undefined : number;
    },
  };
}
