import { torrentLinkIn } from './link-text';

const hash = '0123456789abcdef0123456789ABCDEF01234567';

test.each([
  [`magnet:?xt=urn:btih:${hash}&dn=Film`],
  [`magnet:?dn=Film&xt=urn:btih:${hash}`],
  [hash],
  ['MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U'],
  ['https://archive.example/film.torrent'],
  ['http://192.168.1.4:9000/film.torrent?x=1'],
])('%s is a torrent', (text) => {
  expect(torrentLinkIn(`  ${text}\n`)).toBe(text);
});

test.each(['', 'a film', 'magnet:?dn=Film', 'ftp://a/b.torrent', `${hash}0`, 'https://'])(
  '“%s” is none',
  (text) => {
    expect(torrentLinkIn(text)).toBeUndefined();
  },
);

test('of several lines the first one counts', () => {
  expect(torrentLinkIn(`${hash}\nhttps://a/b`)).toBe(hash);
});
