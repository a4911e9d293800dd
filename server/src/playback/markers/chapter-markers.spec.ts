import { chapterMarkers } from './chapter-markers.js';

const chapter = (title: string | null, startSeconds: number, endSeconds: number) => ({
  title,
  startSeconds,
  endSeconds,
});

test.each([
  ['Intro', 60, 150, 'intro'],
  ['OP', 0, 90, 'intro'],
  ['Opening Credits', 10, 70, 'intro'],
  ['Previously on Harbour Nine', 0, 60, 'recap'],
  ['End Credits', 1300, 1400, 'credits'],
  ['ED', 1290, 1380, 'credits'],
  ['Abspann', 1300, 1400, 'credits'],
])('%s is one to skip', (title, start, end, kind) => {
  expect(chapterMarkers([chapter(title, start, end)], 1400)).toEqual([
    { kind, startSeconds: start, endSeconds: end },
  ]);
});

test.each([
  ['Chapter 1', 0, 90],
  [null, 0, 90],
  ['Introducing the Villain', 0, 90],
  ['Operation', 0, 90],
  ['Intro', 0, 900],
  ['Intro', 0, 2],
  ['Credits', 100, 160],
  ['The End of All Things', 1200, 1400],
])('%s (%d–%d) is not', (title, start, end) => {
  expect(chapterMarkers([chapter(title, start, end)], 1400)).toEqual([]);
});
