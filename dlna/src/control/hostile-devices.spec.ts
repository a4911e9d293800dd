import { description, scpd, service } from '../testing/broken-peer.js';
import { mutated, randomFrom } from '../testing/mutation.js';
import { readPropertySet, readLastChange } from '../wire/property-set.js';
import { XmlError } from '../wire/xml.js';
import { readDescription } from './described-device.js';
import { readServiceDescription } from './described-service.js';
import { readNotice } from './renderer-notice.js';

const rounds = 10_000;
const address = '192.168.1.40';
const location = new URL(`http://${address}:8080/d/description.xml`);
const networks = [{ address: '192.168.1.2', netmask: '255.255.255.0' }];
/** What leads elsewhere, wherever it is put. */
const pieces = [
  'http://10.0.0.1/',
  '//127.0.0.1:8096',
  'http://[::1]/',
  'http://169.254.169.254/latest',
  'http://user@192.168.1.40/',
  'http://192.168.1.40@10.0.0.1/',
  'http://192.168.1.40.evil.test/',
  'http://192.168.1.40\\@10.0.0.1/',
  'https://192.168.1.40/',
  'file:///etc/passwd',
  '\\\\10.0.0.1\\x',
  '/\\10.0.0.1/x',
  '\t//10.0.0.1',
  '<URLBase>http://10.0.0.1/</URLBase>',
  '<![CDATA[',
  ']]>',
  '&#0;',
  '<!DOCTYPE x [<!ENTITY a "b">]>',
  '<device>'.repeat(20),
  '"',
  '\u0000',
];

/** @returns what came of it; undefined where it was refused as it should be */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof XmlError) return undefined;
    throw error;
  }
}

test('whatever a description says, nobody but its device is ever asked', () => {
  const random = randomFrom(7);
  const texts = [
    description(),
    description(
      service('AVTransport', { control: `http://${address}:8080/c`, scpd: 's.xml', events: '../e' }),
    ),
    description(undefined, `<URLBase>http://${address}:9000/base/</URLBase>`),
  ];
  let followed = 0;
  for (let round = 0; round < rounds; round++) {
    const text = mutated(texts, pieces, random);
    for (const { services } of attempt(() => readDescription(text, location, address)) ?? [])
      for (const { controlUrl, eventUrl, scpdUrl } of services)
        for (const url of [controlUrl, eventUrl, scpdUrl]) {
          if (!url) continue;
          followed++;
          expect([url.protocol, url.hostname, url.username, url.password]).toEqual([
            'http:',
            address,
            '',
            '',
          ]);
        }
  }
  expect(followed).toBeGreaterThan(rounds / 10);
});

test('whatever is said over SSDP, a LOCATION is its sender’s', () => {
  const random = randomFrom(8);
  const type = 'urn:schemas-upnp-org:device:MediaRenderer:1';
  const lines = [
    'NOTIFY * HTTP/1.1',
    'HOST: 239.255.255.250:1900',
    `LOCATION: ${location.href}`,
    `NT: ${type}`,
    'NTS: ssdp:alive',
    `USN: uuid:1::${type}`,
    'CACHE-CONTROL: max-age=1800',
    '',
    '',
  ];
  const texts = [
    lines.join('\r\n'),
    lines.join('\n').replace('NOTIFY * HTTP/1.1', 'HTTP/1.1 200 OK').replace('NT:', 'ST:'),
  ];
  let heard = 0;
  for (let round = 0; round < rounds; round++) {
    const bytes = Buffer.from(mutated(texts, pieces, random));
    const notice = readNotice({ bytes, address, port: 1900 }, networks);
    if (notice?.kind !== 'alive') continue;
    heard++;
    expect([notice.location.protocol, notice.location.hostname, notice.location.username]).toEqual([
      'http:',
      address,
      '',
    ]);
    expect(notice.maxAgeSeconds).toBeGreaterThanOrEqual(60);
  }
  expect(heard).toBeGreaterThan(rounds / 10);
});

test('SCPDs and events that are broken in any way are read or refused', () => {
  const random = randomFrom(9);
  const change =
    '<Event xmlns="urn:schemas-upnp-org:metadata-1-0/AVT/"><InstanceID val="0"><TransportState val="PLAYING"/><Volume channel="Master" val="7"/></InstanceID></Event>';
  const event = `<e:propertyset xmlns:e="urn:schemas-upnp-org:event-1-0"><e:property><LastChange>${change.replaceAll('<', '&lt;')}</LastChange></e:property></e:propertyset>`;
  const state =
    '<stateVariable><name>Volume</name><allowedValueRange><minimum>0</minimum><maximum>13</maximum></allowedValueRange></stateVariable>';
  for (let round = 0; round < rounds; round++) {
    attempt(() => readServiceDescription(mutated([scpd(['Play(InstanceID,Speed)'], state)], pieces, random)));
    attempt(() => readPropertySet(mutated([event], pieces, random)));
    attempt(() => readLastChange(mutated([change], pieces, random)));
  }
});
