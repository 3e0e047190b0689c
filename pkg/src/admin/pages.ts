/** A list that comes in pages, as one. */

/** One page, and what leads to the next; nothing on the last. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

/** All items, page after page; a page is asked for when it is wanted. */
export async function* pages<T>(read: (next: string | undefined) => Promise<Page<T>>): AsyncGenerator<T, void, void> {
  let next: string | undefined;
  do {
    const page = await read(next);
    yield* page.items;
    next = page.next;
  } while (next !== undefined);
}
