/** A small seeded generator (mulberry32, public domain): the same household is drawn on every machine. */
export type Random = (from?: number, to?: number) => number;

/** @returns numbers in [from, to), by default [0, 1), the same sequence for the same seed */
export function seeded(seed: number): Random {
  let state = seed | 0;
  return (from = 0, to = 1) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return from + (((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * (to - from);
  };
}
