// Chance from a seed: the same seed, the same draws (mulberry32).

/** Draws that a printed seed repeats. */
export function createRandom(seed) {
  let state = Math.imul(seed, 0x9e3779b9);
  const bits = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (limit) => (limit * bits()) / 2 ** 32;
  return {
    /** One of the list. */
    pick: (list) => list[bits() % list.length],
    /** A number from 0 to `limit`, with a fraction. */
    below,
    /** True so often. */
    chance: (probability) => below(1) < probability,
  };
}
