/** What the two wasm builds have in common: how bytes become a running module, and how a call into it fails. */
import { builtin } from "./builtin.js";
import { PaymentsError } from "./errors.js";
import { createModule, type Input, type Module } from "./module.js";
import type { BytesSource, CompiledModule, WasmSource } from "./wasm-source.js";

/** One of the two builds, loaded once and shared by everything that imports it. */
export interface Build {
  /**
   * Loads it from `source`; without one from where this host keeps it. More calls cost nothing, calls at the same time share one load, and
   * after a failure the next call tries again. Throws `core_load_failed`.
   */
  load(source?: WasmSource | Promise<WasmSource>): Promise<void>;
  /** Gives it the module that the host compiled when it read the import: Workers and Deno. */
  provide(compiled: CompiledModule): void;
  /** What a function answers that answers a text. Loads the build before that where this can be done at once. Throws `core_not_initialised`, `core_load_failed`, `core_panicked`. */
  text(name: string, first: Input, second: Input, third?: Input): string;
  /** The same for a number, or none. */
  number(name: string, input: Input): number | undefined;
}

/**
 * A build: the address of its wasm, and what a host must do that can't load it at once. The address is asked for as late as
 * possible: `import.meta.url` is nothing in some bundles.
 */
export function createBuild(address: () => URL, advice: string): Build {
  const module = createModule();
  let provided: CompiledModule | undefined;
  let loading: Promise<void> | undefined;
  let loaded = false;

  return {
    load(source) {
      loading ??= load(source).catch((error: unknown) => {
        loading = undefined;
        throw error;
      });
      return loading;
    },
    provide(compiled) {
      provided = compiled;
    },
    text(name, first, second, third) {
      ready();
      return guarded(module, name, () => module.text(name, first, second, third));
    },
    number(name, input) {
      ready();
      return guarded(module, name, () => module.number(name, input));
    },
  };

  function ready(): void {
    if (!loaded) start(provided ?? compileFile());
  }

  async function load(source: WasmSource | Promise<WasmSource> | undefined): Promise<void> {
    if (!loaded) start(await compile(source ?? provided ?? located(address)));
  }

  function compileFile(): CompiledModule {
    if (builtin("node:fs") === undefined) throw notInitialised(advice);
    const url = located(address);
    if (url.protocol !== "file:") throw notInitialised(advice);
    try {
      return new WebAssembly.Module(checked(readFile(url), url));
    } catch (cause) {
      throw loadError(cause, url);
    }
  }

  function start(compiled: CompiledModule): void {
    module.start(compiled);
    loaded = true;
  }
}

/**
 * Runs one call into a module. A trap means that the core broke one of its own rules (Rust's panic): it becomes
 * `core_panicked`, and the instance starts afresh. Nothing is lost by that, because no call leaves state behind.
 */
export function guarded<T>(module: Pick<Module, "restart">, name: string, call: () => T): T {
  try {
    return call();
  } catch (cause) {
    // a RangeError is the stack's end, reached inside the module: it left the module's own stack pointer astray
    if (!(cause instanceof WebAssembly.RuntimeError || cause instanceof RangeError)) throw cause;
    module.restart();
    throw new PaymentsError("core_panicked", `The payments core stopped in ${name}: ${cause.message}. Nothing was decided; please report this.`, {
      details: { cause },
    });
  }
}

/** Compiles the module found at `source`. Throws `core_load_failed`, saying what to change where that is known. */
async function compile(source: WasmSource | Promise<WasmSource>): Promise<CompiledModule> {
  let found: WasmSource | undefined;
  try {
    found = await source;
    if (found instanceof WebAssembly.Module) return found;
    return await WebAssembly.compile(checked(await bytes(found), found));
  } catch (cause) {
    throw loadError(cause, found);
  }
}

// Fetched whole and compiled then, not streamed: so it does not matter which type the server says the file has.
async function bytes(source: BytesSource): Promise<BufferSource> {
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) return source as BufferSource;
  if (typeof source === "string" || source instanceof URL) {
    const url = absolute(source);
    if (url?.protocol === "file:" && builtin("node:fs") !== undefined) return readFile(url);
  }
  const response = isResponse(source) ? source : await fetch(source as string | URL | Request);
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return response.arrayBuffer();
}

function isResponse(source: object | string): source is Response {
  return typeof source === "object" && "arrayBuffer" in source && "ok" in source;
}

function absolute(source: string | URL): URL | undefined {
  try {
    return new URL(source);
  } catch {
    return undefined;
  }
}

function located(address: () => URL): URL {
  try {
    return address();
  } catch {
    throw loadError(new Error("import.meta.url is no address here"), undefined);
  }
}

// A single-page application's server answers an unknown address with its index.html and status 200: without this
// check the browser's message would be about a "magic word", and nobody would think of the address.
function checked(source: BufferSource, from: WasmSource): BufferSource {
  const view = ArrayBuffer.isView(source) ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength) : new Uint8Array(source);
  if (view[0] !== 0x00 || view[1] !== 0x61 || view[2] !== 0x73 || view[3] !== 0x6d) {
    throw new Error(`${describe(from)} is no WebAssembly (is it the page a server sends for unknown addresses?)`);
  }
  return source;
}

function notInitialised(advice: string): PaymentsError {
  return new PaymentsError("core_not_initialised", `checkout-payments is not loaded yet. ${advice}`);
}

function loadError(cause: unknown, from: WasmSource | undefined): PaymentsError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const known = REMEDIES.find(({ sign }) => sign.test(reason));
  return new PaymentsError("core_load_failed", `The payments core could not be loaded${from === undefined ? "" : ` from ${describe(from)}`}: ${reason.replace(/\.$/, "")}.${known === undefined ? "" : ` ${known.remedy}`}`, {
    retryable: known?.final !== true,
    details: { cause },
  });
}

// What browsers and runtimes say, and what is to be done about it. `final`: a repeat would end the same way.
const REMEDIES: readonly { readonly sign: RegExp; readonly remedy: string; readonly final?: true }[] = [
  { sign: /\bfetch\b|load failed|NetworkError/i, remedy: "Is the address right, and does the page's Content-Security-Policy allow it in connect-src?" },
  { sign: /unsafe-eval|Content.Security.Policy|\bCSP\b/i, remedy: "The page's Content-Security-Policy must allow 'wasm-unsafe-eval' in script-src.", final: true },
  { sign: /disallowed by embedder/i, remedy: "A Worker compiles WebAssembly only when it is deployed: let the bundler use the condition `workerd`, or import the .wasm file and pass the module. An extension's policy must allow 'wasm-unsafe-eval'.", final: true },
  { sign: /ENOENT|no such file|import\.meta\.url/i, remedy: "If the program is bundled, keep checkout-payments out of the bundle, or pass its .wasm file: the address, the bytes or the module.", final: true },
  { sign: /answered \d|no WebAssembly/, remedy: "Is the .wasm file among what is served? If it is elsewhere, pass its address." },
];

function describe(source: WasmSource): string {
  if (typeof source === "string" || source instanceof URL) return String(source);
  if ("url" in source && source.url !== "") return source.url;
  return "the given source";
}

function readFile(url: URL): Uint8Array<ArrayBuffer> {
  const fs = builtin<{ readFileSync(url: URL): Uint8Array }>("node:fs");
  if (fs === undefined) throw new Error("this host has no file system; pass the module");
  return fs.readFileSync(url) as Uint8Array<ArrayBuffer>;
}
