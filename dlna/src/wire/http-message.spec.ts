import { ordeal } from '../testing/mutation.js';
import { HttpMessageError, parseHttpMessage, writeHttpMessage } from './http-message.js';

const search =
  'M-SEARCH * HTTP/1.1\r\nHost: 239.255.255.250:1900\r\nMan: "ssdp:discover"\r\n' +
  'ST: urn:schemas-upnp-org:device:MediaServer:1\r\nMX: 3\r\nUser-Agent: x UPnP/1.0 GSSDP/1.6.2\r\n\r\n';

const headersOf = (text: string) => Object.fromEntries(parseHttpMessage(Buffer.from(text)).headers);

test('a search is read', () => {
  expect(parseHttpMessage(Buffer.from(search)).startLine).toBe('M-SEARCH * HTTP/1.1');
  expect(headersOf(search)).toEqual({
    host: '239.255.255.250:1900',
    man: '"ssdp:discover"',
    st: 'urn:schemas-upnp-org:device:MediaServer:1',
    mx: '3',
    'user-agent': 'x UPnP/1.0 GSSDP/1.6.2',
  });
});

test.each([
  ['LF alone', 'M-SEARCH * HTTP/1.1\nST: a\n\nbody: b', { st: 'a' }],
  ['CR alone', 'M-SEARCH * HTTP/1.1\rST: a\r', { st: 'a' }],
  ['blanks', '\r\nM-SEARCH  *  HTTP/1.1 \r\n ST : a \r\nEXT:\r\n', { st: 'a', ext: '' }],
  ['a folded line', 'NOTIFY * HTTP/1.1\r\nSERVER: a\r\n\tb\r\nNT: c', { server: 'a b', nt: 'c' }],
  ['lines that are no headers', 'NOTIFY * HTTP/1.1\r\nrubbish\r\n: x\r\nNT: c\r\nNT: d', { nt: 'c' }],
  ['an answer', 'HTTP/1.1 200 OK\r\nST: a', { st: 'a' }],
  ['no headers', 'NOTIFY * HTTP/1.0', {}],
])('%s: read', (_, text, expected) => {
  expect(headersOf(text)).toEqual(expected);
});

test('bytes that are no UTF-8 are somebody’s name, not an error', () => {
  const datagram = Buffer.concat([
    Buffer.from('NOTIFY * HTTP/1.1\r\nSERVER: T'),
    Buffer.from([0xf4]),
    Buffer.from('ne\r\nNT: c'),
  ]);
  expect(parseHttpMessage(datagram).headers.get('nt')).toBe('c');
});

test.each([
  ['nothing', ''],
  ['zero bytes', '\0\0\0\0'],
  ['another protocol', '\x16\x03\x01 hello'],
  ['a version of its own', 'M-SEARCH * HTTP/2.0\r\n\r\n'],
  ['no target', 'M-SEARCH HTTP/1.1\r\n\r\n'],
  ['more bytes than a datagram has', `M-SEARCH * HTTP/1.1\r\nST: ${'a'.repeat(9000)}\r\n\r\n`],
  [
    'more headers than anybody sends',
    `M-SEARCH * HTTP/1.1\r\n${Array.from({ length: 80 }, (_, at) => `A${at}: 1\r\n`).join('')}`,
  ],
])('%s: refused', (_, text) => {
  expect(() => parseHttpMessage(Buffer.from(text))).toThrow(HttpMessageError);
});

test('what is written is exact, and a value stays on its line', () => {
  expect(
    writeHttpMessage('HTTP/1.1 200 OK', [
      ['EXT', ''],
      ['ST', 'a\r\nX: b'],
      ['USN', 'uuid:1'],
    ]),
  ).toBe('HTTP/1.1 200 OK\r\nEXT:\r\nST: a X: b\r\nUSN: uuid:1\r\n\r\n');
});

test('20 000 mutants: read or refused', () => {
  const pieces = ['\r', '\n', '\r\n', ':', ' ', '\t', '\0', 'HTTP/1.1', 'A: b\r\n', '*', '"'];
  const texts = [search, 'HTTP/1.1 200 OK\r\nST: a\r\nEXT:\r\n\r\n'];
  const result = ordeal((text) => parseHttpMessage(Buffer.from(text)), {
    texts,
    pieces,
    own: [HttpMessageError],
  });
  expect(result).toMatchObject({ faults: [], slow: [] });
  expect(result.read).toBeGreaterThan(5000);
});
