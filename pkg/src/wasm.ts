/**
 * What the two wasm builds have in common: how bytes become a running module, and how a call into it fails.
 * The only file that knows wasm-bindgen's generated glue.
 */
import { PaymentsError } from "./errors.js";

/** What wasm-bindgen's `--target web` glue offers beside the exported functions. */
export interface Glue {
  initSync(options: { module: WebAssembly.Module | BufferSource }): unknown;
  /** From `--experimental-reset-state-function`; a build without it can't recover from a panic. */
  __wbg_reset_state?: () => void;
}

/** Where a wasm module may come from: its address, its bytes, an answer that holds them, or the compiled module. */
export type WasmSource = BytesSource | WebAssembly.Module;
type BytesSource = string | URL | Request | Response | BufferSource;

/** Compiles the module found at `source`. Throws `core_load_failed`, saying what to change where that is known. */
export async function compile(source: WasmSource | Promise<WasmSource>): Promise<WebAssembly.Module> {
  let found: WasmSource | undefined;
  try {
    found = await source;
    if (found instanceof WebAssembly.Module) return found;
    return await WebAssembly.compile(checked(await bytes(found as BytesSource), found));
  } catch (cause) {
    throw loadError(cause, found);
  }
}

/** The same for hosts with a file system, at once: Node, Bun and Deno. Throws `core_load_failed`. */
export function compileFile(url: URL): WebAssembly.Module {
  try {
    return new WebAssembly.Module(checked(readFile(url), url));
  } catch (cause) {
    throw loadError(cause, url);
  }
}

/** Whether {@link compileFile} can work here. */
export function hasFiles(url: URL): boolean {
  return url.protocol === "file:" && fileSystem() !== undefined;
}

/**
 * Runs one call into a module. A trap means that the core broke one of its own rules (Rust's panic): it becomes
 * `core_panicked`, and the instance starts afresh. Nothing is lost by that, because no call leaves state behind.
 */
export function guarded<T>(glue: Glue, call: () => T, name = "a function"): T {
  try {
    return call();
  } catch (cause) {
    // a RangeError is the stack's end, reached inside the module: it left the module's own stack pointer astray
    if (!(cause instanceof WebAssembly.RuntimeError || cause instanceof RangeError)) throw cause;
    glue.__wbg_reset_state?.();
    throw new PaymentsError("core_panicked", `The payments core stopped in ${name}: ${cause.message}. Nothing was decided; please report this.`, {
      details: { cause },
    });
  }
}

async function bytes(source: BytesSource): Promise<BufferSource> {
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) return source as BufferSource;
  if (typeof source === "string" || source instanceof URL) {
    const url = absolute(source);
    if (url !== undefined && hasFiles(url)) return readFile(url);
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

// A single-page application's server answers an unknown address with its index.html and status 200: without this
// check the browser's message would be about a "magic word", and nobody would think of the address.
function checked(source: BufferSource, from: WasmSource): BufferSource {
  const view = ArrayBuffer.isView(source) ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength) : new Uint8Array(source);
  if (view[0] !== 0x00 || view[1] !== 0x61 || view[2] !== 0x73 || view[3] !== 0x6d) {
    throw new Error(`${describe(from)} is no WebAssembly (is it the page a server sends for unknown addresses?)`);
  }
  return source;
}

function loadError(cause: unknown, from: WasmSource | undefined): PaymentsError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const csp = cause instanceof WebAssembly.CompileError && /unsafe-eval|Content Security Policy|CSP/i.test(reason);
  const hint = csp ? " The page's Content-Security-Policy must allow 'wasm-unsafe-eval' in script-src." : "";
  return new PaymentsError("core_load_failed", `The payments core could not be loaded${from === undefined ? "" : ` from ${describe(from)}`}: ${reason}.${hint}`, {
    retryable: !csp,
    details: { cause },
  });
}

function describe(source: WasmSource): string {
  if (typeof source === "string" || source instanceof URL) return String(source);
  if ("url" in source && source.url !== "") return source.url;
  return "the given source";
}

function readFile(url: URL): Uint8Array<ArrayBuffer> {
  const fs = fileSystem();
  if (fs === undefined) throw new Error("this host has no file system; pass the module to the loader");
  return fs.readFileSync(url) as Uint8Array<ArrayBuffer>;
}

// Asked for at run time, because a static import of node:fs keeps bundlers for browsers and Workers from finishing.
function fileSystem(): { readFileSync(url: URL): Uint8Array } | undefined {
  const host = (globalThis as { process?: { getBuiltinModule?: (id: string) => object | undefined } }).process;
  return host?.getBuiltinModule?.("node:fs") as { readFileSync(url: URL): Uint8Array } | undefined;
}
