import { parseMediaPath } from './parse-media-path.js';
import type { ParsedName } from './parsed-name.js';

const episode = (
  title: string,
  season: number | null,
  episodes: number[],
  year: number | null = null,
): Partial<ParsedName> => ({
  kind: 'episode',
  title,
  season,
  episodes,
  year,
});
const film = (title: string, year: number | null): Partial<ParsedName> => ({
  kind: 'movie',
  title,
  year,
  season: null,
  episodes: [],
});

const rows: [path: string, expected: Partial<ParsedName>][] = [
  ['Harbour Lights/Season 2/16 Some Title.avi', episode('Harbour Lights', 2, [16])],
  ['Harbour Lights/Season 2/03 - Title.mkv', episode('Harbour Lights', 2, [3])],
  ['Harbour Lights/Season 2/7 - 12 Angry Boats.avi', episode('Harbour Lights', 2, [7])],
  ['Harbour Lights/Season 02/07.mkv', episode('Harbour Lights', 2, [7])],
  ['Harbour Lights/S01/E05.mkv', episode('Harbour Lights', 1, [5])],
  ['Harbour Lights/S01/S01E05.mkv', episode('Harbour Lights', 1, [5])],
  ['Harbour Lights/Season 06/E13 - The Low Tide.mkv', episode('Harbour Lights', 6, [13])],
  ['Harbour Lights/Season 1/Episode 4 - Low Tide.mkv', episode('Harbour Lights', 1, [4])],
  ['Harbour Lights/Staffel 3/Folge 2.mkv', episode('Harbour Lights', 3, [2])],
  ['Phare/Saison 2/Phare - 05.mkv', episode('Phare', 2, [5])],
  ['Огни/Сезон 2/05 серия.avi', episode('Огни', 2, [5])],
  ['灯台/第2季/第05集.mp4', episode('灯台', 2, [5])],
  ['Harbour Lights/Specials/Harbour Lights - S00E03 - Making of.mkv', episode('Harbour Lights', 0, [3])],
  ['Harbour Lights/Specials/03 - Making of.mkv', episode('Harbour Lights', 0, [3])],
  ['Harbour Lights (2005)/Harbour Lights - 1x02 - Title.mkv', episode('Harbour Lights', 1, [2], 2005)],
  ['Harbour Lights (2005)/Season 1/1x02 - Title.mkv', episode('Harbour Lights', 1, [2], 2005)],
  ['TV Shows/Harbour Lights/Season 4/Harbour Lights [401] Low Tide.avi', episode('Harbour Lights', 4, [1])],
  [
    'Harbour.Lights.S01.720p.HDTV.x264-GRP/harbour.lights.0106.720p-grp.mkv',
    episode('Harbour Lights', 1, [6]),
  ],
  ['Harbour.Lights.S02E05.1080p.WEB-DL.H.264-GRP/160725_02.mkv', episode('Harbour Lights', 2, [5])],
  [
    'Harbour.Lights.S02E05.1080p.WEB-DL.H.264-GRP/0e895c37245186812cb08aab1529cf8ee389dd05.mkv',
    episode('Harbour Lights', 2, [5]),
  ],
  ['Harbour Lights/Season 1/Low Tide.mkv', episode('Harbour Lights', 1, [])],
  ['The Boats/The Boats 12.avi', episode('The Boats', null, [12])],
  ["Tiger's Den/S02E06 - Playtime.mp4", episode("Tiger's Den", 2, [6])],
  ['Season 2/Harbour - 02x03 - Title.mp4', episode('Harbour', 2, [3])],
  ['D:\\media\\Harbour Lights\\Season 4\\Harbour Lights.S04E03.mkv', episode('Harbour Lights', 4, [3])],
  ['/mnt/videos/tv/Harbour Lights/Season 1/02.mkv', episode('Harbour Lights', 1, [2])],
  [
    '[Group] Paper Cranes - 01-12 [1080p]/[Group] Paper Cranes - 05 [1080p].mkv',
    episode('Paper Cranes', null, [5]),
  ],
  ['The Boats/02.avi', episode('The Boats', null, [2])],
  ['Harbour.Lights.S02E05.1080p.WEB-DL-GRP/gNWDXow11s7E0X7GTDrZ.mkv', episode('Harbour Lights', 2, [5])],
  ['The Orchard (1999)/The Orchard.mkv', film('The Orchard', 1999)],
  ['The Orchard (1999)/movie.mkv', film('The Orchard', 1999)],
  ['Movies/The Orchard (1999)/CD1/the.orchard.avi', film('The Orchard', 1999)],
  ['Movies/The Orchard (1999)/VIDEO_TS/VTS_01_1.VOB', film('The Orchard', 1999)],
  ['Movies/The Orchard (1999)/BDMV/STREAM/00001.m2ts', film('The Orchard', 1999)],
  ['Movies/The.Orchard.1999.1080p.BluRay.x264-GRP/grp-orch.mkv', film('The Orchard', 1999)],
  ['Movies/The Orchard DVDRip.XviD-GRP/grp-to.avi', film('The Orchard', null)],
  ['Downloads/The.Orchard.1999.mkv', film('The Orchard', 1999)],
  ['Films/Videos/The Orchard (1999).mkv', film('The Orchard', 1999)],
  ['Movies/2012 (2009)/2012.mkv', film('2012', 2009)],
  ['Movies/1999/The Orchard.mkv', film('The Orchard', null)],
];

test.each(rows)('%s', (path, expected) => {
  expect(parseMediaPath(path)).toMatchObject(expected);
});

test('a folder gives the quality that the file does not state', () => {
  expect(parseMediaPath('The.Orchard.1999.1080p.BluRay.x264-GRP/the.orchard.mkv')).toMatchObject({
    resolution: '1080p',
    source: 'BluRay',
    videoCodec: 'H.264',
    releaseGroup: 'GRP',
  });
});

test('a slash inside brackets or between blanks belongs to the name', () => {
  expect(parseMediaPath('Огни / Lights / S1E1-3 [2024, WEB-DL/HDTV]')).toMatchObject({
    season: 1,
    episodes: [1, 2, 3],
  });
});

test('the kind of the library decides what a bare number is', () => {
  expect(parseMediaPath('Orchard - 05.mkv', { libraryKind: 'series' })).toMatchObject({
    kind: 'episode',
    episodes: [5],
  });
  expect(parseMediaPath('Orchard - 05.mkv', { libraryKind: 'movies' })).toMatchObject({
    kind: 'movie',
    episodes: [],
  });
});
