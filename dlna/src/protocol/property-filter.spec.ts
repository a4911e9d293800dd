import { parsePropertyFilter } from './property-filter.js';

const asked = (text: string, ...properties: string[]): string[] => {
  const filter = parsePropertyFilter(text);
  return properties.filter((property) => filter.wants(property));
};

test('everything', () => {
  for (const text of ['*', ' * ', 'dc:date,*'])
    expect(asked(text, 'res@size', 'sec:whatever', '@childCount')).toHaveLength(3);
});

test('what is required comes whatever was asked for', () => {
  for (const text of ['', ' ', 'nobody:knows', ',,'])
    expect(
      asked(text, '@id', '@parentID', '@restricted', 'dc:title', 'upnp:class', 'dc:date', 'res', 'res@size'),
    ).toEqual(['@id', '@parentID', '@restricted', 'dc:title', 'upnp:class']);
});

test('an attribute brings its element, and a resource its protocolInfo', () => {
  expect(asked('res@size', 'res', 'res@size', 'res@protocolInfo', 'res@duration')).toEqual([
    'res',
    'res@size',
    'res@protocolInfo',
  ]);
  expect(asked('res', 'res', 'res@protocolInfo', 'res@size')).toEqual(['res', 'res@protocolInfo']);
  expect(asked('upnp:albumArtURI@dlna:profileID', 'upnp:albumArtURI')).toEqual(['upnp:albumArtURI']);
  expect(
    asked(' dc:date ,container@childCount, item@refID', 'dc:date', '@childCount', '@refID', '@searchable'),
  ).toEqual(['dc:date', '@childCount', '@refID']);
});
