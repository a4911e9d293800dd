/**
 * Finds what two recordings have in common by their Chromaprint fingerprints: an opening theme, closing credits.
 * A fingerprint is one 32-bit number for each 0.1238 s of sound; two numbers of the same sound differ in a few bits.
 * After the method published by the intro-skipper project: candidate shifts from equal numbers, then a comparison bit by
 * bit along each of them.
 */

/** Seconds between two numbers of a fingerprint: 4096 samples at 11 025 Hz with two thirds of overlap (chromaprint 1.5). */
export const stepSeconds = 4096 / 3 / 11_025;

/** Where the common part lies, in seconds from the start of each fingerprint. */
export interface SharedPart {
  readonly a: Span;
  readonly b: Span;
}
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Numbers of the same sound differ in so many bits at most. */
const mostBits = 6;
/** A gap in the likeness that counts as noise, s. */
const longestGap = 3.5;
/** Shorter likenesses are jingles. s */
const shortestPart = 15;
/** Shifts worth a comparison: those that most equal numbers speak for. */
const shiftsTried = 12;

function bitsOf(value: number): number {
  let bits = value - ((value >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return (((bits + (bits >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/** By how many steps b lies behind a, the shifts that most equal numbers agree on first. */
function candidateShifts(a: Uint32Array, b: Uint32Array): number[] {
  const places = new Map<number, number[]>();
  b.forEach((value, at) => {
    const list = places.get(value);
    if (list) list.push(at);
    else places.set(value, [at]);
  });
  const votes = new Map<number, number>();
  a.forEach((value, at) => {
    const found = places.get(value);
    // Silence gives one number over and over, which says nothing of the shift.
    if (found && found.length <= 20)
      for (const place of found) votes.set(place - at, (votes.get(place - at) ?? 0) + 1);
  });
  return [...votes]
    .sort(([, one], [, other]) => other - one)
    .slice(0, shiftsTried)
    .map(([shift]) => shift);
}

/** The longest run of likeness along one shift, in steps of a. */
function longestRun(a: Uint32Array, b: Uint32Array, shift: number): [start: number, end: number] {
  const gap = Math.round(longestGap / stepSeconds);
  const last = Math.min(a.length, b.length - shift);
  let best: [number, number] = [0, 0];
  let start = -1;
  let alike = -1;
  let hits = 0;
  const close = (): void => {
    // Scattered hits over a long stretch are chance, not likeness.
    if (start >= 0 && alike + 1 - start > best[1] - best[0] && hits > (alike + 1 - start) * 0.5)
      best = [start, alike + 1];
  };
  for (let at = Math.max(0, -shift); at < last; at++) {
    if (bitsOf((a[at] ?? 0) ^ (b[at + shift] ?? 0)) > mostBits) continue;
    if (start < 0 || at - alike > gap) {
      close();
      start = at;
      hits = 0;
    }
    alike = at;
    hits++;
  }
  close();
  return best;
}

/** The longest part two fingerprints share, of 15 s or more; null where there is none. */
export function sharedPart(a: Uint32Array, b: Uint32Array): SharedPart | null {
  let best: { run: [number, number]; shift: number } | null = null;
  for (const shift of candidateShifts(a, b)) {
    const run = longestRun(a, b, shift);
    if (run[1] - run[0] > (best ? best.run[1] - best.run[0] : 0)) best = { run, shift };
  }
  if (!best || (best.run[1] - best.run[0]) * stepSeconds < shortestPart) return null;
  const span = (shift: number): Span => ({
    start: (best.run[0] + shift) * stepSeconds,
    end: (best.run[1] + shift) * stepSeconds,
  });
  return { a: span(0), b: span(best.shift) };
}

/**
 * The part each of several episodes shares with others of its season. Each is compared with its neighbours, which is
 * enough: themes change between seasons, seldom within; the span most of the comparisons agree on counts.
 */
export function sharedParts(fingerprints: readonly Uint32Array[], neighbours = 2): (Span | null)[] {
  const found: Span[][] = fingerprints.map(() => []);
  fingerprints.forEach((a, at) => {
    for (let other = at + 1; other <= at + neighbours && other < fingerprints.length; other++) {
      const shared = sharedPart(a, fingerprints[other] ?? new Uint32Array());
      if (!shared) continue;
      found[at]?.push(shared.a);
      found[other]?.push(shared.b);
    }
  });
  return found.map((spans) => {
    const byLength = [...spans].sort((one, two) => one.end - one.start - (two.end - two.start));
    // Two episodes may share more than the theme (a recap of the same scene): the shorter likeness is the theme.
    return byLength[Math.floor((byLength.length - 1) / 2)] ?? null;
  });
}
