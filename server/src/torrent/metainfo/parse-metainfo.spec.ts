import parseTorrent from 'parse-torrent';
import { cleanMetainfo } from './clean-metainfo.js';
import { parseMetainfo } from './parse-metainfo.js';
import { fileEntry, torrentBytes, type TorrentShape } from './testing/torrent-bytes.js';
import type { TorrentFault } from './torrent-invalid.js';
import { faultOf } from './testing/fault-of.js';

const accepted: [what: string, shape: TorrentShape][] = [
  ['one file', {}],
  ['several files', { files: [fileEntry(['a.mkv'], 700_000), fileEntry(['Subs', 'a.srt'], 4000)] }],
  ['an empty file among others', { files: [fileEntry(['a.mkv'], 700_000), fileEntry(['empty.nfo'], 0)] }],
  ['padding', { files: [fileEntry(['a'], 1), fileEntry(['.pad', '262143'], 262_143, { attr: 'p' }), fileEntry(['b'], 5)] }],
  ['a name in UTF-8', { name: 'Der stille Obstgärten – 静かな果樹園' }],
  ['a name in another encoding beside one in UTF-8', { name: new Uint8Array([0xe4]), info: { 'name.utf-8': 'ä' } }],
  ['no UTF-8 at all', { name: new Uint8Array([0x66, 0xe4, 0xff]) }],
  ['private', { info: { private: 1 } }],
  ['not private', { info: { private: 0 } }],
  ['private by a text', { info: { private: '0' } }],
  ['keys that are nobody’s', { info: { source: 'x', 'zz custom': [1, 'two'] } }],
  ['a hybrid', { info: { 'meta version': 2, 'file tree': new Map([['ä.mkv', new Map([['', new Map([['length', 1_000_000]])]])]]) } }],
  ['the largest piece', { pieceLength: 16 * 1024 * 1024, length: 3 * 1024 ** 3 }],
  ['trackers in tiers', { root: { 'announce-list': [['http://a.example.org/', 'udp://b.example.org:1'], ['http://a.example.org/']] } }],
]; // prettier-ignore

test.each(accepted)('reads as the engine does: %s', async (_what, shape) => {
  const bytes = torrentBytes(shape);
  const ours = parseMetainfo(bytes);
  const theirs = await parseTorrent(bytes);
  expect(ours.infoHash).toBe(theirs.infoHash);
  expect(ours.files.map(({ length, offset }) => ({ length, offset }))).toEqual(
    theirs.files?.map(({ length, offset }) => ({ length, offset })),
  );
  expect(ours.files.map(({ index }) => index)).toEqual(ours.files.map((_file, index) => index));
  expect([ours.pieceCount, ours.pieceLength, ours.size, ours.private]).toEqual([
    theirs.pieces?.length,
    theirs.pieceLength,
    theirs.length,
    theirs.private ?? false,
  ]);
});

const refused: [what: string, shape: TorrentShape, reason: TorrentFault][] = [
  ['a negative size', { length: -1 }, 'bad-field'],
  ['a negative size of one file', { files: [fileEntry(['a'], -5), fileEntry(['b'], 10)] }, 'bad-field'],
  ['sizes that add up to more than there is', { files: Array.from({ length: 3 }, () => fileEntry(['a'], 2 ** 52)), pieces: new Uint8Array(20) }, 'bad-field'],
  ['no size', { length: 'many' }, 'missing-field'],
  ['pieces too few', { pieces: new Uint8Array(60) }, 'piece-count-mismatch'],
  ['pieces too many', { pieces: new Uint8Array(100) }, 'piece-count-mismatch'],
  ['checksums cut off', { pieces: new Uint8Array(79) }, 'bad-field'],
  ['no checksums', { pieces: '' }, 'missing-field'],
  ['checksums that are a number', { pieces: 5 }, 'missing-field'],
  ['nothing in it', { length: 0, pieces: '' }, 'missing-field'],
  ['50 001 pieces', { pieceLength: 16_384, length: 16_384 * 50_001 }, 'too-many-pieces'],
  ['pieces of nothing', { pieceLength: 0 }, 'piece-length'],
  ['tiny pieces', { pieceLength: 512, length: 512 }, 'piece-length'],
  ['huge pieces', { pieceLength: 2 ** 25 }, 'piece-length'],
  ['negative pieces', { pieceLength: -262_144 }, 'piece-length'],
  ['pieces by a text', { pieceLength: '262144' }, 'missing-field'],
  ['5 001 files', { files: Array.from({ length: 5001 }, (_, index) => fileEntry([`${index}`], 1)) }, 'too-many-files'],
  ['no files', { files: [] }, 'bad-field'],
  ['files that are a text', { files: 'a.mkv' }, 'bad-field'],
  ['files that are texts', { files: ['a.mkv'] }, 'bad-field'],
  ['a file without a path', { files: [new Map([['length', 5]])] }, 'missing-field'],
  ['an empty path', { files: [fileEntry([], 5)] }, 'missing-field'],
  ['a path of nothing', { files: [fileEntry(['', '.'], 5)] }, 'bad-field'],
  ['a path of numbers', { files: [new Map<string, number | number[]>([['length', 5], ['path', [1]]])] }, 'bad-field'],
  ['a path of 33 folders', { files: [fileEntry(Array.from({ length: 33 }, () => 'a'), 5)] }, 'too-deep'],
  ['a name of 2 000 bytes', { files: [fileEntry(['a'.repeat(2000)], 5)] }, 'bad-field'],
  ['a folder above', { files: [fileEntry(['..', 'evil'], 5)] }, 'path-traversal'],
  ['a folder above, inside a name', { files: [fileEntry(['a/../../evil'], 5)] }, 'path-traversal'],
  ['a folder above, Windows’ way', { files: [fileEntry(['..\\evil'], 5)] }, 'path-traversal'],
  ['a folder above, with blanks', { files: [fileEntry([' .. ', 'evil'], 5)] }, 'path-traversal'],
  ['a path from the root', { files: [fileEntry(['/etc/passwd'], 5)] }, 'path-traversal'],
  ['a path from a drive', { files: [fileEntry(['C:\\Windows\\x.dll'], 5)] }, 'path-traversal'],
  ['NUL in a path', { files: [fileEntry(['a.mkv\0.exe'], 5)] }, 'path-traversal'],
  ['the only file above', { name: '../../evil' }, 'path-traversal'],
  ['a torrent named above', { name: '../../evil', files: [fileEntry(['a'], 5)] }, 'path-traversal'],
  ['no name', { name: '' }, 'missing-field'],
  ['a name that is a number', { name: 7 }, 'missing-field'],
  ['version 2 only', { pieces: '', info: { 'meta version': 2, 'file tree': new Map() } }, 'v2-only'],
]; // prettier-ignore

test.each(refused)('refuses %s', (_what, shape, reason) => {
  expect(faultOf(() => parseMetainfo(torrentBytes(shape)))).toBe(reason);
});

const latin = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const raw: [what: string, bytes: Uint8Array, reason: TorrentFault][] = [
  ['nothing', new Uint8Array(), 'not-bencoded'],
  ['a page', latin('<!doctype html><title>404</title>'), 'not-bencoded'],
  ['a list', latin('le'), 'not-bencoded'],
  ['an info that is a text', latin('d4:info4:spame'), 'missing-field'],
  ['no info', latin('d8:announce3:urle'), 'missing-field'],
  ['9 MB', new Uint8Array(9 * 1024 * 1024), 'too-large'],
  ['info said twice', latin('d4:infode4:infodee'), 'not-bencoded'],
  ['info out of order', latin('d4:infod12:piece lengthi16384e6:lengthi1e4:name1:a6:pieces20:aaaaaaaaaaaaaaaaaaaaee'), 'not-canonical'],
]; // prettier-ignore
test.each(raw)('refuses %s', (_what, bytes, reason) => {
  expect(faultOf(() => parseMetainfo(bytes))).toBe(reason);
});

test('a refusal says whether it was no torrent or one that is not taken', () => {
  const code = (shape: TorrentShape): string => {
    try {
      return parseMetainfo(torrentBytes(shape)).infoHash;
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  expect(code({ pieces: new Uint8Array(79) })).toBe('TORRENT_INVALID');
  expect(code({ name: '../x' })).toBe('TORRENT_REFUSED');
});

test('the infohash is that of the original bytes, not of what was understood of them', () => {
  const known = latin('d4:infod6:lengthi1e4:name1:a12:piece lengthi16384e6:pieces20:aaaaaaaaaaaaaaaaaaaaee');
  // printf 'd6:lengthi1e4:name1:a12:piece lengthi16384e6:pieces20:aaaaaaaaaaaaaaaaaaaae' | sha1sum
  expect(parseMetainfo(known).infoHash).toBe('4de9b0e9855b349178fb7a42f37dc0f2fac3018d');
});

test('what stands beside the info may be odd, and is left out where it makes no sense', () => {
  const odd = torrentBytes({
    root: {
      announce: ['http://a.example.org'],
      'announce-list': [['http://b.example.org', 5], 'udp://c.example.org:1', [['deeper']]],
      'url-list': 'http://seed.example.org/',
      'creation date': -5,
      comment: 17,
      'created by': 'x',
    },
  });
  expect(parseMetainfo(odd)).toMatchObject({
    trackers: ['http://b.example.org', 'udp://c.example.org:1'],
    webSeeds: ['http://seed.example.org/'],
    createdAt: null,
    comment: null,
    createdBy: 'x',
  });
});

describe('clean-metainfo', () => {
  const before = parseMetainfo(
    torrentBytes({
      root: {
        announce: 'http://10.0.0.1/announce',
        'url-list': ['http://127.0.0.1/'],
        httpseeds: ['http://127.0.0.1/'],
        nodes: [['127.0.0.1', 6881]],
        comment: 'evil\u202etxt.exe',
        'creation date': 1_700_000_000,
      },
    }),
  );

  test('keeps the infohash, and only what it is told to keep', async () => {
    const bytes = cleanMetainfo(before, {
      trackers: ['http://t.example.org/a', 'udp://u.example.org:1'],
      webSeeds: [],
    });
    const after = parseMetainfo(bytes);
    expect(after.infoHash).toBe(before.infoHash);
    expect((await parseTorrent(bytes)).announce).toEqual(['http://t.example.org/a', 'udp://u.example.org:1']);
    expect(after).toMatchObject({
      webSeeds: [],
      comment: 'eviltxt.exe',
      createdAt: new Date(1_700_000_000_000),
    });
    const text = Buffer.from(bytes).toString('latin1');
    expect(text).not.toMatch(/127\.0\.0\.1|10\.0\.0\.1|nodes|httpseeds|url-list/);
  });

  test('with nothing to keep there is only the info', () => {
    const bare = parseMetainfo(torrentBytes());
    expect(cleanMetainfo(bare, { trackers: [], webSeeds: [] })).toEqual(
      new Uint8Array([...latin('d4:info'), ...bare.info, ...latin('e')]),
    );
  });

  test('web seeds that may stay do', () => {
    const kept = parseMetainfo(
      cleanMetainfo(before, { trackers: [], webSeeds: ['https://archive.example.org/x'] }),
    );
    expect(kept.webSeeds).toEqual(['https://archive.example.org/x']);
  });
});
