/** A store in memory, for tests and for trying things out: everything is gone with the process. */
import type { Query, Store, Versioned, Write } from "../server/ports.js";

/** Makes an empty store in memory. */
export function createMemoryStore(): Store {
  const groups = new Map<string, Versioned & { readonly due?: number }>();
  const index = new Map<string, readonly string[]>();

  return {
    exclusive: true,

    async load(key) {
      const group = groups.get(key);
      return group && { version: group.version, value: group.value };
    },

    async commit(writes) {
      if (writes.some(({ key, expectedVersion }) => (groups.get(key)?.version ?? 0) !== expectedVersion)) return false;
      for (const write of writes) put(write);
      return true;
    },

    async find(query: Query) {
      if ("index" in query) return [...(index.get(query.index) ?? [])];
      return [...groups]
        .flatMap(([key, { due }]) => (due !== undefined && due <= query.dueBefore ? [{ key, due }] : []))
        .sort((a, b) => a.due - b.due)
        .slice(0, query.limit)
        .map(({ key }) => key);
    },
  };

  function put({ key, expectedVersion, value, due, index: texts = [] }: Write): void {
    groups.set(key, { version: expectedVersion + 1, value, ...(due === undefined ? {} : { due }) });
    for (const text of texts) {
      const keys = index.get(text);
      if (keys === undefined) index.set(text, [key]); // nearly always: a set for each would cost more than the rest
      else if (!keys.includes(key)) index.set(text, [...keys, key]);
    }
  }
}
