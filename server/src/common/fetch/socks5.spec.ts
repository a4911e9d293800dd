import { parseSocksProxy } from './socks5.js';

const rows: [text: string, expected: object | null][] = [
  [
    'socks5://127.0.0.1:9050',
    { host: '127.0.0.1', port: 9050, username: '', password: '', resolvesNames: false },
  ],
  ['socks5h://proxy.example.org', { host: 'proxy.example.org', port: 1080, resolvesNames: true }],
  ['SOCKS5://me:p%40ss@[::1]:1081/', { host: '::1', port: 1081, username: 'me', password: 'p@ss' }],
  ['socks5://h:21', { port: 21 }],
  ['socks4://h:1080', null],
  ['http://h:1080', null],
  ['socks5://', null],
  ['socks5://h:99999', null],
  ['socks5://h/path', null],
  ['socks5://%zz@h', null],
  ['', null],
];
test.each(rows)('%s', (text, expected) => {
  if (expected === null) expect(parseSocksProxy(text)).toBeNull();
  else expect(parseSocksProxy(text)).toMatchObject(expected);
});
