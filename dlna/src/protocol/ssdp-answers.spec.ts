import { golden } from '../testing/golden.js';
import { ordeal } from '../testing/mutation.js';
import { HttpMessageError, parseHttpMessage } from '../wire/http-message.js';
import {
  aliveMessages,
  answersTo,
  byebyeMessages,
  ssdpTargets,
  type AnnouncedDevice,
} from './ssdp-answers.js';

const device: AnnouncedDevice = {
  uuid: '4d696e69-444c-164e-9d41-000000000001',
  deviceType: 'urn:schemas-upnp-org:device:MediaServer:1',
  serviceTypes: [
    'urn:schemas-upnp-org:service:ContentDirectory:1',
    'urn:schemas-upnp-org:service:ConnectionManager:1',
    'urn:microsoft.com:service:X_MS_MediaReceiverRegistrar:1',
  ],
  location: 'http://127.0.0.1:8200/rootDesc.xml',
  serverHeader: 'Debian DLNADOC/1.50 UPnP/1.0 MiniDLNA/1.3.0',
  maxAgeSeconds: 1800,
};
const date = new Date('2026-11-21T08:37:07Z');
const name = `uuid:${device.uuid}`;

const search = (headers: string, startLine = 'M-SEARCH * HTTP/1.1') =>
  parseHttpMessage(Buffer.from(`${startLine}\r\n${headers}\r\n\r\n`));
const discover = (st: string, mx = 'MX: 3\r\n') =>
  search(`HOST: 239.255.255.250:1900\r\nMAN: "ssdp:discover"\r\n${mx}ST: ${st}`);
const stsOf = (message: ReturnType<typeof search>, of = device): string[] | undefined =>
  answersTo(message, of, { date })?.datagrams.map(
    (datagram) => parseHttpMessage(Buffer.from(datagram)).headers.get('st') ?? '',
  );

test('an answer is to the byte what minidlna sends', () => {
  expect(answersTo(discover(device.deviceType), device, { date })?.datagrams).toEqual([
    golden('minidlna/search-answer.txt'),
  ]);
});

test('six targets, each with its USN', () => {
  expect(ssdpTargets(device)).toEqual([
    { target: 'upnp:rootdevice', usn: `${name}::upnp:rootdevice` },
    { target: name, usn: name },
    ...[device.deviceType, ...device.serviceTypes].map((target) => ({ target, usn: `${name}::${target}` })),
  ]);
});

test.each([
  ['ssdp:all', 6],
  ['upnp:rootdevice', 1],
  [name, 1],
  [name.toUpperCase().replace('UUID', 'uuid'), 1],
  [device.serviceTypes[0] ?? '', 1],
  ['urn:schemas-upnp-org:device:MediaServer:2', undefined],
  ['urn:schemas-upnp-org:device:MediaServer:0', undefined],
  ['urn:schemas-upnp-org:device:MediaRenderer:1', undefined],
  ['uuid:00000000-0000-0000-0000-000000000000', undefined],
  ['.*', undefined],
  ['urn:schemas-upnp-org:device:(a+)+$:1', undefined],
  ['', undefined],
])('a search for %s: %s answers', (st, count) => {
  expect(stsOf(discover(st))?.length).toBe(count);
});

test('an older version of a type is answered under the name that was asked for', () => {
  const newer = { ...device, deviceType: 'urn:schemas-upnp-org:device:MediaServer:4' };
  const message = discover('urn:schemas-upnp-org:device:MediaServer:2');
  expect(stsOf(message, newer)).toEqual(['urn:schemas-upnp-org:device:MediaServer:2']);
  expect(answersTo(message, newer, { date })?.datagrams[0]).toContain(
    `USN: ${name}::urn:schemas-upnp-org:device:MediaServer:2\r\n`,
  );
});

test.each([
  ['MX: 3\r\n', 3000],
  ['MX: 120\r\n', 5000],
  ['MX: 0\r\n', 1000],
  ['', 1000],
  ['MX: soon\r\n', undefined],
  ['MX: -1\r\n', undefined],
])('“%s” is a window of %s ms', (mx, windowMs) => {
  expect(answersTo(discover('ssdp:all', mx), device, { date })?.windowMs).toBe(windowMs);
});

test('to us alone: at once, whatever MX is', () => {
  expect(answersTo(discover('ssdp:all', ''), device, { date, unicast: true })?.windowMs).toBeLessThan(1000);
});

test.each([
  ['no MAN', search('MX: 1\r\nST: ssdp:all')],
  ['another MAN', search('MAN: "ssdp:update"\r\nMX: 1\r\nST: ssdp:all')],
  ['no ST', search('MAN: "ssdp:discover"\r\nMX: 1')],
  ['an announcement', search('MAN: "ssdp:discover"\r\nST: ssdp:all', 'NOTIFY * HTTP/1.1')],
  ['an answer', search('MAN: "ssdp:discover"\r\nST: ssdp:all', 'HTTP/1.1 200 OK')],
])('%s: no answer', (_, message) => {
  expect(answersTo(message, device, { date })).toBeUndefined();
});

test('alive and byebye for each target, with their headers and no others', () => {
  const alive = aliveMessages({ ...device, extraHeaders: [['BOOTID.UPNP.ORG', '7']] });
  const byebye = byebyeMessages(device);
  expect([alive.length, byebye.length]).toEqual([6, 6]);
  expect(alive[2]).toBe(
    `NOTIFY * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nCACHE-CONTROL: max-age=1800\r\nLOCATION: ${device.location}\r\n` +
      `SERVER: ${device.serverHeader}\r\nNT: ${device.deviceType}\r\nUSN: ${name}::${device.deviceType}\r\nNTS: ssdp:alive\r\n` +
      'BOOTID.UPNP.ORG: 7\r\n\r\n',
  );
  expect(byebye[1]).toBe(
    `NOTIFY * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nNT: ${name}\r\nUSN: ${name}\r\nNTS: ssdp:byebye\r\n\r\n`,
  );
});

test('20 000 mutants of a search: answered, or not', () => {
  const texts = ['ssdp:all', device.deviceType, name].map(
    (st) =>
      `M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: "ssdp:discover"\r\nMX: 3\r\nST: ${st}\r\n\r\n`,
  );
  const pieces = ['\r\n', ':', 'ST: ', 'MX: 99999999999', '"', '*', '(a+)+$', '\0', 'urn:'];
  let answered = 0;
  const result = ordeal(
    (text) => {
      for (const datagram of answersTo(parseHttpMessage(Buffer.from(text)), device, { date })?.datagrams ??
        []) {
        answered++;
        const { headers } = parseHttpMessage(Buffer.from(datagram));
        if (headers.get('location') !== device.location || headers.size !== 8)
          throw new Error('an answer of another kind');
      }
    },
    { texts, pieces, own: [HttpMessageError] },
  );
  expect(result).toMatchObject({ faults: [], slow: [] });
  expect(answered).toBeGreaterThan(1000);
});
