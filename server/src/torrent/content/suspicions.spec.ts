import { isSingleHugeWmv, suspicionsOfFile, suspiciousPatterns } from './suspicions.js';

const MB = 1024 * 1024;
const file = (name: string, size = MB) => ({
  name,
  ending: /\.([^.]+)$/u.exec(name)?.[1]?.toLowerCase() ?? '',
  size,
  resolution: null,
  video: false,
});

test.each(suspiciousPatterns.names)(
  '$id finds “$matches”, not “$ignores”',
  ({ pattern, matches, ignores }) => {
    const expression = new RegExp(pattern, 'iu');
    expect(expression.test(matches)).toBe(true);
    expect(expression.test(ignores)).toBe(false);
  },
);

test('every pattern says where it comes from', () => {
  const sources = [
    ...suspiciousPatterns.names,
    ...suspiciousPatterns.sizes,
    suspiciousPatterns.executableEndings,
    suspiciousPatterns.archiveEndings,
    suspiciousPatterns.singleHugeWmv,
  ].map(({ source }) => source);
  expect(sources.filter((source) => source.length < 20)).toEqual([]);
});

const honest = [
  'The.Quiet.Orchard.2014.1080p.BluRay.x264-GRP.mkv', 'Show.S01E02.720p.mkv', 'Dr. No (1962).mp4', 'English.srt',
  'film.en.forced.srt', 'The Installer (2010).mkv', 'Media Player Wars.mkv', 'How to Watch Birds.mkv', 'a.b.c.mp3',
  'Codec.mkv', 'cover.jpg', 'release.nfo', 'readme.txt', 'Compass.txt', 'The Password Is Swordfish.mkv', 'film.sub', 'film.idx',
]; // prettier-ignore
test.each(honest)('nothing is wrong with %s', (name) => expect(suspicionsOfFile(file(name))).toEqual([]));

const suspicious: [name: string, warnings: string[]][] = [
  ['Film.2019.avi.exe', ['executable', 'disguised-extension']],
  ['film.mp4 .lnk', ['executable', 'disguised-extension']],
  ['film.mkv                     .com', ['executable', 'disguised-extension']],
  ['DivX-Codec-Pack.exe', ['executable', 'fake-codec']],
  ['read me to play.txt', ['fake-codec']],
  ['MISSING CODEC.html', []],
  ['film.part03.rar', ['archive']],
  ['film.r17', ['archive']],
  ['film.001', ['archive']],
  ['PASSWORD.txt', ['password-note']],
  ['passwort für archiv.txt', ['password-note']],
  ['film.url', ['executable']],
];
test.each(suspicious)('%s', (name, warnings) => expect(suspicionsOfFile(file(name))).toEqual(warnings));

const sizes: [resolution: string | null, size: number, unusual: boolean][] = [
  ['2160p', 50 * MB, true],
  ['2160p', 20_000 * MB, false],
  ['1080p', 10 * MB, true],
  ['1080p', 150 * MB, false],
  ['480p', 10 * MB, false],
  [null, 10 * MB, false],
  [null, 300 * 1024 * MB, true],
];
test.each(sizes)('%s of %d bytes is unusual: %p', (resolution, size, unusual) => {
  const found = suspicionsOfFile({ name: 'a.mkv', ending: 'mkv', size, resolution, video: true });
  expect(found).toEqual(unusual ? ['unusual-size'] : []);
});

test('one huge .wmv', () => {
  const wmv = (size: number) => ({ ending: 'wmv', size });
  expect(isSingleHugeWmv([wmv(700 * MB), { ending: 'txt', size: 100 }])).toBe(true);
  expect(isSingleHugeWmv([wmv(700 * MB), wmv(700 * MB)])).toBe(false);
  expect(isSingleHugeWmv([wmv(100 * MB)])).toBe(false);
  expect(isSingleHugeWmv([wmv(700 * MB), { ending: 'mkv', size: 700 * MB }])).toBe(false);
  expect(isSingleHugeWmv([])).toBe(false);
});

test('hostile names take no time that grows with their square', () => {
  // Only that it answers: a pattern that backtracks through these would hold the suite up for hours.
  for (const part of [' ', '_', '.mkv', 'codec ', 'a.', 'password ']) {
    expect(Array.isArray(suspicionsOfFile(file(part.repeat(20_000))))).toBe(true);
  }
});
