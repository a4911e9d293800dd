import { torrentMetadata } from '@hearth/contract/torrent';
import parseTorrent from 'parse-torrent';
import { specialPurpose } from '../../common/fetch/address-rules.js';
import { sniff } from '../content/sniff.js';
import { cleanMetainfo } from './clean-metainfo.js';
import { describe as describeTorrent } from './describe.js';
import { parseLink, type TorrentLink } from './parse-link.js';
import { type Metainfo, parseMetainfo } from './parse-metainfo.js';
import { faultOf } from './testing/fault-of.js';
import { damaged, mutatedLink, mutatedTorrent, seededRandom } from './testing/mutations.js';

/** More of them, with times and memory: tests/bench/torrent-fuzz.bench.mjs. */
const TORRENTS = 500;
const LINKS = 700;

const HARMFUL = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/u;

function expectHarmless(torrent: Metainfo | TorrentLink): void {
  const metadata = describeTorrent(torrent);
  expect(torrentMetadata.safeParse(metadata).error).toBeUndefined();
  const shown = [
    metadata.name,
    metadata.comment ?? '',
    ...metadata.files.flatMap(({ path, name }) => [path, name]),
  ];
  for (const text of shown) {
    expect(text).not.toMatch(HARMFUL);
    expect(text.isWellFormed()).toBe(true);
  }
  for (const { path, name } of metadata.files) {
    expect(path.split('/').every((part) => !/^\.{0,2}$/u.test(part))).toBe(true);
    expect(name).not.toMatch(/[/\\]/u);
  }
  for (const word of metadata.magnet.split(/[&=]/u)) expect(decodeURIComponent(word)).toBeDefined();
}

test(`${TORRENTS} torrents: refused with a reason, or read as the engine reads them`, async () => {
  const random = seededRandom(5);
  const faults = new Map<string, number>();
  for (let round = 0; round < TORRENTS; round++) {
    const bytes = mutatedTorrent(random);
    const fault = faultOf(() => parseMetainfo(bytes)) ?? 'none';
    faults.set(fault, (faults.get(fault) ?? 0) + 1);
    if (fault === 'none') await expectSound(parseMetainfo(bytes));
  }
  // The mutations reach far enough to be worth something.
  expect([...faults.keys()].sort()).toEqual(
    expect.arrayContaining([
      'bad-field',
      'missing-field',
      'none',
      'not-bencoded',
      'not-canonical',
      'path-traversal',
      'piece-count-mismatch',
      'piece-length',
    ]),
  );
  expect(faults.get('none')).toBeGreaterThan(TORRENTS / 20);
});

/** The engine never sees the original: beside the info, its parser is as trusting as it is of the info. */
async function expectSound(metainfo: Metainfo): Promise<void> {
  const clean = cleanMetainfo(metainfo, { trackers: ['http://t.example.org/'], webSeeds: [] });
  const theirs = await parseTorrent(clean);
  expect(theirs.infoHash).toBe(metainfo.infoHash);
  expect(theirs.files?.map(({ length, offset }) => [length, offset])).toEqual(
    metainfo.files.map(({ length, offset }) => [length, offset]),
  );
  expect(metainfo.files.every(({ index, length }, place) => index === place && length >= 0)).toBe(true);
  expect(metainfo.files.flatMap(({ path }) => path).join('/')).not.toMatch(
    /\0|(?:^|[/\\])\s*\.\.\s*(?:[/\\]|$)/u,
  );
  expectHarmless(metainfo);
  const again = parseMetainfo(clean);
  expect([again.infoHash, again.trackers, again.webSeeds]).toEqual([
    metainfo.infoHash,
    ['http://t.example.org/'],
    [],
  ]);
}

test(`${LINKS} links: refused with a reason, or without a way into the house`, () => {
  const random = seededRandom(6);
  let read = 0;
  for (let round = 0; round < LINKS; round++) {
    const text = mutatedLink(random);
    if (faultOf(() => parseLink(text)) !== null) continue;
    read++;
    expectLinkSound(parseLink(text));
  }
  expect(read).toBeGreaterThan(LINKS / 5);
});

function expectLinkSound(link: TorrentLink): void {
  expect(link.infoHash).toMatch(/^[0-9a-f]{40}$/u);
  for (const peer of link.peers)
    expect(specialPurpose(peer.replace(/:\d+$/u, '').replace(/[[\]]/gu, ''))).toBeNull();
  expect(link.trackers.join(' ')).not.toMatch(/127\.0|0x7f|10\.0|file:/u);
  expect(link.fileIndices.length).toBeLessThanOrEqual(5000);
  expectHarmless(link);
  expect(parseLink(describeTorrent(link).magnet).infoHash).toBe(link.infoHash);
}

test('5 000 beginnings of files are looked at without harm', () => {
  const random = seededRandom(7);
  const seeds = [
    '\x1a\x45\xdf\xa3',
    '\0\0\0\x20ftypisom',
    'RIFF\0\0\0\0AVI ',
    'MZ',
    'PK\x03\x04',
    '<html>',
    'OggS',
    '\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\0\xaa\0\x62\xce\x6c',
  ];
  for (let round = 0; round < 5000; round++) {
    const seed = Buffer.from(seeds[round % seeds.length] ?? '', 'latin1');
    const head = damaged(Buffer.concat([seed, Buffer.alloc(200, round & 255)]), random);
    const found = sniff(head, { name: 'film.mkv', size: 1 });
    expect(found.kind === 'executable' || found.kind === 'archive').toBe(
      found.refusal === 'executable' || found.refusal === 'archive',
    );
  }
});
