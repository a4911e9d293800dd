import { magnetWithoutPasskeys, withoutPasskey } from './hide-secrets.js';

test.each([
  ['udp://tracker.example:6969/announce', 'udp://tracker.example:6969/announce'],
  [
    'https://tracker.example/announce?passkey=0123456789abcdef0123456789abcdef',
    'https://tracker.example/announce',
  ],
  ['https://tracker.example/0123456789abcdef0123456789abcdef/announce', 'https://tracker.example/…/announce'],
  ['http://me:secret@tracker.example/a/b', 'http://tracker.example/a/b'],
  ['wss://tracker.example', 'wss://tracker.example/'],
  ['nonsense', ''],
])('%s', (url, shown) => {
  expect(withoutPasskey(url)).toBe(shown);
});

test('a link keeps the trackers that identify nobody', () => {
  const open = encodeURIComponent('udp://tracker.example:6969/announce');
  const closed = encodeURIComponent('https://closed.example/announce?passkey=x');
  const magnet = `magnet:?xt=urn:btih:${'a'.repeat(40)}&dn=Film&tr=${open}&tr=${closed}&tr=%E0%A4%A`;
  expect(magnetWithoutPasskeys(magnet)).toBe(`magnet:?xt=urn:btih:${'a'.repeat(40)}&dn=Film&tr=${open}`);
});
