import { hostVerdict, parseAddress } from './host-rules.js';

const hosts: [host: string, verdict: string][] = [
  ['example.org', 'name'],
  ['xn--e1afmkfd.xn--p1ai', 'name'],
  ['93.184.215.14', 'public-address'],
  ['[2606:2800:21f::1]', 'public-address'],
  ['127.0.0.1', 'private-address'],
  ['[::1]', 'private-address'],
  ['[::ffff:7f00:1]', 'private-address'],
  ['localhost', 'local-name'],
  ['localhost.', 'local-name'],
  ['router', 'local-name'],
  ['nas.local', 'local-name'],
  ['x.lan', 'local-name'],
  ['x.home.arpa', 'local-name'],
  ['metadata.google.internal', 'local-name'],
  ['x.localhost', 'local-name'],
  ['x.onion', 'local-name'],
  ['mylocal.org', 'name'],
  ['', 'malformed'],
  ['a..b', 'malformed'],
  ['.example.org', 'malformed'],
  ['exa mple.org', 'malformed'],
  ['a'.repeat(300), 'malformed'],
];
test.each(hosts)('%s: %s', (host, verdict) => expect(hostVerdict(host)).toBe(verdict));

const addresses: [text: string, hostname: string, port: number | null][] = [
  ['udp://tracker.example.org:6969/announce', 'tracker.example.org', 6969],
  ['UDP://TRACKER.example.ORG:80', 'tracker.example.org', 80],
  ['udp://0x7f.1:80', '127.0.0.1', 80],
  ['udp://2130706433:80', '127.0.0.1', 80],
  ['udp://１２７.0.0.1:80', '127.0.0.1', 80],
  ['udp://[::FFFF:127.0.0.1]:80', '[::ffff:7f00:1]', 80],
  ['http://example.org', 'example.org', null],
  ['http://example.org:80/', 'example.org', 80],
  ['http://example.org:21/', 'example.org', 21],
  ['http://example.org/a:21/', 'example.org', null],
  ['http://пример.рф/x', 'xn--e1afmkfd.xn--p1ai', null],
];
test.each(addresses)('%s', (text, hostname, port) => {
  expect(parseAddress(text)).toMatchObject({ hostname, port, credentials: false });
});

test('user names are seen', () => {
  expect(parseAddress('http://127.0.0.1@example.org/')).toMatchObject({
    hostname: 'example.org',
    credentials: true,
  });
});

test.each([
  '',
  'example.org',
  '//example.org',
  'http:/example.org',
  'http://',
  'http://exa mple.org',
  'http://a\\b',
  'http://a\tb',
  'http://h:99999',
  'http://1.2.3.4.5',
  'http://[::1',
  'magnet:?xt=x',
])('%j is no address', (text) => expect(parseAddress(text)).toBeNull());
