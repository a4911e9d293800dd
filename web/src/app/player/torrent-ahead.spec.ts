import { aheadOf, torrentPlace } from './torrent-ahead';

const hash = '0123456789abcdef0123456789abcdef01234567';

test('only files of torrents have a place in one', () => {
  expect(torrentPlace(`torrent-${hash}-12`)).toEqual({ infoHash: hash, fileIndex: 12 });
  for (const other of ['f1', `torrent-${hash}`, `torrent-${hash}-e2`, 'torrent-1-2', '']) {
    expect(torrentPlace(other)).toBeUndefined();
  }
});

test('what is ready from each reader of this file, as shares of it', () => {
  const readers = [
    { fileIndex: 1, position: 100, readyUntil: 600, windowEnd: 900 },
    { fileIndex: 1, position: 900, readyUntil: 1200, windowEnd: 1200 },
    { fileIndex: 1, position: 300, readyUntil: 300, windowEnd: 900 },
    { fileIndex: 0, position: 0, readyUntil: 50, windowEnd: 50 },
  ];
  expect(aheadOf(readers, 1, 1000)).toEqual([
    { start: 0.1, end: 0.6 },
    { start: 0.9, end: 1 },
  ]);
  expect(aheadOf(readers, 1, undefined)).toEqual([]);
});
