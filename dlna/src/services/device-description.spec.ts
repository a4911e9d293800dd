import { golden } from '../testing/golden.js';
import { bundledProfile } from '../testing/guests.js';
import { childOf, parseXml, type XmlElement } from '../wire/xml.js';
import { deviceDescription, deviceIcons, type DeviceSettings } from './device-description.js';

const settings: DeviceSettings = {
  uuid: '4d696e69-444c-164e-9d41-000000000001',
  friendlyName: 'Living & room',
  version: '0.1.0',
};
const product = {
  manufacturer: 'M',
  manufacturerUrl: 'http://m/',
  modelName: 'N',
  modelDescription: 'D',
  modelUrl: 'http://n/',
};
const described = (profile: string, changes: Partial<DeviceSettings> = {}): string =>
  deviceDescription({ ...settings, ...changes }, bundledProfile(profile));
const deviceOf = (xml: string): XmlElement | undefined => childOf(parseXml(xml), 'device');
const textOf = (xml: string, name: string): string => childOf(deviceOf(xml), name)?.text ?? '';

/** Names of all elements below the device, without what repeats. */
const order = (xml: string): string[] => [...new Set(deviceOf(xml)?.children.map(({ name }) => name))];

test('elements are in minidlna’s order', () => {
  const ours = order(described('generic', { product }));
  expect(ours.filter((name) => name !== 'X_DLNACAP')).toEqual(order(golden('minidlna/description.xml')));
});

test('what every device reads', () => {
  const xml = described('generic');
  expect(parseXml(xml)).toMatchObject({ name: 'root', namespace: 'urn:schemas-upnp-org:device-1-0' });
  expect(textOf(xml, 'UDN')).toBe('uuid:4d696e69-444c-164e-9d41-000000000001');
  expect(textOf(xml, 'friendlyName')).toBe('Living & room');
  expect(xml).toContain(
    '<dlna:X_DLNADOC xmlns:dlna="urn:schemas-dlna-org:device-1-0">DMS-1.50</dlna:X_DLNADOC>',
  );
  expect(Buffer.byteLength(xml)).toBeLessThan(8192);
  expect(xml).not.toMatch(/sec:|aggregationFlags|Windows Media/);
});

test('every URL is relative, and every icon is there', () => {
  const xml = described('generic');
  const urls = [...xml.matchAll(/<(?:url|controlURL|eventSubURL|SCPDURL|presentationURL)>(.*?)</g)].map(
    ([, url]) => url ?? '',
  );
  expect(urls).toHaveLength(deviceIcons.length + 9 + 1);
  for (const url of urls) expect(url).toMatch(/^\//);
});

test('Samsung’s capabilities, and not to its players', () => {
  const xml = described('samsung-2019');
  expect(xml).toContain('xmlns:sec="http://www.sec.co.kr/dlna"');
  for (const name of ['ProductCap', 'X_ProductCap'])
    expect(xml).toContain(`<sec:${name}>smi,DCM10,getMediaInfo.sec,getCaptionInfo.sec</sec:${name}>`);
  expect(described('samsung-bd')).not.toContain('ProductCap');
  expect(described('samsung-allshare')).not.toContain('ProductCap');
});

test('Sony’s flags', () => {
  expect(described('playstation-3')).toContain(
    '<av:aggregationFlags xmlns:av="urn:schemas-sony-com:av">10</av:aggregationFlags>',
  );
});

test('Xbox 360 sees Windows Media Connect with a colon in its name', () => {
  const xml = described('xbox-360');
  expect([textOf(xml, 'friendlyName'), textOf(xml, 'modelName'), textOf(xml, 'modelNumber')]).toEqual([
    'Living & room: 1',
    'Windows Media Connect',
    '1',
  ]);
  expect(textOf(described('xbox-360', { friendlyName: 'A: b' }), 'friendlyName')).toBe('A: b');
});

test('services, icons and UDN are the same for all', () => {
  const same = (xml: string): string => /<iconList>.*<\/serviceList>/.exec(xml)?.[0] ?? xml;
  for (const profile of ['samsung-2019', 'xbox-360', 'sony-bravia']) {
    expect(same(described(profile))).toBe(same(described('generic')));
    expect(textOf(described(profile), 'UDN')).toBe(textOf(described('generic'), 'UDN'));
  }
});

test('names are as long as the standard lets them be, in whole characters', () => {
  const name = textOf(described('generic', { friendlyName: '\u{1f600}'.repeat(100) }), 'friendlyName');
  expect(Array.from(name)).toHaveLength(63);
  expect(name.endsWith('\u{1f600}')).toBe(true);
  expect(textOf(described('generic', { friendlyName: 'a\u0000<b>' }), 'friendlyName')).toBe('a<b>');
});
