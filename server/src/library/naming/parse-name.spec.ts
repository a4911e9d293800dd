import { parseMediaPath } from './parse-media-path.js';

/** A small seeded generator (mulberry32), so that a failing name can be met again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const PIECES = [
  'S01',
  'E02',
  '1x',
  '-',
  '.',
  ' ',
  '_',
  '[',
  ']',
  '(',
  ')',
  '/',
  '\\',
  '1999',
  '05',
  '第',
  '话',
  'x264',
  'Season',
  'Episode',
  'www.',
  '.com',
  '\u0000',
  '🙂',
  '\ud800',
  'а',
  'of',
  '~',
  '+',
  '10',
  'DD5.1',
  'AKA',
  '{',
  '}',
];

test('any string gives a well-formed answer', () => {
  const random = seeded(7);
  for (let round = 0; round < 2_000; round++) {
    const name = Array.from(
      { length: 1 + Math.floor(random() * 30) },
      () => PIECES[Math.floor(random() * PIECES.length)] ?? '',
    ).join('');
    const parsed = parseMediaPath(name);
    expect(Object.keys(parsed)).toHaveLength(12);
    expect(parsed.title === null || parsed.title.trim() !== '').toBe(true);
    expect(parsed.kind === 'unknown').toBe(parsed.title === null && parsed.kind !== 'episode');
    expect(
      [...parsed.episodes, ...parsed.absoluteEpisodes].every(
        (number) => Number.isInteger(number) && number >= 0,
      ),
    ).toBe(true);
  }
});

/** Patterns that backtrack would take minutes over these; the suite's own limit is the watch. */
test.each(PIECES)('20 000 characters of %p', (piece) => {
  const name = piece.repeat(Math.ceil(20_000 / piece.length));
  expect(() => parseMediaPath(name)).not.toThrow();
  expect(() => parseMediaPath(`Title ${name} S01E02 ${name}`)).not.toThrow();
});

test('the answer has every field, absent ones null', () => {
  expect(parseMediaPath('The Orchard')).toEqual({
    kind: 'movie',
    title: 'The Orchard',
    year: null,
    season: null,
    episodes: [],
    absoluteEpisodes: [],
    date: null,
    resolution: null,
    source: null,
    videoCodec: null,
    audioCodec: null,
    releaseGroup: null,
  });
});
