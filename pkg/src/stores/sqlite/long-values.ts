/**
 * Values longer than the database takes in one row: the first piece stays with the group, the rest is kept beside it. Most
 * databases take any length; a Durable Object takes 2 MB.
 */
import type { Database } from "./driver.js";

/** What a group's value is written and read with, inside the transaction of the group. */
export interface LongValues {
  /** The piece that stays with the group. */
  firstOf(value: string): string;
  /** Keeps what comes after it. */
  putRest(key: string, value: string): void;
  /** The value that begins with this piece. */
  whole(key: string, first: string): string;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS group_rests (key TEXT NOT NULL, at INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (key, at)) STRICT;
`;

/** For this database; its table is made when there has to be one. */
export function longValues(database: Database): LongValues {
  const { longestText } = database;
  if (longestText === undefined) return { firstOf: (value) => value, putRest: () => undefined, whole: (_, first) => first };

  database.exec(SCHEMA);
  const clear = database.prepare("DELETE FROM group_rests WHERE key = ?");
  const add = database.prepare("INSERT INTO group_rests (key, at, text) VALUES (?, ?, ?)");
  const read = database.prepare("SELECT text FROM group_rests WHERE key = ? ORDER BY at");
  // Shorter by one where a pair of surrogates would be cut. Only a first piece of such a length can have a rest.
  const endOf = (value: string, begin: number): number => {
    const end = begin + longestText;
    return end < value.length && isHighSurrogate(value.charCodeAt(end - 1)) ? end - 1 : end;
  };
  const canHaveRest = (first: string): boolean => first.length >= longestText - 1;

  return {
    firstOf: (value) => value.slice(0, endOf(value, 0)),
    putRest(key, value) {
      if (!canHaveRest(value)) return; // a rest of earlier times is not looked at
      clear.run(key);
      for (let begin = endOf(value, 0); begin < value.length; ) {
        const end = endOf(value, begin);
        add.run(key, begin, value.slice(begin, end));
        begin = end;
      }
    },
    whole: (key, first) => (canHaveRest(first) ? [first, ...read.all(key).map((row) => String(row["text"]))].join("") : first),
  };
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
