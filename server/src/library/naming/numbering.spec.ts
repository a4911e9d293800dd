import { parseMediaPath } from './parse-media-path.js';

/** Title, season, episodes of names that count seasons and episodes. */
const rows: [name: string, title: string | null, season: number | null, episodes: number[]][] = [
  // SxxEyy and its kin
  ['Harbour.Lights.S01E02.720p.HDTV.x264-GRP.mkv', 'Harbour Lights', 1, [2]],
  ['harbour.lights.s01e02.mkv', 'harbour lights', 1, [2]],
  ['Harbour Lights S1 E2.mp4', 'Harbour Lights', 1, [2]],
  ['Harbour Lights - S1E2 - Low Tide.avi', 'Harbour Lights', 1, [2]],
  ['Harbour.Lights.s01.e02.mkv', 'Harbour Lights', 1, [2]],
  ['Harbour Lights S01xE02.mkv', 'Harbour Lights', 1, [2]],
  ['Harbour Lights S01x02.mkv', 'Harbour Lights', 1, [2]],
  ['Harbour.Lights.S01.Ep02.mkv', 'Harbour Lights', 1, [2]],
  ['Harbour Lights T1E02.mkv', 'Harbour Lights', 1, [2]],
  ['Harbour Lights SO2E04.avi', 'Harbour Lights', 2, [4]],
  ['Harbour_Lights_S03E115.mkv', 'Harbour Lights', 3, [115]],
  ['Harbour.Lights.S01E1116.mkv', 'Harbour Lights', 1, [1116]],
  ['Harbour.Lights.S2016E07.mkv', 'Harbour Lights', 2016, [7]],
  ['Harbour.Lights.S00E03.Making.Of.mkv', 'Harbour Lights', 0, [3]],
  ['Harbour Lights [S02E05] Low Tide.mkv', 'Harbour Lights', 2, [5]],
  ['Harbour Lights (S02E05).mkv', 'Harbour Lights', 2, [5]],
  ['Harbour.Lights.S06E01b.Low.Tide.mkv', 'Harbour Lights', 6, [1]],
  ['Harbour.Lights.S02E21.18.5.4.720p.mkv', 'Harbour Lights', 2, [21]],
  ['Harbour Lights - S02E21 - 94 Boats - 720p.mkv', 'Harbour Lights', 2, [21]],
  ['Harbour Lights S01E07 21 Boats 720p.mkv', 'Harbour Lights', 1, [7]],
  ['Harbour.Lights.S01E04.2-45.PM.720p.mkv', 'Harbour Lights', 1, [4]],
  // several episodes in one file
  ['Harbour.Lights.S01E02E03.mkv', 'Harbour Lights', 1, [2, 3]],
  ['Harbour.Lights.S01E02-E04.mkv', 'Harbour Lights', 1, [2, 3, 4]],
  ['Harbour.Lights.S01E01-03.mkv', 'Harbour Lights', 1, [1, 2, 3]],
  ['Harbour.Lights.S01E01-E02-E03.mkv', 'Harbour Lights', 1, [1, 2, 3]],
  ['Harbour Lights - S01E02 - S01E03 - Two Tides.mkv', 'Harbour Lights', 1, [2, 3]],
  ['Harbour Lights S01E00 & S01E01.mkv', 'Harbour Lights', 1, [0, 1]],
  ['Harbour.Lights.S01E01.to.E03.mkv', 'Harbour Lights', 1, [1, 2, 3]],
  ['Harbour.Lights.S01E01+02.FRENCH.mkv', 'Harbour Lights', 1, [1, 2]],
  ['Harbour Lights S26E96-97-98.mkv', 'Harbour Lights', 26, [96, 97, 98]],
  ['Harbour Lights - S02E31 - Episode 55.mkv', 'Harbour Lights', 2, [31]],
  ['Harbour.Lights.S01E01-1080p.mkv', 'Harbour Lights', 1, [1]],
  // 1x02
  ['Harbour Lights - 1x02 - Low Tide.mkv', 'Harbour Lights', 1, [2]],
  ['Harbour.Lights.1x02-1x03.avi', 'Harbour Lights', 1, [2, 3]],
  ['Harbour Lights - 1x02 - 1x03 - 1x04 - Tides.avi', 'Harbour Lights', 1, [2, 3, 4]],
  ['Harbour Lights 02x03x04x15.avi', 'Harbour Lights', 2, [3, 4, 15]],
  ['Harbour Lights - 02x03-04-15 - Tides.avi', 'Harbour Lights', 2, [3, 4, 15]],
  ['Harbour Lights - 02x03-E04.avi', 'Harbour Lights', 2, [3, 4]],
  ['Harbour Lights - [04x19] - Low Tide.avi', 'Harbour Lights', 4, [19]],
  ['Harbour Lights 2009x02.avi', 'Harbour Lights', 2009, [2]],
  ['Harbour_Lights!_-_7x6_-_Low_Tide_[SDTV].avi', 'Harbour Lights!', 7, [6]],
  // words, in many languages
  ['Harbour Lights Season 1 Episode 2.mkv', 'Harbour Lights', 1, [2]],
  ['Harbour Lights - Season 01 - Episode 02 - Low Tide.mkv', 'Harbour Lights', 1, [2]],
  ['Phare Bleu Saison 2 Episode 5.mkv', 'Phare Bleu', 2, [5]],
  ['Phare Bleu - Saison 2 - Épisode 5.mkv', 'Phare Bleu', 2, [5]],
  ['Phare Bleu Saison VII FRENCH.mkv', 'Phare Bleu', 7, []],
  ['Hafenlichter Staffel 2 Folge 3.mkv', 'Hafenlichter', 2, [3]],
  ['Luces Temporada 1 Capítulo 4.mkv', 'Luces', 1, [4]],
  ['Luces - Temporada 3 [HDTV 720p][Cap.308].mkv', 'Luces', 3, [8]],
  ['Luci Stagione 2 Puntata 6.mkv', 'Luci', 2, [6]],
  ['Огни Сезон 2 Серия 7.mkv', 'Огни', 2, [7]],
  ['Огни 2 сезон 7 серия.avi', 'Огни', 2, [7]],
  ['Lichten.2.sezon.7.serija.avi', 'Lichten', 2, [7]],
  ['Isiklar.2.Sezon.7.Bölüm.2021.1080p.mkv', 'Isiklar', 2, [7]],
  ['灯台 第2季 第05集.mp4', '灯台', 2, [5]],
  ['灯台 シーズン1 第3話.mp4', '灯台', 1, [3]],
  ['Harbour Lights Episode 1.22 - Low Tide.avi', 'Harbour Lights', 1, [22]],
  // an episode without a season
  ['Harbour Lights Episode 12.mkv', 'Harbour Lights', null, [12]],
  ['Harbour Lights Ep. 5.mkv', 'Harbour Lights', null, [5]],
  ['Harbour.Lights.E05.1080p.WEB-DL.mkv', 'Harbour Lights', null, [5]],
  ['Harbour.Lights.EP05.mkv', 'Harbour Lights', null, [5]],
  ['Harbour Lights EP05-EP07.mkv', 'Harbour Lights', null, [5, 6, 7]],
  ['Harbour.Lights.05.of.12.mkv', 'Harbour Lights', null, [5]],
  ['Harbour Lights (2of6) Low Tide.mkv', 'Harbour Lights', null, [2]],
  ['Hafenlichter Folge 33.avi', 'Hafenlichter', null, [33]],
  ['灯台 第05话.mp4', '灯台', null, [5]],
  ['Isiklar 69.Bölüm.mkv', 'Isiklar', null, [69]],
  ['Огни 12 серия.avi', 'Огни', null, [12]],
  // compressed numbers need a broadcast behind them
  ['harbour.lights.307.hdtv-grp.mkv', 'harbour lights', 3, [7]],
  ['Harbour.Lights.1013.720p.HDTV.X264-GRP.mkv', 'Harbour Lights', 10, [13]],
  ['Harbour.Lights.103.104.HDTV.x264-GRP.mkv', 'Harbour Lights', 1, [3, 4]],
  ['harbour_03_19.avi', 'harbour', 3, [19]],
  // whole seasons
  ['Harbour.Lights.S02.1080p.BluRay.x264-GRP', 'Harbour Lights', 2, []],
  ['Harbour Lights Season 4 WS PDTV XviD GRP', 'Harbour Lights', 4, []],
  ['Harbour Lights - 2nd Season', 'Harbour Lights', 2, []],
  ['Harbour.Lights.S01-S03.COMPLETE.1080p-GRP', 'Harbour Lights', 1, []],
  ['Harbour.Lights.S01-03.COMPLETE.1080p-GRP', 'Harbour Lights', 1, []],
  ['Огни 3 сезон', 'Огни', 3, []],
  ['灯台 第二季', '灯台', 2, []],
  ['Harbour Lights Seasons 1-4 Complete', 'Harbour Lights', 1, []],
  // numbers of pictures, sound and codecs are none
  ['Harbour.Lights.S01E02.1920x1080.x264.AAC5.1.10bit.mkv', 'Harbour Lights', 1, [2]],
  ['Harbour Lights S01E02 1280x720 H.264 DD5.1.mkv', 'Harbour Lights', 1, [2]],
  // titles with numbers or with words that look like numbers
  ['24.S02E05.mkv', '24', 2, [5]],
  ['9-1-1.S03E01.mkv', '9-1-1', 3, [1]],
  ['12.Boats.S02E05.1080p.mkv', '12 Boats', 2, [5]],
  ['The.100.S02E05.mkv', 'The 100', 2, [5]],
  ['Station.19.S02E05.mkv', 'Station 19', 2, [5]],
  ['1883.S01E02.mkv', '1883', 1, [2]],
  ['S.H.I.P.S.S04E01.Low.Tide.mkv', 'S.H.I.P.S.', 4, [1]],
  ['Mr. Harbour S02E05.mkv', 'Mr. Harbour', 2, [5]],
  ['The.Harbour.US.S03E04.mkv', 'The Harbour US', 3, [4]],
  ["Captain's.Table.S01E02.mkv", "Captain's Table", 1, [2]],
  ['Lights, The - 1x02.avi', 'The Lights', 1, [2]],
  ['Лампа.S01E02.mkv', 'Лампа', 1, [2]],
  ['등대.S01E02.mkv', '등대', 1, [2]],
];

test.each(rows)('%s', (name, title, season, episodes) => {
  expect(parseMediaPath(name)).toMatchObject({ kind: 'episode', title, season, episodes });
});

const dated: [name: string, title: string, date: string][] = [
  ['Evening.Harbour.2023.02.13.Guest.Name.720p.mkv', 'Evening Harbour', '2023-02-13'],
  ['Evening Harbour - 2023-02-13 - Guest.mkv', 'Evening Harbour', '2023-02-13'],
  ['Evening Harbour 13-02-2023.mkv', 'Evening Harbour', '2023-02-13'],
  ['Evening Harbour 02-28-2023.mkv', 'Evening Harbour', '2023-02-28'],
  ['Evening.Harbour.20230213.mkv', 'Evening Harbour', '2023-02-13'],
  ['Evening.Harbour.230213.720p.mkv', 'Evening Harbour', '2023-02-13'],
  ['Evening Harbour 13 Feb 2023.mkv', 'Evening Harbour', '2023-02-13'],
  ['Evening Harbour 3rd November 2023 HDTV.mkv', 'Evening Harbour', '2023-11-03'],
  ['Evening Harbour Feb 13 2023.mkv', 'Evening Harbour', '2023-02-13'],
  ['夕方 2023年02月13日.mp4', '夕方', '2023-02-13'],
  ['2023.02.13 - Evening Harbour - HD TV.mkv', 'Evening Harbour', '2023-02-13'],
];

test.each(dated)('air date: %s', (name, title, date) => {
  expect(parseMediaPath(name)).toMatchObject({ kind: 'episode', title, date, year: null });
});

test('a day that does not exist is no date', () => {
  expect(parseMediaPath('Evening.Harbour.2023.02.31.mkv').date).toBeNull();
});
