import { torrentMetadata } from '@hearth/contract/torrent';
import { describe as describeTorrent, withoutPasskey } from './describe.js';
import { parseLink } from './parse-link.js';
import { parseMetainfo } from './parse-metainfo.js';
import { fileEntry, torrentBytes, type TorrentShape } from './testing/torrent-bytes.js';

const MB = 1024 * 1024;
const described = (shape: TorrentShape) =>
  describeTorrent(parseMetainfo(torrentBytes({ pieceLength: 16 * MB, ...shape })));
const files = (...list: [path: string, size: number][]) =>
  list.map(([path, size]) => fileEntry(path.split('/'), size));

test('a film with its subtitles, in the shape of the contract', () => {
  const metadata = described({
    name: 'The.Quiet.Orchard.2014.1080p.BluRay.x264.DTS-GRP',
    files: files(
      ['The.Quiet.Orchard.2014.1080p.BluRay.x264.DTS-GRP.mkv', 8000 * MB],
      ['Subs/English.srt', 90_000],
      ['Sample/the.quiet.orchard.sample.mkv', 60 * MB],
      ['poster.jpg', 200_000],
      ['release.nfo', 3000],
    ),
    root: { comment: 'made at home', 'created by': 'mktorrent 1.1', 'creation date': 1_700_000_000 },
  });
  expect(torrentMetadata.parse(metadata)).toEqual(metadata);
  expect(metadata).toMatchObject({
    guess: {
      title: 'The Quiet Orchard',
      year: 2014,
      resolution: '1080p',
      source: 'BluRay',
      videoCodec: 'x264',
      audioCodec: 'DTS Lossy',
    },
    bestFileIndex: 0,
    warnings: [],
    private: false,
    comment: 'made at home',
    createdAt: '2023-11-14T22:13:20.000Z',
  });
  expect(metadata.files.map(({ kind, playable }) => [kind, playable])).toEqual([
    ['video', true],
    ['subtitle', false],
    ['video', true],
    ['image', false],
    ['other', false],
  ]);
  expect(parseLink(metadata.magnet)).toMatchObject({ infoHash: metadata.infoHash, name: metadata.name });
});

const best: [what: string, list: [path: string, size: number][], index: number | null][] = [
  ['the largest film', [['a.mkv', 700 * MB], ['b.mkv', 900 * MB]], 1],
  ['not a large sample', [['Sample/film-sample.mkv', 900 * MB], ['film.mkv', 700 * MB]], 1],
  ['a film that is called after a trailer', [['The Trailer (2012).mkv', 900 * MB], ['Extras/a.mkv', 950 * MB]], 0],
  ['a sample where there is nothing else', [['sample.mkv', 20 * MB]], 0],
  ['the first episode of a pack', [['Show.S01E02.mkv', 900 * MB], ['Show.S01E01.mkv', 700 * MB], ['Show.S00E01.mkv', 800 * MB]], 1],
  ['episode 2 before episode 10', [['Show/10.mkv', 900 * MB], ['Season 1/Show - 02.mkv', 700 * MB], ['Season 1/Show - 10.mkv', 700 * MB]], 0],
  ['not a short web episode', [['Show.S01E02.mkv', 900 * MB], ['Show.S01E01.Recap.mkv', 30 * MB]], 0],
  ['music in its order', [['CD1/10 - c.flac', 30 * MB], ['CD1/2 - b.flac', 40 * MB], ['cover.jpg', 5 * MB]], 1],
  ['video before larger audio', [['a.flac', 900 * MB], ['b.mp4', 100 * MB]], 1],
  ['nothing', [['a.iso', 900 * MB], ['empty.mkv', 0]], null],
  ['not what poses as a film', [['film.mkv.exe', 900 * MB], ['film.mp4', 300 * MB]], 1],
]; // prettier-ignore
test.each(best)('plays first: %s', (_what, list, index) => {
  expect(described({ files: files(...list) }).bestFileIndex).toBe(index);
});

const guesses: [name: string, path: string, guess: object][] = [
  ['The Harbour S02 1080p WEB-DL', 'Season 2/03 - The Wind.mkv', { title: 'The Harbour', season: 2, episodes: [3], resolution: '1080p', source: 'WEB-DL' }],
  ['The Harbour', 'Season 2/03.mkv', { title: 'The Harbour', season: 2, episodes: [3] }],
  ['The Harbour', 'Season 2/Episode 4.mkv', { title: 'The Harbour', season: 2, episodes: [4] }],
  ['The Harbour (2019)', 'The.Harbour.S01E05E06.720p.mkv', { title: 'The Harbour', year: 2019, season: 1, episodes: [5, 6], resolution: '720p' }],
  ['The Harbour S01-S03', 'x.mkv', { episodes: [] }],
]; // prettier-ignore
test.each(guesses)('%s / %s', (name, path, guess) => {
  expect(described({ name, files: files([path, 500 * MB]) }).files[0]?.guess).toMatchObject(guess);
});

test('a year is a number, and no year is null', () => {
  expect(described({ name: 'Orchard', files: files(['Orchard.mkv', MB]) }).files[0]?.guess.year).toBeNull();
});

test('padding is no file, and the others keep their places', () => {
  const metadata = described({
    files: [
      fileEntry(['a.mkv'], 300 * MB),
      fileEntry(['.pad', '1'], MB, { attr: 'p' }),
      fileEntry(['b.mkv'], 500 * MB),
    ],
  });
  expect(metadata.files.map(({ index }) => index)).toEqual([0, 2]);
  expect(metadata.bestFileIndex).toBe(2);
  expect(metadata.size).toBe(800 * MB);
});

const warned: [what: string, shape: TorrentShape, warnings: string[]][] = [
  ['a program', { files: files(['film.mkv', 900 * MB], ['setup.exe', MB]) }, ['executable']],
  ['a film in an archive', { files: files(['film.rar', 900 * MB], ['film.r00', 900 * MB]) }, ['archive', 'no-playable-file']],
  ['an ending that is hidden', { files: files(['film\u202evkm.exe', 900 * MB]) }, ['executable', 'disguised-extension', 'no-playable-file']],
  ['two endings', { files: files(['film.mkv.scr', 900 * MB]) }, ['executable', 'disguised-extension', 'no-playable-file']],
  ['one huge .wmv with a note', { files: files(['film.wmv', 900 * MB], ['codec needed.txt', 900]) }, ['fake-codec', 'single-huge-wmv']],
  ['a note on a password', { files: files(['film.mkv', 900 * MB], ['password.txt', 900]) }, ['password-note']],
  ['a 2160p film of 30 MB', { files: files(['Film.2160p.WEB-DL.mkv', 30 * MB]) }, ['unusual-size']],
  ['a path that had to be changed', { files: files(['a\\b.mkv', 900 * MB]) }, ['path-refused']],
  ['a private one', { files: files(['film.mkv', 900 * MB]), info: { private: 1 } }, ['private']],
  ['addresses that are left out', { files: files(['film.mkv', 900 * MB]), root: { announce: 'http://127.0.0.1/a' } }, ['external-links-removed']],
  ['web seeds that are left out', { files: files(['film.mkv', 900 * MB]), root: { 'url-list': ['ftp://example.org/'] } }, ['external-links-removed']],
  ['a tracker in the house', { files: files(['film.mkv', 900 * MB]), root: { 'announce-list': [['http://t.example.org/a', 'http://nas.local/a']] } }, ['external-links-removed']],
  ['an honest one', { files: files(['film.mkv', 900 * MB], ['film.srt', MB]), root: { announce: 'http://t.example.org/a' } }, []],
]; // prettier-ignore
test.each(warned)('warns of %s', (_what, shape, warnings) => {
  expect(described(shape).warnings).toEqual(warnings);
});

const harmless: [what: string, shape: TorrentShape][] = [
  ['a small clip', { files: files(['demo-1080p.mp4', 2 * MB]) }],
  ['a small clip of a telephone', { files: files(['VID_20190812_1080p.mp4', 9 * MB]) }],
  ['a film of one’s own', { name: 'Holiday 2019', files: files(['Holiday 2019 4K.mp4', 60 * MB]) }],
  ['a film with its sample', { name: 'Film.2014.1080p.BluRay', files: files(['film.mkv', 8000 * MB], ['Sample/film.mkv', 9 * MB]) }],
  ['a film with its trailer', { name: 'Film.2014.1080p.BluRay', files: files(['film.mkv', 8000 * MB], ['film-trailer.mkv', 9 * MB]) }],
  ['no addresses at all', {}],
  ['a web seed', { root: { 'url-list': 'https://x.example.org/f/' } }],
  ['no web seeds, as some programs say it', { root: { 'url-list': '' } }],
  ['the same tracker twice', { root: { 'announce-list': [['http://t.example.org/a', 'http://t.example.org/a ']] } }],
  ['a tracker without its port', { root: { 'announce-list': [['udp://t.example.org/announce', 'udp://t.example.org:80']] } }],
  ['a tracker of a kind that is gone', { root: { announce: 'dht://nodes' } }],
]; // prettier-ignore
test.each(harmless)('does not warn of %s', (_what, shape) => {
  expect(described({ files: files(['film.mkv', 900 * MB]), ...shape }).warnings).toEqual([]);
});

test('what may be asked in the own house is not told as taken out', () => {
  const root = { announce: 'http://127.0.0.1:6969/announce', 'url-list': 'http://10.0.0.2/f/' };
  const metainfo = parseMetainfo(torrentBytes({ root }));
  expect(describeTorrent(metainfo, true).warnings).not.toContain('external-links-removed');
  expect(describeTorrent(metainfo).warnings).toContain('external-links-removed');
});

test('names are harmless, whatever they were', () => {
  const metadata = described({
    name: 'a\u202e\u0001b\n<script>',
    files: [fileEntry(['x\u0007y', '\u200b\u2067.mkv'], 5)],
    root: { comment: '\u0000'.repeat(2000) },
  });
  expect(metadata.name).toBe('a b <script>');
  expect(metadata.files[0]).toMatchObject({ path: 'x y/.mkv', name: '.mkv' });
  expect(metadata.comment).toBeNull();
});

test('a link alone says little, and says so', () => {
  const link = parseLink(
    `magnet:?xt=urn:btih:${'ab'.repeat(20)}&dn=The.Harbour.S01E02.720p.mkv&tr=http://t.example.org/a&ws=http://x.example.org`,
  );
  const metadata = describeTorrent(link);
  expect(torrentMetadata.parse(metadata)).toEqual(metadata);
  expect(metadata).toMatchObject({
    guess: { title: 'The Harbour', season: 1, episodes: [2] },
    size: null,
    files: [],
    bestFileIndex: null,
    warnings: ['external-links-removed'],
    trackers: ['http://t.example.org/a'],
  });
});

test('a private torrent’s passkeys are shown to nobody', () => {
  const key = 'c0ffee00c0ffee00c0ffee00c0ffee00';
  const metadata = described({
    info: { private: 1 },
    root: { announce: `https://t.example.org/${key}/announce` },
  });
  expect(JSON.stringify(metadata)).not.toContain(key);
  expect(metadata.trackers).toEqual(['https://t.example.org/…/announce']);
  expect(withoutPasskey(`http://t.example.org/announce.php?passkey=${key}&x=1`)).toBe(
    'http://t.example.org/announce.php?passkey=…&x=1',
  );
  expect(withoutPasskey('udp://tracker.example.org:6969/announce')).toBe(
    'udp://tracker.example.org:6969/announce',
  );
});

test('5 000 files are described', () => {
  const many = Array.from({ length: 5000 }, (_, index) =>
    fileEntry([`Folder ${index % 7}`, `The Harbour - ${index}.mkv`], 1000),
  );
  const metadata = described({ files: many });
  expect(metadata.files).toHaveLength(5000);
  expect(metadata.files[4999]?.playable).toBe(true);
});
