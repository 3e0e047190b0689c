/** What the host's own modules offer: of Node, Deno and Bun; elsewhere nothing. */

/**
 * The module `id` of the host, e.g. `node:fs`; undefined where it has none. Asked for at run time, because a static import keeps bundlers
 * for browsers and Workers from finishing.
 */
export function builtin<T>(id: string): T | undefined {
  const host = (globalThis as { process?: { getBuiltinModule?: (id: string) => object | undefined } }).process;
  return host?.getBuiltinModule?.(id) as T | undefined;
}
