import type { TorrentFileKind } from '@hearth/contract/torrent';

export type SniffedKind = Exclude<TorrentFileKind, 'other'> | 'executable' | 'archive' | 'page';

/** How a format begins. `at` bytes from the start; `?` in a pattern is any byte, `\xNN` as in strings. */
export interface Signature {
  readonly type: string;
  readonly kind: SniffedKind;
  readonly at: number;
  readonly bytes: string;
}

const rows = (
  kind: SniffedKind,
  list: readonly (readonly [type: string, bytes: string, at?: number])[],
): Signature[] => list.map(([type, bytes, at = 0]) => ({ type, kind, bytes, at }));

/**
 * First bytes of formats, after https://www.iana.org/assignments/media-types, FFmpeg's probes (libavformat) and
 * file(1)'s magic. Longer and surer ones stand before shorter ones. One character is one byte.
 */
export const signatures: readonly Signature[] = [
  ...rows('executable', [
    ['elf', '\x7fELF'],
    ['mach-o', '\xfe\xed\xfa\xce'],
    ['mach-o', '\xfe\xed\xfa\xcf'],
    ['mach-o', '\xce\xfa\xed\xfe'],
    ['mach-o', '\xcf\xfa\xed\xfe'],
    ['mach-o', '\xca\xfe\xba\xbe'], // for several processors; Java classes begin alike
    ['mach-o', '\xca\xfe\xba\xbf'],
    ['dex', 'dex\n03'],
    ['wasm', '\0asm\x01\0\0\0'],
    ['lnk', 'L\0\0\0\x01\x14\x02\0'], // Windows shortcut, MS-SHLLINK 2.1
    ['chm', 'ITSF\x03\0\0\0'],
    ['swf', 'FWS'],
    ['swf', 'CWS'],
    ['swf', 'ZWS'],
    ['script', '#!'],
    ['script', '\xef\xbb\xbf#!'],
    ['pe', 'MZ'], // after everything longer; every program of DOS and Windows
  ]),
  ...rows('archive', [
    ['zip', 'PK\x03\x04'],
    ['zip', 'PK\x05\x06'],
    ['zip', 'PK\x07\x08'],
    ['rar', 'Rar!\x1a\x07'],
    ['7z', '7z\xbc\xaf\x27\x1c'],
    ['xz', '\xfd7zXZ\0'],
    ['gzip', '\x1f\x8b\x08'],
    ['bzip2', 'BZh?1AY&SY'],
    ['zstd', '\x28\xb5\x2f\xfd'],
    ['lz4', '\x04\x22\x4d\x18'],
    ['lzip', 'LZIP\x01'],
    ['cab', 'MSCF\0\0\0\0'],
    ['cab', 'ISc('], // InstallShield
    ['ace', '**ACE**', 7],
    ['lha', '-lh?-', 2],
    ['arj', '\x60\xea?\0'],
    ['tar', 'ustar', 257],
    ['ole', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'], // MSI and old Office documents, MS-CFB
    ['xar', 'xar!\0\x1c'],
    ['iso', 'CD001', 0x8001], // ECMA-119
  ]),
  ...rows('video', [
    ['matroska', '\x1a\x45\xdf\xa3'],
    ['avi', 'RIFF????AVI '],
    ['asf', '\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\0\xaa\0\x62\xce\x6c'],
    ['flv', 'FLV\x01'],
    ['mpeg-ps', '\0\0\x01\xba'],
    ['mpeg-video', '\0\0\x01\xb3'],
    ['mxf', '\x06\x0e\x2b\x34\x02\x05\x01\x01'],
    ['realmedia', '.RMF\0\0'],
    ['ivf', 'DKIF\0\0'],
    ['y4m', 'YUV4MPEG2 '],
    ['nut', 'nut/multimedia container\0'],
    ['nsv', 'NSVf'],
    ['nsv', 'NSVs'],
    ['wtv', '\xb7\xd8\0\x20\x37\x49\xda\x11'],
    ['dv', '\x1f\x07\0'],
    ['h264', '\0\0\0\x01\x67'],
    ['hevc', '\0\0\0\x01\x40\x01'],
    ['obu', '\x12\0\x0a'],
  ]),
  ...rows('image', [
    ['jpeg', '\xff\xd8\xff'],
    ['png', '\x89PNG\r\n\x1a\n'],
    ['gif', 'GIF8?a'],
    ['webp', 'RIFF????WEBP'],
    ['tiff', 'II*\0'],
    ['tiff', 'MM\0*'],
    ['jxl', '\xff\x0a'],
    ['jxl', '\0\0\0\x0cJXL \r\n\x87\n'],
  ]),
  ...rows('audio', [
    ['wav', 'RIFF????WAVE'],
    ['wav', 'RF64????WAVE'],
    ['w64', 'riff\x2e\x91\xcf\x11'],
    ['flac', 'fLaC'],
    ['id3', 'ID3?'],
    ['aiff', 'FORM????AIF'],
    ['au', '.snd\0\0'],
    ['caf', 'caff\0\x01'],
    ['ape', 'MAC '],
    ['wavpack', 'wvpk'],
    ['tta', 'TTA1'],
    ['tak', 'tBaK'],
    ['musepack', 'MPCK'],
    ['musepack', 'MP+'],
    ['dsf', 'DSD \x1c\0\0\0'],
    ['dff', 'FRM8????????DSD '],
    ['amr', '#!AMR'],
    ['ac3', '\x0b\x77'],
    ['dts', '\x7f\xfe\x80\x01'],
    ['dts', '\xfe\x7f\x01\x80'],
    ['truehd', '\xf8\x72\x6f\xba', 4],
    ['adts', '\xff\xf1'],
    ['adts', '\xff\xf9'],
    ['adts', '\xff\xf0'],
    ['adts', '\xff\xf8'],
    ['mpeg-audio', '\xff\xfb'],
    ['mpeg-audio', '\xff\xfa'],
    ['mpeg-audio', '\xff\xf3'],
    ['mpeg-audio', '\xff\xf2'],
    ['mpeg-audio', '\xff\xfd'],
    ['mpeg-audio', '\xff\xfc'],
    ['mpeg-audio', '\xff\xe3'],
  ]),
  ...rows('page', [
    ['pdf', '%PDF-'],
    ['rtf', '{\\rtf'],
    ['torrent', 'd8:announce'],
    ['torrent', 'd13:announce-list'],
    ['torrent', 'd7:comment'],
    ['playlist', '#EXTM3U'],
    ['playlist', '[playlist]'],
    ['shortcut', '[InternetShortcut]'],
    ['shortcut', '[Desktop Entry]'],
    ['asx', '[Reference]'],
    ['script', '@echo off'],
  ]),
];
