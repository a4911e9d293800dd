import { parseMediaPath } from './parse-media-path.js';

const rows: [name: string, title: string, absolute: number[], group: string | null][] = [
  ['[Group] Paper Cranes - 05 (1080p) [ABCD1234].mkv', 'Paper Cranes', [5], 'Group'],
  ['[Group] Paper Cranes - 05v2 (1080p) [ABCD1234].mkv', 'Paper Cranes', [5], 'Group'],
  ['[Group]_Paper_Cranes_-_05_[1280x720_H.264_FLAC][1234ABCD].mkv', 'Paper Cranes', [5], 'Group'],
  ['[Group-Two] Paper Cranes - 145 [720p].mkv', 'Paper Cranes', [145], 'Group-Two'],
  ['[Group] Paper Cranes - 1004 [E63F2984].mkv', 'Paper Cranes', [1004], 'Group'],
  ['[Group] Paper Cranes 05 [1080p].mkv', 'Paper Cranes', [5], 'Group'],
  ['[Group] Paper Cranes 214', 'Paper Cranes', [214], 'Group'],
  ['[Group].Paper.Cranes.05.[1080p].mkv', 'Paper Cranes', [5], 'Group'],
  ['[Group][Paper Cranes][05][1080p].mkv', 'Paper Cranes', [5], 'Group'],
  ['【Group】[Paper Cranes][05][1080p].mkv', 'Paper Cranes', [5], 'Group'],
  ['[Group] Paper Cranes - 01-12 [1080p]', 'Paper Cranes', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 'Group'],
  ['[Group] Paper Cranes - 01 ~ 03 [1080p]', 'Paper Cranes', [1, 2, 3], 'Group'],
  ['[Group] Paper Cranes 01 - 03 [1080p][Batch]', 'Paper Cranes', [1, 2, 3], 'Group'],
  ['[Group] Paper Cranes - 11 - 511 Harbour Street [6C70C4E4].mkv', 'Paper Cranes', [11], 'Group'],
  ['[Group] Paper Cranes 2 - 03 [720p].mkv', 'Paper Cranes 2', [3], 'Group'],
  ['[Group] Area 88 - 07 [1080p].mkv', 'Area 88', [7], 'Group'],
  ['[Group] Paper Cranes - Second Flight - 05 [1080p].mkv', 'Paper Cranes - Second Flight', [5], 'Group'],
  ['[Group] 05 - Paper Cranes [BD][720p][AAC].mp4', 'Paper Cranes', [5], 'Group'],
  ['[BD][1080p] Paper Cranes 08 [4D102B7C].mkv', 'Paper Cranes', [8], null],
  ['Paper Cranes - 031 - The Wind.avi', 'Paper Cranes', [31], null],
  ['Paper Cranes 484 VOSTFR.mkv', 'Paper Cranes', [484], null],
  ['[Group] Paper Cranes #957 (1280x720 x264 AAC).mp4', 'Paper Cranes', [957], 'Group'],
  ['[Group] Paper Cranes - 1080 (720p) [05B85B5E].mkv', 'Paper Cranes', [1080], 'Group'],
  ['[Group] Paper Cranes - 264 [012073FE].avi', 'Paper Cranes', [264], 'Group'],
];

test.each(rows)('%s', (name, title, absolute, group) => {
  const parsed = parseMediaPath(name);
  expect(parsed).toMatchObject({ kind: 'episode', title, season: null, absoluteEpisodes: absolute });
  // A lone number may be either count, so it stands in both lists.
  expect(parsed).toMatchObject({ episodes: absolute, releaseGroup: group });
});

const counted: [name: string, title: string, season: number, episodes: number[], absolute: number[]][] = [
  ['[Group] Paper Cranes S2 - 07 [720p].mkv', 'Paper Cranes', 2, [7], []],
  ['[Group] Paper Cranes 2nd Season - 07 [720p].mkv', 'Paper Cranes', 2, [7], []],
  ['[Group] Paper Cranes Season 2 - 07 [720p].mkv', 'Paper Cranes', 2, [7], []],
  ['[Group] Paper Cranes S2 [05][1080p].mkv', 'Paper Cranes', 2, [5], []],
  ['[Group] Paper Cranes 00 S2 - 01 [720p].mkv', 'Paper Cranes 00', 2, [1], []],
  ['[Group] Paper Cranes 10x14 214', 'Paper Cranes', 10, [14], [214]],
  ['[Group] Paper Cranes - 05 - S01E05 - The Wind [5BCD56B8].mkv', 'Paper Cranes', 1, [5], [5]],
  ['[Group] Paper Cranes - SP01 [BD].mkv', 'Paper Cranes', 0, [1], []],
  ['[Group] Paper Cranes - NCOP [BD 1080p] [BBC3BC68].mkv', 'Paper Cranes', 0, [], []],
];

test.each(counted)('%s', (name, title, season, episodes, absoluteEpisodes) => {
  expect(parseMediaPath(name)).toMatchObject({ kind: 'episode', title, season, episodes, absoluteEpisodes });
});

const films: [name: string, title: string][] = [
  ['[Group] Paper Cranes The Movie (BDRip 1920x1080 Hi10 FLAC) [FD8B6FF2].mkv', 'Paper Cranes The Movie'],
  ['[Group] 5 Cranes per Second (BDRip 1920x1080) [FD8B6FF2].mkv', '5 Cranes per Second'],
];

test.each(films)('a film: %s', (name, title) => {
  expect(parseMediaPath(name)).toMatchObject({ kind: 'movie', title, episodes: [], releaseGroup: 'Group' });
});
