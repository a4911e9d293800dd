import { isTorrentAddress, parseLink, type TorrentLink } from './parse-link.js';
import type { TorrentFault } from './torrent-invalid.js';
import { faultOf } from './testing/fault-of.js';

const HASH = '0123456789abcdef0123456789abcdef01234567';
const magnet = (more = ''): string => `magnet:?xt=urn:btih:${HASH}${more}`;

const good: [text: string, expected: Partial<TorrentLink>][] = [
  [HASH, { infoHash: HASH, name: null, trackers: [], removed: [] }],
  [`  ${HASH.toUpperCase()}\n`, { infoHash: HASH }],
  ['AERUKZ4JVPG66AJDIVTYTK6N54ASGRLH', { infoHash: HASH }],
  ['magnet:?xt=urn:btih:aerukz4jvpg66ajdivtytk6n54asgrlh', { infoHash: HASH }],
  [magnet(), { infoHash: HASH }],
  [`MAGNET:?XT=URN:BTIH:${HASH.toUpperCase()}`, { infoHash: HASH }],
  [`magnet:/?xt=urn:btih:${HASH}`, { infoHash: HASH }],
  [`magnet:?dn=a&xt.1=urn:btih:${HASH}`, { infoHash: HASH, name: 'a' }],
  [`magnet:?xt=urn%3Abtih%3A${HASH}`, { infoHash: HASH }],
  [`magnet:?xt=urn:btmh:1220${'ab'.repeat(32)}&xt=urn:btih:${HASH}`, { infoHash: HASH }],
  [`magnet:?xt=urn:sha1:${'a'.repeat(32)}&xt=urn:btih:${HASH}`, { infoHash: HASH }],
  [magnet('&amp;dn=The+Quiet%20Orchard&amp;tr=http%3A%2F%2Ft.example.org%2Fa'), { name: 'The Quiet Orchard', trackers: ['http://t.example.org/a'] }],
  [magnet('&dn=100%25&dn=b'), { name: '100%' }],
  [magnet('&dn=100%'), { name: '100%' }],
  [magnet('&dn=%E2%80%AEexe.mkv%00%0a'), { name: 'exe.mkv' }],
  [magnet('&dn=%20%0a&dn=b'), { name: 'b' }],
  [magnet('&tr=http://t.example.org/a%2Bb&tr=http://t.example.org/a+b'), { trackers: ['http://t.example.org/a+b'] }],
  [magnet('&tr=udp%3A%2F%2Ft.example.org%3A6969&tr=wss://t.example.org'), { trackers: ['udp://t.example.org:6969', 'wss://t.example.org'], removed: [] }],
  [magnet('&tr=http://127.0.0.1/a&tr=udp://0x7f.1:80&tr=file:///etc/passwd&tr=http://router/'), { trackers: [], removed: ['tracker'] }],
  [magnet('&tr=udp://t.example.org/announce&tr=dht://nodes&tr=http://t.example.org/a&tr=http://t.example.org/a'), { trackers: ['http://t.example.org/a'], removed: [] }],
  [magnet('&xs=http://example.org/a.torrent&ws=http://example.org/&as=http://example.org/'), { removed: ['exact-source', 'web-seed', 'acceptable-source'] }],
  [magnet('&xs.1=http://example.org/a.torrent'), { removed: ['exact-source'] }],
  [magnet('&x.pe=93.184.215.14:6881&x.pe=[2606:2800:21f::1]:6881'), { peers: ['93.184.215.14:6881', '[2606:2800:21f::1]:6881'], removed: [] }],
  [magnet('&x.pe=127.0.0.1:6881&x.pe=93.184.215.14:25&x.pe=example.org:6881'), { peers: [], removed: [] }],
  [magnet('&so=0,2,4-6'), { fileIndices: [0, 2, 4, 5, 6] }],
  [magnet('&so=9-1,x,-3,99999999,3'), { fileIndices: [3] }],
  [magnet('&so=4998-99999'), { fileIndices: [4998, 4999] }],
]; // prettier-ignore
test.each(good)('%s', (text, expected) => expect(parseLink(text)).toMatchObject(expected));

const bad: [text: string, reason: TorrentFault][] = [
  ['', 'not-a-link'],
  ['hello', 'not-a-link'],
  ['http://example.org/a.torrent', 'not-a-link'],
  ['magnet:', 'not-a-link'],
  ['magnet:?', 'not-a-link'],
  ['magnet:?dn=x', 'not-a-link'],
  ['magnet:?xt', 'not-a-link'],
  [`magnet:?xt=urn:btih:${HASH}0`, 'not-a-link'],
  [`magnet:?xt=urn:btih:${HASH.slice(1)}g`, 'not-a-link'],
  [`magnet:?xt=urn:btih:${'1'.repeat(32)}`, 'not-a-link'],
  [`magnet:?xt=urn:tree:tiger:${'a'.repeat(39)}`, 'not-a-link'],
  [`magnet:?xt=urn:btih:${HASH}&xt=urn:btih:${'a'.repeat(40)}`, 'not-a-link'],
  [`magnet:?xt=urn:btmh:1220${'ab'.repeat(32)}`, 'v2-only'],
  [`magnet:?xt=urn:btih:${HASH}${'&a=b'.repeat(500)}`, 'too-many-parts'],
  [magnet(`&dn=${'a'.repeat(17_000)}`), 'too-large'],
];
test.each(bad)('refuses %.60s', (text, reason) => {
  expect(faultOf(() => parseLink(text))).toBe(reason);
});

test('in tests and for the own house, private trackers and peers may stay', () => {
  const link = parseLink(magnet('&tr=http://127.0.0.1:8000/announce&x.pe=10.9.9.1:80'), {
    allowPrivate: true,
  });
  expect(link).toMatchObject({
    trackers: ['http://127.0.0.1:8000/announce'],
    peers: ['10.9.9.1:80'],
    removed: [],
  });
});

test('at most 100 trackers and 20 peers', () => {
  const peers = Array.from({ length: 40 }, (_, index) => `&x.pe=93.184.215.${index}:6881`);
  const trackers = Array.from({ length: 150 }, (_, index) => `&tr=http://t${index}.example.org`);
  const link = parseLink(magnet(peers.join('') + trackers.join('')));
  expect([link.peers.length, link.trackers.length]).toEqual([20, 100]);
});

test.each([
  ['https://example.org/a.torrent', true],
  [' HTTP://example.org/', true],
  [magnet(), false],
  ['ftp://example.org/', false],
])('%s is the address of a .torrent: %p', (text, expected) => expect(isTorrentAddress(text)).toBe(expected));
