/**
 * Calls into the storefront's module without the JavaScript that wasm-bindgen writes for it, which is more than half as much as all of ours:
 * texts are all that crosses here. How they do is wasm-bindgen's own way, of the version that the build is bound to (`scripts/build-wasm.sh`):
 * a text goes in as address and length of its UTF-8, which the module then owns, and comes out as address and length, which are ours to free.
 */
import { utf8 } from "../utf8.js";
import type { CompiledModule } from "../wasm-source.js";
import type { Glue } from "../wasm.js";

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  __wbindgen_malloc(size: number, alignment: number): number;
  __wbindgen_free(address: number, size: number, alignment: number): void;
  validate(...texts: readonly number[]): OwnText;
  preview(...texts: readonly number[]): OwnText;
  formatMoney(...texts: readonly number[]): OwnText;
  currencyDecimals(...texts: readonly number[]): number;
}

type OwnText = readonly [address: number, length: number];

/** The module's functions, by what they give back. */
export interface StorefrontModule extends Glue {
  text(name: "validate" | "preview" | "formatMoney", ...texts: readonly string[]): string;
  currencyDecimals(currency: string): number | undefined;
}

// Asked for by every module of wasm-bindgen's, and without a use in one that holds no objects of the host.
const IMPORTS = { "./checkout_payments_bg.js": { __wbindgen_init_externref_table: () => undefined } };
// The sign of wasm-bindgen for an Option<u32> that is none.
const NONE = Number.MAX_SAFE_INTEGER;
// Safari's decoder refuses to go on after 2 GiB.
const DECODED_MAX = 2 ** 30;

/** The module, not started yet. */
export function createModule(): StorefrontModule {
  let compiled: CompiledModule;
  let wasm: Exports;
  let view: Uint8Array | undefined;
  let decoder: TextDecoder;
  let decoded = Infinity;

  const start = (): Exports => {
    view = undefined;
    return (wasm = new WebAssembly.Instance(compiled as WebAssembly.Module, IMPORTS).exports as unknown as Exports);
  };
  // A memory that grew is another buffer; the old one is empty then.
  const bytes = (): Uint8Array => (view?.length ? view : (view = new Uint8Array(wasm.memory.buffer)));
  const given = (texts: readonly string[]): number[] => {
    const passed: number[] = [];
    for (const text of texts.map(utf8)) {
      const address = wasm.__wbindgen_malloc(text.length, 1) >>> 0;
      bytes().set(text, address);
      passed.push(address, text.length);
    }
    return passed;
  };

  return {
    initSync({ module }) {
      compiled = module;
      return start();
    },
    __wbg_reset_state: start,
    text(name, ...texts) {
      const answer = wasm[name](...given(texts));
      const address = answer[0] >>> 0;
      const length = answer[1];
      decoded += length;
      if (decoded > DECODED_MAX) {
        decoder = new TextDecoder("utf-8", { ignoreBOM: true });
        decoded = length;
      }
      const text = decoder.decode(bytes().subarray(address, address + length));
      wasm.__wbindgen_free(address, length, 1);
      return text;
    },
    currencyDecimals(currency) {
      const decimals = wasm.currencyDecimals(...given([currency]));
      return decimals === NONE ? undefined : decimals;
    },
  };
}
