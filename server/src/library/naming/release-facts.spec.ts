import { parseMediaPath } from './parse-media-path.js';
import type { ParsedName } from './parsed-name.js';

const sources: [words: string, source: ParsedName['source']][] = [
  ['BluRay', 'BluRay'],
  ['Blu-ray', 'BluRay'],
  ['BDMV', 'BluRay'],
  ['BDRip', 'BDRip'],
  ['BD-Rip', 'BDRip'],
  ['BRRip', 'BRRip'],
  ['BluRay.REMUX', 'BluRay REMUX'],
  ['BDRemux', 'BluRay REMUX'],
  ['UHD.BluRay', 'BluRay'],
  ['WEB-DL', 'WEB-DL'],
  ['WEBDL', 'WEB-DL'],
  ['WEB', 'WEB-DL'],
  ['AMZN.WEB-DL', 'WEB-DL'],
  ['WEBRip', 'WEBRip'],
  ['WEB-Rip', 'WEBRip'],
  ['WEBCap', 'WEBRip'],
  ['HDTV', 'HDTV'],
  ['HDTVRip', 'HDTV'],
  ['PDTV', 'PDTV'],
  ['DSR', 'SATRip'],
  ['SATRip', 'SATRip'],
  ['TVRip', 'TVRip'],
  ['DVDRip', 'DVDRip'],
  ['DVD9', 'DVD'],
  ['NTSC.DVD', 'DVD'],
  ['HDRip', 'HDRip'],
  ['HDDVD', 'HD-DVD'],
  ['VHSRip', 'VHSRip'],
  ['DVDSCR', 'SCR'],
  ['HDCAM', 'CAM'],
  ['CAMRip', 'CAM'],
  ['TELESYNC', 'TS'],
  ['HDTS', 'TS'],
  ['TELECINE', 'TC'],
  ['WORKPRINT', 'WORKPRINT'],
];

test.each(sources)('source %s is %s', (words, source) => {
  expect(parseMediaPath(`The.Orchard.1999.${words}.mkv`)).toMatchObject({
    title: 'The Orchard',
    year: 1999,
    source,
  });
});

const resolutions: [words: string, resolution: string][] = [
  ['1080p', '1080p'],
  ['1080i', '1080i'],
  ['720p', '720p'],
  ['2160p', '2160p'],
  ['4K', '2160p'],
  ['UHD', '2160p'],
  ['576p', '576p'],
  ['480p', '480p'],
  ['1920x1080', '1080p'],
  ['1920x800', '1080p'],
  ['1280x720', '720p'],
  ['1280 x 720', '720p'],
  ['720x576', '576p'],
  ['640x480', '480p'],
  ['3840x2160', '2160p'],
  ['1080p60', '1080p'],
  ['8K', '4320p'],
  ['[1080p]', '1080p'],
  ['HD1080p', '1080p'],
];

test.each(resolutions)('resolution %s is %s', (words, resolution) => {
  expect(parseMediaPath(`The Orchard 1999 ${words}.mkv`)).toMatchObject({
    title: 'The Orchard',
    year: 1999,
    resolution,
  });
});

const codecs: [words: string, codec: ParsedName['videoCodec']][] = [
  ['x264', 'H.264'],
  ['H.264', 'H.264'],
  ['h264', 'H.264'],
  ['AVC', 'H.264'],
  ['x265', 'H.265'],
  ['HEVC', 'H.265'],
  ['H.265', 'H.265'],
  ['AV1', 'AV1'],
  ['VP9', 'VP9'],
  ['XviD', 'XviD'],
  ['DivX', 'DivX'],
  ['MPEG2', 'MPEG-2'],
  ['VC-1', 'VC-1'],
  ['VVC', 'H.266'],
];

test.each(codecs)('video %s is %s', (words, videoCodec) => {
  expect(parseMediaPath(`The.Orchard.1999.${words}.mkv`)).toMatchObject({
    title: 'The Orchard',
    year: 1999,
    videoCodec,
  });
});

const sounds: [words: string, codec: ParsedName['audioCodec']][] = [
  ['AAC', 'AAC'],
  ['AAC2.0', 'AAC'],
  ['AC3', 'AC3'],
  ['DD5.1', 'AC3'],
  ['Dolby.Digital', 'AC3'],
  ['EAC3', 'E-AC3'],
  ['DDP5.1', 'E-AC3'],
  ['DD+5.1', 'E-AC3'],
  ['DTS', 'DTS'],
  ['DTS-HD', 'DTS-HD'],
  ['DTS-HD.MA.5.1', 'DTS-HD MA'],
  ['DTS-X', 'DTS:X'],
  ['TrueHD.7.1', 'TrueHD'],
  ['TrueHD.Atmos', 'TrueHD'],
  ['FLAC', 'FLAC'],
  ['Opus', 'Opus'],
  ['MP3', 'MP3'],
  ['OGG', 'Vorbis'],
  ['LPCM', 'PCM'],
];

test.each(sounds)('sound %s is %s', (words, audioCodec) => {
  expect(parseMediaPath(`The.Orchard.1999.1080p.${words}.x264-GRP.mkv`)).toMatchObject({
    audioCodec,
    releaseGroup: 'GRP',
  });
});

const groups: [name: string, group: string | null][] = [
  ['The.Orchard.1999.1080p.BluRay.x264-GRP.mkv', 'GRP'],
  ['The.Orchard.1999.1080p.BluRay.x264-GRP[site].mkv', 'GRP'],
  ['The Orchard 1999 1080p BluRay x264 - GRP.mkv', 'GRP'],
  ['The Orchard (1999) [1080p] [GRP].mkv', 'GRP'],
  ['The Orchard (1999) (1080p BluRay x265 HEVC 10bit AAC 5.1 Grp).mkv', 'Grp'],
  ['The.Orchard.1999.1080p.WEB-DL.DD5.1.H.264-GRP-Obfuscated.mkv', 'GRP'],
  ['The.Orchard.1999.BluRay.DTS.x264.D-GR0UP.mkv', 'D-GR0UP'],
  ['The.Orchard.1999.1080p.BluRay.x264.GRP.mkv', 'GRP'],
  ['The.Orchard.1999.1080p.WEB-DL.mkv', null],
  ['The.Orchard.1999.DTS-HD.mkv', null],
  ['The Orchard - Low Tide (1999).mkv', null],
  ['Harbour Lights - S01E02 - Low-Tide.mkv', null],
  ['The.Orchard.1080p.BluRay.x264-2019.mkv', null],
];

test.each(groups)('group of %s', (name, releaseGroup) => {
  expect(parseMediaPath(name)).toMatchObject({ releaseGroup });
});

test('short words count only behind the title', () => {
  expect(parseMediaPath('The Web (2014).mkv')).toMatchObject({ title: 'The Web', source: null });
  expect(parseMediaPath('Opus (2014).mkv')).toMatchObject({ title: 'Opus', audioCodec: null });
  expect(parseMediaPath('Cam (2018) 1080p.mkv')).toMatchObject({ title: 'Cam', source: null });
});
