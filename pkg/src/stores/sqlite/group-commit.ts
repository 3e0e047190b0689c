/**
 * Group commit: all that is asked for in one turn of the event loop is one transaction, and waits for the disk once. Each has its own
 * version check and its own answer, which it gets when the disk has it: what one of them meets is nothing to the others.
 */
import { type Database, transact } from "./driver.js";
import type { Commit, Use } from "./groups.js";

interface Asked {
  readonly work: () => boolean;
  readonly written: (written: boolean) => void;
  readonly failed: (error: unknown) => void;
}

/** Commits in groups. `use` runs a whole transaction, and runs it anew while somebody else holds the database. */
export function groupCommit(database: Database, use: Use): Commit {
  let waiting: Asked[] = [];
  const flush = (): void => {
    const group = waiting;
    waiting = [];
    void commitAll(database, use, group);
  };
  return (work) =>
    new Promise((written, failed) => {
      if (waiting.push({ work, written, failed }) === 1) setImmediate(flush); // once all that has arrived by now has been heard
    });
}

// Never rejects.
async function commitAll(database: Database, use: Use, group: readonly Asked[]): Promise<void> {
  let rest = group;
  while (rest.length > 0) {
    let broken: Asked | undefined;
    try {
      const written: boolean[] = await use(() => {
        broken = undefined;
        return together(database, rest, (asked) => (broken = asked));
      });
      rest.forEach((asked, at) => asked.written(written[at] === true));
      return;
    } catch (error) {
      // One that can't be written is told so, and all is done anew without it. When the transaction itself failed, nobody's is there.
      const told = broken === undefined ? rest : [broken];
      for (const { failed } of told) failed(error);
      rest = rest.filter((asked) => !told.includes(asked));
    }
  }
}

// Whether each was written. Where no version was the expected one there is nothing to commit, and nothing to wait for.
function together(database: Database, group: readonly Asked[], isBroken: (asked: Asked) => void): boolean[] {
  const written: boolean[] = [];
  transact(database, () => {
    for (const asked of group) {
      try {
        written.push(asked.work());
      } catch (error) {
        isBroken(asked);
        throw error;
      }
    }
    return written.includes(true);
  });
  return written;
}
