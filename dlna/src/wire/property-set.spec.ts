import { ordeal } from '../testing/mutation.js';
import { readLastChange, readPropertySet, writePropertySet } from './property-set.js';
import { XmlError } from './xml.js';

test('the body of an event, as gerbera’s', () => {
  const body = writePropertySet([
    ['SystemUpdateID', '7'],
    ['ContainerUpdateIDs', '0,1'],
  ]);
  expect(body).toBe(
    '<?xml version="1.0" encoding="utf-8"?>\r\n<e:propertyset xmlns:e="urn:schemas-upnp-org:event-1-0">' +
      '<e:property><SystemUpdateID>7</SystemUpdateID></e:property>' +
      '<e:property><ContainerUpdateIDs>0,1</ContainerUpdateIDs></e:property></e:propertyset>',
  );
  expect([...readPropertySet(Buffer.from(body))]).toEqual([
    ['SystemUpdateID', '7'],
    ['ContainerUpdateIDs', '0,1'],
  ]);
});

test('several variables in one property, and other prefixes', () => {
  const body = '<propertyset><x:property><A>1</A><B/></x:property></propertyset>';
  expect([...readPropertySet(body)]).toEqual([
    ['A', '1'],
    ['B', ''],
  ]);
  expect(() => readPropertySet('LastChange')).toThrow(XmlError);
});

const event = (inside: string): string =>
  `<Event xmlns="urn:schemas-upnp-org:metadata-1-0/RCS/">${inside}</Event>`;
const playing = { instance: 0, name: 'TransportState', value: 'PLAYING' };

test.each([
  [
    'as the standard has it',
    event('<InstanceID val="0"><TransportState val="PLAYING"/></InstanceID>'),
    [playing],
  ],
  [
    'without namespaces',
    '<Event><InstanceID val="0"><r:TransportState val="PLAYING"/></InstanceID></Event>',
    [playing],
  ],
  ['without an instance', '<Event><TransportState val="PLAYING"/></Event>', [playing]],
  ['escaped twice', '&lt;Event&gt;&lt;TransportState val=&quot;PLAYING&quot;/&gt;&lt;/Event&gt;', [playing]],
  [
    'in capitals',
    event('<InstanceID Val="1"><Volume Channel="Master" Val="5"/></InstanceID>'),
    [{ instance: 1, name: 'Volume', value: '5', channel: 'Master' }],
  ],
  [
    'with channels',
    event(
      '<InstanceID val="0"><Volume channel="Master" val="5"/><Volume channel="LF" val="7"/></InstanceID>',
    ),
    [
      { instance: 0, name: 'Volume', value: '5', channel: 'Master' },
      { instance: 0, name: 'Volume', value: '7', channel: 'LF' },
    ],
  ],
  [
    'with a stray ampersand',
    event('<InstanceID val="0"><AVTransportURI val="http://h/a?b=1&c=2"/></InstanceID>'),
    [{ instance: 0, name: 'AVTransportURI', value: 'http://h/a?b=1&c=2' }],
  ],
  [
    'with metadata in it',
    event('<InstanceID val="0"><M val="&lt;DIDL-Lite&gt;a &amp;amp; b&lt;/DIDL-Lite&gt;"/></InstanceID>'),
    [{ instance: 0, name: 'M', value: '<DIDL-Lite>a &amp; b</DIDL-Lite>' }],
  ],
  [
    'with the value as text',
    '<Event><InstanceID><TransportState>PLAYING</TransportState></InstanceID></Event>',
    [playing],
  ],
  ['empty', event(''), []],
])('a LastChange %s', (_, text, expected) => {
  expect(readLastChange(text)).toEqual(expected);
});

test.each(['', 'PLAYING', '<Event>', '<Event><InstanceID val="0"></Event>', '&lt;Event'])(
  '“%s” is none',
  (text) => {
    expect(() => readLastChange(text)).toThrow(XmlError);
  },
);

test('20 000 mutants: read or refused', () => {
  const texts = [
    event('<InstanceID val="0"><Volume channel="Master" val="5"/></InstanceID>'),
    writePropertySet([['A', 'b']]),
  ];
  const pieces = ['&', '&lt;', '"', '<', '>', 'val=', '/>', '</Event>', ' '];
  for (const read of [readLastChange, readPropertySet])
    expect(ordeal(read, { texts, pieces, own: [XmlError] })).toMatchObject({ faults: [], slow: [] });
});
