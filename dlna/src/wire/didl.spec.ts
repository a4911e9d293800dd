import { golden } from '../testing/golden.js';
import { ordeal } from '../testing/mutation.js';
import { readDidl, writeDidl, type DidlObject } from './didl.js';
import { readSoapReply } from './soap.js';
import { XmlError } from './xml.js';

const captured = readSoapReply(golden('minidlna/browse-reply.xml')).get('Result') ?? '';

test('what minidlna wrote is read, and written again to the byte', () => {
  const objects = readDidl(captured);
  expect(objects.map(({ type, attributes }) => [type, attributes['id'], attributes['refID']])).toEqual([
    ['item', '2$8$0', '64$0'],
    ['item', '2$8$1', '64$1'],
  ]);
  expect(objects[0]?.elements.slice(0, 2)).toEqual([
    { name: 'dc:title', text: 'Clip & <One>', attributes: {} },
    { name: 'upnp:class', text: 'object.item.videoItem', attributes: {} },
  ]);
  expect(objects[1]?.resources[1]).toEqual({
    uri: 'http://127.0.0.1:8200/Captions/23.srt',
    attributes: { protocolInfo: 'http-get:*:text/srt:*' },
  });
  expect(writeDidl(objects)).toBe(captured.replaceAll('>\n<', '><'));
});

const item: DidlObject = {
  type: 'item',
  attributes: { id: 'a"b', 'sec:x': '1' },
  elements: [
    { name: 'dc:title', text: "It's <1> & \u0000" },
    { name: 'upnp:albumArtURI', text: 'http://h/a', attributes: { 'dlna:profileID': 'JPEG_TN' } },
    { name: 'sec:dcmInfo', text: 'BM=1' },
  ],
  resources: [{ uri: 'http://h/1', attributes: { protocolInfo: '*', 'pv:subtitleFileType': 'SRT' } }],
};

test('namespaces are those that were asked for, and what belongs to another is left out', () => {
  expect(writeDidl([item])).toBe(
    '<DIDL-Lite xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:upnp="urn:schemas-upnp-org:metadata-1-0/upnp/" ' +
      'xmlns="urn:schemas-upnp-org:metadata-1-0/DIDL-Lite/" xmlns:dlna="urn:schemas-dlna-org:metadata-1-0/">' +
      '<item id="a&quot;b"><dc:title>It\'s &lt;1&gt; &amp; </dc:title>' +
      '<upnp:albumArtURI dlna:profileID="JPEG_TN">http://h/a</upnp:albumArtURI>' +
      '<res protocolInfo="*">http://h/1</res></item></DIDL-Lite>',
  );
  const all = writeDidl([item], ['sec', 'pv'], { escapeApostrophes: true });
  expect(all).toContain(' xmlns:sec="http://www.sec.co.kr/" xmlns:pv="http://www.pv.com/pvns/">');
  expect(all).toContain('<item id="a&quot;b" sec:x="1"><dc:title>It&apos;s ');
  expect(all).toContain('<sec:dcmInfo>BM=1</sec:dcmInfo><res protocolInfo="*" pv:subtitleFileType="SRT">');
});

test('whatever prefixes a device chose, names are the usual ones', () => {
  const text =
    '<d:DIDL-Lite xmlns:d="urn:schemas-upnp-org:metadata-1-0/DIDL-Lite/" xmlns:a="http://purl.org/dc/elements/1.1/" ' +
    'xmlns:s="http://www.sec.co.kr/dlna"><d:container id="1"><a:title> T </a:title><s:CaptionInfoEx s:type="srt"/>' +
    '<upnp:class>object.container</upnp:class><d:res/><desc/></d:container><d:other/></d:DIDL-Lite>';
  expect(readDidl(text)).toEqual([
    {
      type: 'container',
      attributes: { id: '1' },
      elements: [
        { name: 'dc:title', text: 'T', attributes: {} },
        { name: 'sec:CaptionInfoEx', text: '', attributes: { type: 'srt' } },
        { name: 'upnp:class', text: 'object.container', attributes: {} },
        { name: 'desc', text: '', attributes: {} },
      ],
      resources: [{ uri: '', attributes: {} }],
    },
  ]);
});

test.each([
  '',
  'NOT_IMPLEMENTED',
  '<DIDL-Lite>',
  '<DIDL-Lite><item></DIDL-Lite>',
  '<!DOCTYPE a><DIDL-Lite/>',
])('“%s” is none', (text) => {
  expect(() => readDidl(text)).toThrow(XmlError);
});

test('20 000 mutants: read or refused, and what was read can be written and read', () => {
  const pieces = [
    '<',
    '>',
    '&amp;',
    '"',
    'res',
    '</item>',
    '<item id="1">',
    ' xmlns:a="',
    '__proto__="1"',
    '\ud800',
  ];
  const result = ordeal((text) => readDidl(writeDidl(readDidl(text))), {
    texts: [captured],
    pieces,
    own: [XmlError],
  });
  expect(result).toMatchObject({ faults: [], slow: [] });
  expect(result.read).toBeGreaterThan(1000);
});
