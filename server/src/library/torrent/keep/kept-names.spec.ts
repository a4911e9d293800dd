import { parseMediaPath } from '../../naming/parse-media-path.js';
import { contentsOf } from '../torrent-contents.js';
import { torrentFile, torrentMetadata } from '../testing.js';
import { harmless, keptNames } from './kept-names.js';

const hash = 'a'.repeat(40);
const kept = (...given: Parameters<typeof torrentMetadata>): string[] => {
  const contents = contentsOf(torrentMetadata(...given));
  if (!contents) throw new Error('nothing to play');
  return keptNames(contents, new Set(contents.files.map(({ info }) => info.index))).map(({ path }) => path);
};

test('a film gets its title and year, subtitles and extras go along', () => {
  const files = [
    torrentFile(0, 'M/Metropolis.1927.1080p.mkv', 900),
    torrentFile(1, 'M/Subs/2_German.forced.srt', 9),
    torrentFile(2, 'M/Subs/English.srt', 9),
    torrentFile(3, 'M/Making of.mp4', 90),
  ];
  expect(kept(hash, 'Metropolis', files, { year: 1927 })).toEqual([
    'Metropolis (1927)/Metropolis (1927).mkv',
    'Metropolis (1927)/Metropolis (1927).de.forced.srt',
    'Metropolis (1927)/Metropolis (1927).en.srt',
    'Metropolis (1927)/Extras/Making of.mp4',
  ]);
});

test('a pack becomes seasons, as the scanner reads them; a number twice is two versions', () => {
  const numbered = (index: number, episodes: number[], name: string) =>
    torrentFile(index, name, 500, { season: 2, episodes });
  const files = [numbered(0, [1], 'a.mkv'), numbered(1, [2, 3], 'b.mkv'), numbered(2, [1], 'c.720p.mkv')];
  const paths = kept(hash, 'Harbour', files);
  expect(paths).toEqual([
    'Harbour/Season 02/Harbour - S02E01.mkv',
    'Harbour/Season 02/Harbour - S02E02-E03.mkv',
    'Harbour/Season 02/Harbour - S02E01 - 2.mkv',
  ]);
  const read = paths.map((path) => parseMediaPath(path));
  expect(read).toMatchObject([
    { season: 2, episodes: [1] },
    { season: 2, episodes: [2, 3] },
    { episodes: [1] },
  ]);
  expect(read.every(({ title }) => title === 'Harbour')).toBe(true);
});

test.each([
  ['../../etc/passwd', 'etc passwd'],
  ['a/b\\c:d*e?f"g<h>i|j', 'a b c d e f g h i j'],
  ['...', 'Untitled'],
  ['.hidden', 'hidden'],
  ['Trailing dots...  ', 'Trailing dots'],
  ['a\0b\nc', 'a b c'],
  ['', 'Untitled'],
])('%j is no more than a name', (name, expected) => expect(harmless(name)).toBe(expected));

test('no name of a torrent leads out of its folder', () => {
  const paths = kept(hash, '../../../tmp/evil', [torrentFile(0, '../../x/..mkv', 10)]);
  for (const path of paths) expect(path.split('/')).not.toContain('..');
});
