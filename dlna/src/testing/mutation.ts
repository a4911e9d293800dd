/** Numbers from a seed (mulberry32): what breaks a parser once breaks it again. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Mutation = (text: string, at: number, to: number, piece: string) => string;

const mutations: readonly Mutation[] = [
  (text, at, to) => text.slice(0, at) + text.slice(to),
  (text, at, to) => text.slice(0, to) + text.slice(at),
  (text, at) => text.slice(0, at),
  (text, at, _to, piece) => text.slice(0, at) + piece + text.slice(at),
  (text, at, to, piece) => text.slice(0, at) + piece + text.slice(to),
  (text, at, to, piece) => text.slice(0, at) + piece.repeat(1 + (to % 40)) + text.slice(at),
  (text, at) => text.slice(0, at) + String.fromCharCode((at * 7919) % 65536) + text.slice(at + 1),
];

/** One of the texts with one to four things gone wrong; `pieces` are put where they don't belong. */
export function mutated(texts: readonly string[], pieces: readonly string[], random: () => number): string {
  const below = (limit: number): number => Math.floor(random() * limit);
  let text = texts[below(texts.length)] ?? '';
  for (let left = 1 + below(4); left > 0; left--) {
    const at = below(text.length + 1);
    const to = Math.min(text.length, at + below(30));
    text = mutations[below(mutations.length)]?.(text, at, to, pieces[below(pieces.length)] ?? '') ?? text;
  }
  return text;
}

export interface Ordeal {
  readonly texts: readonly string[];
  readonly pieces: readonly string[];
  /** Errors of these classes are answers; any other is a fault. */
  readonly own: readonly (new (...args: never[]) => Error)[];
  readonly runs?: number;
  readonly seed?: number;
}

export interface OrdealResult {
  readonly runs: number;
  /** How many were read, so that a parser that refuses all is noticed. */
  readonly read: number;
  /** Inputs that threw what they should not. */
  readonly faults: readonly string[];
  /** Inputs that took longer than 20 ms three times. */
  readonly slow: readonly string[];
}

/** Feeds a parser mutants; 20 000 unless told. */
export function ordeal(
  parse: (text: string) => unknown,
  { texts, pieces, own, runs = 20_000, seed = 4 }: Ordeal,
) {
  const random = randomFrom(seed);
  const faults: string[] = [];
  const slow: string[] = [];
  let read = 0;
  const once = (text: string): number => {
    const began = performance.now();
    try {
      parse(text);
      read++;
    } catch (error) {
      if (!own.some((kind) => error instanceof kind)) faults.push(`${String(error)}: ${text.slice(0, 500)}`);
    }
    return performance.now() - began;
  };
  for (let run = 0; run < runs; run++) {
    const text = mutated(texts, pieces, random);
    // A pause of the machine doesn't come back; a slow parser does.
    if (once(text) > 20 && once(text) > 20 && once(text) > 20) slow.push(text.slice(0, 500));
  }
  return { runs, read, faults: faults.slice(0, 5), slow: slow.slice(0, 5) } satisfies OrdealResult;
}
