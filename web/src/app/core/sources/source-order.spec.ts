import { bestFirst, nextOrder, ordered, winnerOf } from './source-order';
import { aFileSource, anHttpSource, aPageSource, aTorrentSource } from './testing/a-source';

const noFacts = aFileSource('x').facts;
const sources = [
  aFileSource('file', { size: 5, facts: { ...noFacts, resolution: '1080p', languages: ['en'] } }),
  aTorrentSource('many', { size: 9, seeders: 80, facts: { ...noFacts, resolution: '2160p' } }),
  aTorrentSource('few', { size: 2, seeders: 3, facts: { ...noFacts, resolution: '1080p', hdr: 'HDR10' } }),
  anHttpSource('direct', { facts: { ...noFacts, languages: ['de'] } }),
];
const names = (order: Parameters<typeof ordered>[1]) => ordered(sources, order).map(({ id }) => id);

test('they stand as the server ranked them until a head is pressed', () => {
  expect(names(bestFirst)).toEqual(['file', 'many', 'few', 'direct']);
  expect(names(nextOrder(bestFirst, 'score'))).toEqual(['direct', 'few', 'many', 'file']);
});

test('large ones first where that is what is looked for; pressed again, the other way', () => {
  const bySize = nextOrder(bestFirst, 'size');
  expect(names(bySize)).toEqual(['many', 'file', 'few', 'direct']);
  expect(names(nextOrder(bySize, 'size'))).toEqual(['few', 'file', 'many', 'direct']);
  expect(names(nextOrder(bestFirst, 'languages'))).toEqual(['direct', 'file', 'many', 'few']);
});

test('what is not known comes last either way; equal ones stay best first', () => {
  const bySeeders = nextOrder(bestFirst, 'seeders');
  expect(names(bySeeders)).toEqual(['many', 'few', 'file', 'direct']);
  expect(names(nextOrder(bySeeders, 'seeders'))).toEqual(['few', 'many', 'file', 'direct']);
});

test('high dynamic range is a little more than the same resolution without', () => {
  expect(names(nextOrder(bestFirst, 'quality'))).toEqual(['many', 'few', 'file', 'direct']);
});

test('Play takes the best that plays here: no page, no extra, no file that is gone', () => {
  const best = winnerOf([
    aPageSource('page'),
    aFileSource('gone', { available: false }),
    aFileSource('trailer', { extraKind: 'trailer' }),
    aTorrentSource('torrent'),
  ]);
  expect(best?.id).toBe('torrent');
  expect(winnerOf([aPageSource('page')])).toBeUndefined();
});
