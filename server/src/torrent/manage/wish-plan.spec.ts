import type { FilePriority } from '@hearth/contract/torrent';
import { type Candidate, isSeeded, planWishes, wantedFiles } from './wish-plan.js';

const wanted = new Map<number, FilePriority>([[0, 'normal']]);
const candidate = (infoHash: string, facts: Partial<Candidate> = {}): Candidate => ({
  ...{ infoHash, paused: false, download: true, kept: false, complete: false, addedAt: 1, wanted },
  ...{ uploaded: 0, wantedBytes: 1000, seededSeconds: 0 },
  ...facts,
});
const settings = { maxActive: 2, seedRatio: 1, seedMinutes: 60 };
const free = { holdsDownloads: false, holdsSeeding: false };
const brief = (
  candidates: Candidate[],
  limits = free,
  own: Partial<typeof settings> = {},
): Record<string, string> =>
  Object.fromEntries(
    [...planWishes(candidates, { ...settings, ...own }, limits)].map(([hash, { wishes, holding }]) => [
      hash,
      [
        ...(wishes.paused ? ['paused'] : []),
        ...(wishes.priorities.size > 0 ? ['wants'] : []),
        ...(wishes.seed ? ['seeds'] : []),
        ...(holding ? [`(${holding})`] : []),
      ].join(' '),
    ]),
  );

const done = { complete: true };
test.each<[string, Partial<Candidate>, Parameters<typeof brief>[1], Partial<typeof settings>, string]>([
  ['one to download', {}, free, {}, 'wants'],
  ['one to watch', { download: false }, free, {}, ''],
  ['one that is kept', { download: false, kept: true }, free, {}, 'wants'],
  ['a paused one', { paused: true }, free, {}, 'paused wants'],
  ['a paused one to watch', { paused: true, download: false }, free, {}, 'paused'],
  ['a pause of downloads', {}, { ...free, holdsDownloads: true }, {}, '(schedule)'],
  ['a complete one', done, free, {}, 'wants seeds'],
  ['a complete one while downloads pause', done, { ...free, holdsDownloads: true }, {}, 'wants seeds'],
  ['a complete one while seeding pauses', done, { ...free, holdsSeeding: true }, {}, 'wants (schedule)'],
  ['given once', { ...done, uploaded: 1000 }, free, {}, 'wants (seeded)'],
  ['given for an hour', { ...done, seededSeconds: 3600 }, free, {}, 'wants (seeded)'],
  ['no room for any', {}, free, { maxActive: 0 }, '(queued)'],
  ['no seeding wished', done, free, { seedRatio: 0, seedMinutes: 0 }, 'wants (seeded)'],
])('%s', (_, facts, limits, own, expected) => {
  expect(brief([candidate('a', facts)], limits, own)).toEqual({ a: expected });
});

test('the oldest are fetched first; paused, complete and watched ones take no place', () => {
  const all = [
    candidate('newest', { addedAt: 9 }),
    candidate('first', { addedAt: 1 }),
    candidate('paused', { addedAt: 0, paused: true }),
    candidate('done', { addedAt: 0, complete: true }),
    candidate('watched', { addedAt: 0, download: false }),
    candidate('second', { addedAt: 2 }),
  ];
  expect(brief(all)).toMatchObject({ first: 'wants', second: 'wants', newest: '(queued)' });
});

test.each([
  [999, 0, 1, 0, false],
  [1000, 0, 1, 0, true],
  [0, 1e9, 1, 0, false],
  [1e9, 59, 0, 1, false],
  [0, 60, 0, 1, true],
  [0, 60, 2, 1, true],
  [0, 0, 0, 0, true],
])(
  '%d bytes in %d s by a ratio of %d and %d min: %p',
  (uploaded, seededSeconds, seedRatio, seedMinutes, is) => {
    expect(isSeeded({ uploaded, seededSeconds, wantedBytes: 1000 }, { seedRatio, seedMinutes })).toBe(is);
  },
);

test('what can be played and its subtitles are wanted, unless somebody chose', () => {
  const files = [
    { index: 0, kind: 'video' as const, playable: true },
    { index: 1, kind: 'subtitle' as const, playable: false },
    { index: 3, kind: 'other' as const, playable: false },
    { index: 4, kind: 'video' as const, playable: false },
  ];
  expect([...wantedFiles(files, {})]).toEqual([[0, 'normal'], [1, 'normal']]); // prettier-ignore
  expect([...wantedFiles(files, { '*': 'skip', 3: 'low' })]).toEqual([[3, 'low']]);
  // What is kept is fetched as well, and is no choice of anybody's.
  expect([...wantedFiles(files, { '*': 'skip', 1: 'low' }, [0, 1])]).toEqual([[0, 'normal'], [1, 'low']]); // prettier-ignore
  expect([...wantedFiles(files, { 0: 'skip', 3: 'high', 9: 'high' })]).toEqual([[1, 'normal'], [3, 'high']]); // prettier-ignore
});
