import { parseMediaPath } from './parse-media-path.js';

const rows: [name: string, title: string, year: number | null][] = [
  ['The Quiet Orchard (2014).mkv', 'The Quiet Orchard', 2014],
  ['The.Quiet.Orchard.2014.1080p.BluRay.x264-GRP.mkv', 'The Quiet Orchard', 2014],
  ['The Quiet Orchard [2014] DVDRip XviD-GRP.avi', 'The Quiet Orchard', 2014],
  ['The_Quiet_Orchard_(2014).mp4', 'The Quiet Orchard', 2014],
  ['The Quiet Orchard.mkv', 'The Quiet Orchard', null],
  ['The.Quiet.Orchard.mkv', 'The Quiet Orchard', null],
  ['(2014) The Quiet Orchard.mkv', 'The Quiet Orchard', 2014],
  ['The Quiet Orchard (2014) - Group 2019.mp4', 'The Quiet Orchard', 2014],
  ['Quiet Orchard, The (2014).mkv', 'The Quiet Orchard', 2014],
  // years and numbers in titles
  ['2001 A Star Voyage (1968).mkv', '2001 A Star Voyage', 1968],
  ['1917 (2019).mkv', '1917', 2019],
  ['1917.2019.1080p.BluRay.x264-GRP.mkv', '1917', 2019],
  ['1917.1080p.BluRay.mkv', '1917', null],
  ['2012 2009.mkv', '2012', 2009],
  ['2012.2009.720p.BluRay.x264.mkv', '2012', 2009],
  ['2012 2009 x264 720p BluRay.mkv', '2012', 2009],
  ['Night Runner 2049 2017.mkv', 'Night Runner 2049', 2017],
  ['Night.Runner.2049.2017.2160p.UHD.BluRay.mkv', 'Night Runner 2049', 2017],
  ['Captain Harbour 1984 (2020).mkv', 'Captain Harbour 1984', 2020],
  ['300 (2006).mkv', '300', 2006],
  ['300.2006.1080p.mkv', '300', 2006],
  ['300 - 2 (2006).mkv', '300 - 2', 2006],
  ['12 Boats (1995).mkv', '12 Boats', 1995],
  ['District 9 (2009).mkv', 'District 9', 2009],
  ['Apollo 13 (1995) [1080p] [E-AC3-S78].mkv', 'Apollo 13', 1995],
  ['5 Boats per Harbour (2010).mkv', '5 Boats per Harbour', 2010],
  ['(500) Boats of Summer (2009).mkv', '(500) Boats of Summer', 2009],
  ['Harbour Chapter 2 (2019).mkv', 'Harbour Chapter 2', 2019],
  ['Harbour.Part.2.2019.1080p.mkv', 'Harbour Part 2', 2019],
  ['Orchard Trilogy (1999-2005) 1080p.mkv', 'Orchard Trilogy', null],
  // punctuation that belongs to the title
  ['S.H.I.P.S.2013.1080p.mkv', 'S.H.I.P.S.', 2013],
  ['R.I.P.O.2013.720p.BluRay.x264-GRP', 'R.I.P.O.', 2013],
  ['Mr. Orchard (2010).mkv', 'Mr. Orchard', 2010],
  ['Dr. No-One (1962).mkv', 'Dr. No-One', 1962],
  ["Orchard's End (2010).mkv", "Orchard's End", 2010],
  ['Spider-Boat (2002).mkv', 'Spider-Boat', 2002],
  ['Orchard - The Beginning (2002).mkv', 'Orchard - The Beginning', 2002],
  ['Orchard: The End? (2002).mkv', 'Orchard: The End?', 2002],
  ['We Are the Boats!.2013.720p.mkv', 'We Are the Boats!', 2013],
  // editions and languages are no title
  ['The.Quiet.Orchard.EXTENDED.2014.1080p.mkv', 'The Quiet Orchard', 2014],
  ['The.Quiet.Orchard.Directors.Cut.2014.1080p.mkv', 'The Quiet Orchard', 2014],
  ['The.Quiet.Orchard.10th.Anniversary.Edition.2014.1080p.mkv', 'The Quiet Orchard', 2014],
  ['Der.Stille.Garten.German.2011.1080p.BluRay.x264-GRP', 'Der Stille Garten', 2011],
  ['Le.Jardin.TRUEFRENCH.2011.1080p.BluRay.x264-GRP', 'Le Jardin', 2011],
  ['The.Good.German.2006.1080p.mkv', 'The Good German', 2006],
  ['The Italian Boat (2003).mkv', 'The Italian Boat', 2003],
  ['The_Italian_Boat.mkv', 'The Italian Boat', null],
  ['Bigger.Longer.and.Uncut.1999.1080p.mkv', 'Bigger Longer and Uncut', 1999],
  ['Le jardin AKA The Garden (1999).mkv', 'Le jardin', 1999],
  ['Der.Stille.Garten.GERMAN.1080p.BluRay.x264-GRP', 'Der Stille Garten', null],
  ['Le Jardin (The Garden Party) 2008 720p.mkv', 'Le Jardin', 2008],
  ['22.Boat.Street.GERMAN.DL.1080p.BluRay.x264-GRP', '22 Boat Street', null],
  ['United 93 720p BRRip 2006.mkv', 'United 93', 2006],
  ['127 Hours Late (2010) 1080p.mkv', '127 Hours Late', 2010],
  ['Off-season.2024.1080p.WEB.H265-GRP', 'Off-season', 2024],
  ['Orchard.1999.CD1of2.DVDRip.XviD-GRP.avi', 'Orchard', 1999],
  // other scripts
  ['Тихий сад (2014).mkv', 'Тихий сад', 2014],
  ['静かな果樹園 (2014).mkv', '静かな果樹園', 2014],
  ['조용한 과수원.2014.1080p.mkv', '조용한 과수원', 2014],
  ['הגן השקט (2014).mkv', 'הגן השקט', 2014],
  // web addresses and derivative renditions around the name
  ['[ www.example.com ] - The.Quiet.Orchard.2014.720p.mkv', 'The Quiet Orchard', 2014],
  ['www.example.org - The Quiet Orchard 2014.mkv', 'The Quiet Orchard', 2014],
  ['TheQuietOrchard_512kb.mp4', 'TheQuietOrchard', null],
  ['the_quiet_orchard_1914_edit.mp4', 'the quiet orchard', 1914],
  // every medium's ending goes
  ['The Quiet Orchard.ogv', 'The Quiet Orchard', null],
  ['The Quiet Orchard.m2ts', 'The Quiet Orchard', null],
  ['The Quiet Orchard.webm', 'The Quiet Orchard', null],
  ['The Quiet Orchard.iso', 'The Quiet Orchard', null],
  ['The Quiet Orchard.rmvb', 'The Quiet Orchard', null],
  ['The Quiet Orchard.srt', 'The Quiet Orchard', null],
];

test.each(rows)('%s', (name, title, year) => {
  expect(parseMediaPath(name)).toMatchObject({
    kind: 'movie',
    title,
    year,
    season: null,
    episodes: [],
    date: null,
  });
});

const unknown = [
  'e096aeb3c2c0483a96f5b32fc6d10ff5.mkv',
  '0e895c37245186812cb08aab1529cf8ee389dd05.mkv',
  'Vh1FvU3bJXw6zs8EEUX4bMo5vbbMdHghxHirc.mkv',
  'bdc435cb-93c4-4902-97ea-ca00568c3887.mkv',
  'sample.mkv',
  'VTS_01_1.VOB',
  'IMG_2034.MOV',
  '.mkv',
  '',
];

test.each(unknown)('says nothing: %p', (name) => {
  expect(parseMediaPath(name)).toMatchObject({ kind: 'unknown', title: null });
});
