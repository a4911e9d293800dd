import { parseThumbnails, thumbnailAt } from './thumbnails';

const base = 'https://home/api/media/thumbs/f1/index.vtt?signature=s';
const text = `WEBVTT

00:00.000 --> 00:10.000
sheet-0.jpg?signature=a#xywh=0,0,320,180

1
00:00:10.000 --> 00:00:20.000
/api/sheet-0.jpg#xywh=320,0,320,180

00:20.000 --> 00:30.000
just text
`;

test('pieces of sprites are read, addresses made whole, other cues left out', () => {
  expect(parseThumbnails(text, base)).toEqual([
    {
      start: 0, end: 10, url: 'https://home/api/media/thumbs/f1/sheet-0.jpg?signature=a', x: 0, y: 0, width: 320,
      height: 180,
    },
    { start: 10, end: 20, url: 'https://home/api/sheet-0.jpg', x: 320, y: 0, width: 320, height: 180 },
  ]); // prettier-ignore
});

test('rubbish gives nothing', () => {
  expect(parseThumbnails('', base)).toEqual([]);
  expect(parseThumbnails('<html>\n\n00:00.000 --> 00:01.000\nx#xywh=1,2,0,0', base)).toEqual([]);
});

test('a place finds its piece, the end of the film the last one', () => {
  const list = parseThumbnails(text.replaceAll('\n', '\r\n'), base);
  expect(thumbnailAt(list, 9.9)?.start).toBe(0);
  expect(thumbnailAt(list, 10)?.start).toBe(10);
  expect(thumbnailAt(list, 5000)?.start).toBe(10);
  expect(thumbnailAt([], 5)).toBeUndefined();
});
