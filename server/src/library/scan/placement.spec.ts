import type { ParsedName } from '../naming/parsed-name.js';
import { emptyNfo } from '../sidecar/nfo.js';
import { episodeNameOf } from './episode-name.js';
import { isIgnoredFile, isSample, readIgnoreFile } from './ignored-names.js';
import { noNfo, place } from './placement.js';
import { identityOf, letterOf, sortNameOf } from './sort-name.js';
import { qualityOf, readPart, versionLabelOf } from './version-label.js';

const nothing: ParsedName = {
  kind: 'unknown', title: null, year: null, season: null, episodes: [], absoluteEpisodes: [], date: null,
  resolution: null, source: null, videoCodec: null, audioCodec: null, releaseGroup: null,
}; // prettier-ignore
const movie = { ...nothing, kind: 'movie', title: 'Alpha', year: 1999 } as const;
const episode: ParsedName = { ...nothing, kind: 'episode', title: 'Show', season: 2, episodes: [3, 4] };

describe('place', () => {
  test.each<[string, Parameters<typeof place>, object]>([
    ['a film by its name', [movie, noNfo, null], { kind: 'movie', name: 'Alpha', year: 1999 }],
    [
      'a film by its NFO',
      [movie, { ...noNfo, movie: { ...emptyNfo, kind: 'movie', name: 'Beta', year: 2000 } }, null],
      { kind: 'movie', name: 'Beta', year: 2000 },
    ],
    [
      'the year of the name where the NFO has none',
      [movie, { ...noNfo, movie: { ...emptyNfo, kind: 'movie', name: 'Beta' } }, null],
      { name: 'Beta', year: 1999 },
    ],
    ['an NFO with ids only', [movie, { ...noNfo, movie: emptyNfo }, null], { name: 'Alpha', year: 1999 }],
    [
      'a nameless file with an NFO',
      [nothing, { ...noNfo, movie: { ...emptyNfo, kind: 'movie', name: 'Beta' } }, null],
      { kind: 'movie', name: 'Beta' },
    ],
    [
      'nothing sensible',
      [nothing, noNfo, null],
      { kind: 'unmatched', reason: expect.stringMatching(/name/) as string },
    ],
    [
      'a person above all',
      [movie, noNfo, { kind: 'episode', name: 'Show', year: null, season: 0, episodes: [1] }],
      { kind: 'episode', season: 0, numbers: [1] },
    ],
    [
      'several episodes',
      [episode, noNfo, null],
      { kind: 'episode', name: 'Show', season: 2, numbers: [3, 4], absolute: [] },
    ],
    [
      'a series by tvshow.nfo',
      [episode, { ...noNfo, series: { ...emptyNfo, kind: 'series', name: 'Real', year: 2010 } }, null],
      { name: 'Real', year: 2010, season: 2 },
    ],
    [
      'numbers by NFO',
      [
        episode,
        {
          ...noNfo,
          episodes: [{ ...emptyNfo, kind: 'episode', season: 5, episode: 6, airDate: '2011-01-02' }],
        },
        null,
      ],
      { season: 5, numbers: [6], airDate: '2011-01-02' },
    ],
    [
      'an absolute number',
      [{ ...episode, season: null, episodes: [], absoluteEpisodes: [115] }, noNfo, null],
      { season: 1, numbers: [115], absolute: [115] },
    ],
    [
      'a date',
      [{ ...episode, season: null, episodes: [], date: '2023-02-13' }, noNfo, null],
      { season: 2023, numbers: [213], airDate: '2023-02-13' },
    ],
    ['a season without numbers', [{ ...episode, episodes: [] }, noNfo, null], { kind: 'unmatched' }],
    [
      'an episode of nothing',
      [{ ...episode, title: null }, noNfo, null],
      { kind: 'unmatched', reason: expect.stringMatching(/series/) as string },
    ],
  ])('%s', (_, args, expected) => {
    expect(place(...args)).toMatchObject(expected);
  });
});

test.each([
  ['The Thing', 'thing', 'T'],
  ['Die Hard', 'hard', 'H'],
  ['L’Avventura', 'avventura', 'A'],
  ['Les Misérables', 'miserables', 'M'],
  ['El Niño', 'nino', 'N'],
  ['A', 'a', 'A'],
  ['The', 'the', 'T'],
  ['2 Fast', '00002 fast', '#'],
  ['Amélie', 'amelie', 'A'],
  ['Ævar & Ölaf', 'aevar and olaf', 'A'],
  ['七人の侍', '七人の侍', '七'],
  ['Сталкер', 'сталкер', 'С'],
  ['ガンダム', 'ガンダム', 'ガ'],
  ['…', '…', '#'],
])('%p is sorted as %p under %p', (name, sortName, letter) => {
  expect(sortNameOf(name)).toBe(sortName);
  expect(letterOf(sortNameOf(name))).toBe(letter);
});

test.each([
  ['Spider-Man: No Way Home', 'spider man - no way home'],
  ['Law & Order', 'Law and Order'],
  ['Amélie', 'AMELIE'],
  ["Schindler's List", 'Schindlers List'],
])('%p and %p are one title', (a, b) => {
  expect(identityOf(a, 2000)).toBe(identityOf(b, 2000));
  expect(identityOf(a, 2000)).not.toBe(identityOf(b, 2001));
});

test.each([
  ['Alpha (1999) Director’s Cut 1080p.mkv', 1080, null, 'Director’s Cut · 1080p'],
  ['Alpha.1999.Directors.Cut.2160p.mkv', 2160, null, 'Director’s Cut · 2160p'],
  ['Alpha {edition-Fan Edit}.mkv', null, null, 'Fan Edit'],
  ['Alpha CD2.mkv', 480, 2, 'Part 2 · 480p'],
  ['Alpha.mkv', null, null, null],
])('the version of %p is %p', (name, height, part, label) => {
  expect(versionLabelOf(name, movie, height, part)).toBe(label);
});

test('a film called after an edition is not one', () => {
  expect(versionLabelOf('Final Cut (1998).mkv', { ...movie, title: 'Final Cut' }, null, null)).toBeNull();
});

test.each([[2160, '2160p'], [1080, '1080p'], [1038, '1080p'], [720, '720p'], [576, '576p'], [108, '108p']])('%d lines are %p', (height, quality) => {
  expect(qualityOf(height)).toBe(quality);
}); // prettier-ignore

test.each([
  ['Film CD1', false, { stem: 'Film', part: 1 }],
  ['Film.disc2', false, { stem: 'Film', part: 2 }],
  ['Film part 2', true, { stem: 'Film', part: 2 }],
  ['Film part 2', false, null],
  ['Film', true, null],
])('%p (part words: %p) is part %p', (base, words, expected) => {
  expect(readPart(base, words)).toEqual(expected);
});

test.each([
  ['Show S01E01 - Pilot.mkv', 'Pilot'],
  ['Show.S01E02.The.Big.Day.1080p.WEB-DL.mkv', 'The Big Day'],
  ['Show - 1x03 - In the Dark.avi', 'In the Dark'],
  ['Show.S01E02E03.720p.mkv', null],
  ['Show 15.mkv', null],
])('the episode in %p is called %p', (name, expected) => {
  expect(episodeNameOf(name)).toBe(expected);
});

test('samples, unfinished downloads and ignore files', () => {
  expect(isSample('film-sample.mkv', 10, 1000)).toBe(true);
  expect(isSample('sample.mkv', 1000, 1000)).toBe(false);
  expect(isSample('sampler.mkv', 1, 1000)).toBe(false);
  expect(['a.mkv.part', 'a.mkv.!qB', 'a.crdownload', '.a.mkv'].every(isIgnoredFile)).toBe(true);
  expect(isIgnoredFile('a.mkv')).toBe(false);
  expect(readIgnoreFile('')('anything')).toBe(true);
  const some = readIgnoreFile('# notes\n*.avi\nOld\n');
  expect([some('a.avi'), some('Old'), some('a.mkv')]).toEqual([true, true, false]);
});
