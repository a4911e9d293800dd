import { readPlaylist } from './playlist-text.js';

const read = (name: string, text: string | Buffer) => readPlaylist(name, Buffer.from(text));
const references = (name: string, text: string | Buffer): string[] | undefined =>
  read(name, text)?.lines.map(({ reference }) => reference);

test('M3U with and without what it says of its tracks', () => {
  const text = [
    '\uFEFF#EXTM3U',
    '#PLAYLIST:Friday night',
    '#EXTINF:123.4 tvg-id="x",The Lamps - Dusk',
    '../The Lamps/01 Dusk.flac\r',
    '',
    '#EXTINF:-1,',
    '# a remark',
    'C:\\Music\\02.mp3',
    '03.mp3',
  ];
  expect(read('Mix.m3u8', text.join('\n'))).toEqual({
    name: 'Friday night',
    lines: [
      { reference: '../The Lamps/01 Dusk.flac', name: 'The Lamps - Dusk', seconds: 123.4 },
      { reference: 'C:\\Music\\02.mp3', name: '02', seconds: null },
      { reference: '03.mp3', name: '03', seconds: null },
    ],
  });
  expect(read('Mix.m3u', '03.mp3')?.name).toBe('Mix');
});

test('PLS by number, whatever the order and the case of its keys', () => {
  const text =
    '[playlist]\nTitle2=Two\nfile2=b.mp3\nFile10=c.mp3\nFile1=a.mp3\nLength2=12\nLength1=-1\nNumberOfEntries=3';
  expect(read('Mix.pls', text)).toEqual({
    name: 'Mix',
    lines: [
      { reference: 'a.mp3', name: 'a', seconds: null },
      { reference: 'b.mp3', name: 'Two', seconds: 12 },
      { reference: 'c.mp3', name: 'c', seconds: null },
    ],
  });
});

test.each([
  ['UTF-8', Buffer.from('Zoë/Öde.mp3')],
  ['Latin-1', Buffer.from('Zoë/Öde.mp3', 'latin1')],
  ['UTF-16', Buffer.from('\uFEFFZoë/Öde.mp3', 'utf16le')],
])('%s is understood under both endings', (_, bytes) => {
  expect(references('a.m3u', bytes)).toEqual(['Zoë/Öde.mp3']);
  expect(references('a.m3u8', bytes)).toEqual(['Zoë/Öde.mp3']);
});

test('addresses on the network are left out, files by address are not', () => {
  const lines = [
    'http://host/live.mp3',
    'MMS://host/x',
    'rtsp://h/1',
    'file:///music/a.mp3',
    'Mr. T: live.mp3',
  ];
  expect(references('a.m3u', lines.join('\n'))).toEqual(['file:///music/a.mp3', 'Mr. T: live.mp3']);
});

test.each([
  ['nothing', ''],
  ['only remarks', '#EXTM3U\n# nothing'],
  ['only addresses', 'https://host/radio'],
  ['HLS', '#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\nsegment.ts'],
  ['bytes of no text', Buffer.from([0, 1, 2, 3, 0, 10, 0])],
  ['a line without end', 'x'.repeat(5000)],
])('%s is no playlist', (_, text) => expect(read('a.m3u', text)).toBeUndefined());

test('a file without end has an end here', () => {
  const many = read('a.m3u', 'x.mp3\n'.repeat(30_000));
  expect(many?.lines).toHaveLength(10_000);
});
