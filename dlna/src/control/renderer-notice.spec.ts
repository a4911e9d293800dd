import { readNotice } from './renderer-notice.js';

const networks = [{ address: '192.168.1.2', netmask: '255.255.255.0' }];
const type = 'urn:schemas-upnp-org:device:MediaRenderer:1';

function read(text: string, address = '192.168.1.40') {
  return readNotice({ bytes: Buffer.from(text.replaceAll('\n', '\r\n')), address, port: 1900 }, networks);
}

const alive = (changes: Record<string, string> = {}): string => {
  const headers = {
    HOST: '239.255.255.250:1900',
    'CACHE-CONTROL': 'max-age=1800',
    LOCATION: 'http://192.168.1.40:49152/description.xml',
    NT: type,
    NTS: 'ssdp:alive',
    USN: `uuid:AB-cd::${type}`,
    ...changes,
  };
  const lines = Object.entries(headers).filter(([, value]) => value !== '');
  return `NOTIFY * HTTP/1.1\n${lines.map(([name, value]) => `${name}: ${value}\n`).join('')}\n`;
};

test('an announcement', () => {
  expect(read(alive({ 'BOOTID.UPNP.ORG': '7' }))).toEqual({
    kind: 'alive',
    udn: 'ab-cd',
    address: '192.168.1.40',
    location: new URL('http://192.168.1.40:49152/description.xml'),
    maxAgeSeconds: 1800,
    bootId: '7',
  });
});

test('an answer to a search, of a later version too', () => {
  const answer = `HTTP/1.1 200 OK\nST: ${type.replace(/1$/, '3')}\nUSN: uuid:1::${type}\nLOCATION: http://192.168.1.40/d\nEXT:\n\n`;
  expect(read(answer)).toMatchObject({ kind: 'alive', udn: '1', maxAgeSeconds: 1800 });
});

test('a farewell', () => {
  expect(read(alive({ NTS: 'ssdp:byebye', LOCATION: '', 'CACHE-CONTROL': '' }))).toEqual({
    kind: 'byebye',
    udn: 'ab-cd',
    address: '192.168.1.40',
  });
});

test.each([
  ['max-age=1', 60],
  ['max-age = 900', 900],
  ['max-age=99999999', 86_400],
  ['no-cache', 1800],
])('%s is believed for %i seconds', (header, maxAgeSeconds) => {
  expect(read(alive({ 'CACHE-CONTROL': header }))).toMatchObject({ maxAgeSeconds });
});

test.each([
  ['another device', alive({ NT: 'urn:schemas-upnp-org:device:MediaServer:1' })],
  ['a look-alike', alive({ NT: `x${type}` })],
  ['a search', `M-SEARCH * HTTP/1.1\nST: ${type}\nMAN: "ssdp:discover"\n\n`],
  ['no USN', alive({ USN: '' })],
  ['a USN that is a path', alive({ USN: `uuid:../../x::${type}` })],
  ['no LOCATION', alive({ LOCATION: '' })],
  ['a LOCATION at somebody else’s', alive({ LOCATION: 'http://192.168.1.1/reboot' })],
  ['a LOCATION on this machine', alive({ LOCATION: 'http://127.0.0.1:8096/api' })],
  ['a LOCATION by name', alive({ LOCATION: 'http://tv.lan:80/d.xml' })],
  ['a LOCATION over TLS', alive({ LOCATION: 'https://192.168.1.40/d.xml' })],
  ['a LOCATION with credentials', alive({ LOCATION: 'http://a:b@192.168.1.40/d.xml' })],
  ['a LOCATION in IPv6', alive({ LOCATION: 'http://[fe80::1]/d.xml' })],
  ['another word', alive({ NTS: 'ssdp:propchange' })],
  ['rubbish', '\u0000\u0001\u0002'],
  ['nothing', ''],
  ['more than any announcement', alive({ X: 'x'.repeat(5_000) })],
])('%s is nobody', (_what, text) => {
  expect(read(text)).toBeUndefined();
});

test.each([
  ['another network', '192.168.2.40'],
  ['the internet', '203.0.113.7'],
  ['no address', ''],
])('nor is who speaks from %s', (_what, address) => {
  expect(read(alive({ LOCATION: `http://${address || 'x'}/d.xml` }), address)).toBeUndefined();
});

test('a public network that was chosen for announcing is no place to look for televisions', () => {
  const bytes = Buffer.from(alive({ LOCATION: 'http://203.0.113.7/d.xml' }).replaceAll('\n', '\r\n'));
  const around = [{ address: '203.0.113.5', netmask: '255.255.255.0' }];
  expect(readNotice({ bytes, address: '203.0.113.7', port: 1900 }, around)).toBeUndefined();
});
