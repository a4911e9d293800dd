import { torrentFile, torrentMetadata } from '../../library/torrent/testing.js';
import { chooseFile, type WantedFile } from './file-choice.js';

const pack = torrentMetadata('a'.repeat(40), 'Harbour', [
  torrentFile(0, 'Harbour/Harbour.S01E01.mkv', 500, { season: 1, episodes: [1] }),
  torrentFile(1, 'Harbour/Harbour.S01E02.sample.mkv', 5, { season: 1, episodes: [2] }),
  torrentFile(2, 'Harbour/Harbour.S01E02E03.mkv', 500, { season: 1, episodes: [2, 3] }),
  torrentFile(3, 'Harbour/Harbour.S02E02.mkv', 500, { season: 2, episodes: [2] }),
  torrentFile(4, 'Harbour/Harbour.nfo', 1),
]);
const film = torrentMetadata('b'.repeat(40), 'Meadow', [
  torrentFile(0, 'Meadow/Meadow.mkv', 900),
  torrentFile(1, 'Meadow/trailer.mp4', 9),
]);

const rows: [name: string, torrent: typeof pack, wanted: Partial<WantedFile>, index: number | null][] = [
  ['the one that was said', pack, { fileIndex: 3, season: 1, episode: 1 }, 3],
  ['not where that is no film', pack, { fileIndex: 4, season: 1, episode: 1 }, 0],
  ['by its name, whatever the folder and case', pack, { fileName: 'x/HARBOUR.s01e02e03.MKV' }, 2],
  ['the episode, no sample of it', pack, { season: 1, episode: 2 }, 2],
  ['the second of two in one file', pack, { season: 1, episode: 3 }, 2],
  ['of its own season', pack, { season: 2, episode: 2 }, 3],
  ['none where it is not there', pack, { season: 3, episode: 1 }, null],
  ['the best of a film', film, {}, 0],
  ['the best where nothing is numbered', film, { season: 1, episode: 1 }, 0],
];
test.each(rows)('%s', (_, torrent, wanted, index) => {
  expect(chooseFile(torrent, { fileIndex: null, fileName: null, ...wanted })).toBe(index);
});
