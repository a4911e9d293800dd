import type { NamedAudioCodec, NamedSource, NamedVideoCodec } from './parsed-name.js';

/**
 * The technical words of file names, as data. In each table the first row that matches wins, so longer spellings stand
 * above the shorter ones they contain. `weak` rows are also ordinary words (or too short to trust): they count only
 * behind another technical word, a year or an episode number, and never end a title by themselves.
 */
export interface TokenRow<Value extends string> {
  value: Value;
  pattern: RegExp;
  weak?: true;
}

const SEP = '[ ._-]*';

/** A whole word: not inside a longer run of letters or digits, save for what is customarily glued behind (`HDTVx264`, `Bluray720p`). */
const word = (source: string, flags = 'iu'): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${source})(?:(?![\\p{L}\\p{N}])|(?=x26[45]|\\d{3,4}[pi]|mux))`, flags);

export const SOURCES: readonly TokenRow<NamedSource>[] = [
  {
    value: 'BluRay REMUX',
    pattern: word(
      `(?:BD|blu${SEP}ray|(?:4K)?UHD)${SEP}(?:1080p${SEP}|2160p${SEP})?remux|remux${SEP}(?:BD|blu${SEP}ray)`,
    ),
  },
  { value: 'BluRay REMUX', pattern: word(`blu${SEP}ray.{0,60}remux|remux.{0,40}blu${SEP}ray`) },
  {
    value: 'BDRip',
    pattern: word(
      `(?:UHD|U)?${SEP}BD${SEP}(?:mux|rip)(?:s|ped)?|blu${SEP}ray${SEP}rip|BD(?:light)|(?:BD|BR)${SEP}mux`,
    ),
  },
  { value: 'BRRip', pattern: word(`BR${SEP}rip`) },
  {
    value: 'BluRay',
    pattern: word(
      `(?:HD|M|UHD)?${SEP}blu${SEP}rays?|blu${SEP}ray(?:HD|disc)?|blurayrip|BD(?:25|50|66|100|ISO|MV|HD)|BD[59](?!\\d)|UHD(?:${SEP}|2)BD|BD${SEP}full`,
    ),
  },
  { value: 'HD-DVD', pattern: word(`HD${SEP}DVD(?:${SEP}rip)?`) },
  { value: 'SCR', pattern: word(`(?:DVD|BD|HD|WEB|VHS|BR)?${SEP}scr(?:eener)?|screener`) },
  {
    value: 'DVDRip',
    pattern: word(`(?:HQ|VHQ)?${SEP}DVD${SEP}(?:rip|mux)(?:s|ped)?|DVDRiP|(?:R[0-9]${SEP})DVD${SEP}rip`),
  },
  {
    value: 'WEBRip',
    pattern: word(
      `(?:AMZN|NF|HMAX)?web${SEP}(?:rip|cap|mux)(?:ped)?|(?:netflix|amazon)(?:U?HD|SD)?${SEP}rip|(?:VOD|WEB${SEP}UHD)${SEP}rip|WEB${SEP}-?${SEP}DL${SEP}rip|dl${SEP}rip`,
    ),
  },
  {
    value: 'WEB-DL',
    pattern: word(
      `web${SEP}dl(?:${SEP}HD)?|web${SEP}HD|(?:HD|UHD|AMZN|NF)web(?:dl)?|i(?:tunes|internet)${SEP}HD|webdl(?:480|720|1080|2160)p?|VOD|DL${SEP}mux|(?:netflix|amazon|amzn|disney|hbomax|maxdome|itunes|joyn|rtl|sky|apple|videoland)(?:U?HD|SD)|webUHD`,
    ),
  },
  {
    value: 'HDTV',
    pattern: word(`(?:U|A|T)?HD${SEP}TV(?:${SEP}rip)?(?:s)?|HDTVRip|ultra${SEP}HD${SEP}TV|HD${SEP}TVmux`),
  },
  {
    value: 'PDTV',
    pattern: word(`(?:HD|P)DTV(?:${SEP}rip)?|digital${SEP}TV|DVB(?:${SEP}?(?:rip|[st]2?))?|DTT${SEP}rip`),
  },
  { value: 'SATRip', pattern: word(`(?:HD)?SAT${SEP}rip|DTH(?:${SEP}rip)?|DS${SEP}R(?:ip)?|DSRip|HD?dsr`) },
  { value: 'TVRip', pattern: word(`TV${SEP}rip|SDTV|(?:HD)?TV${SEP}mux|IP${SEP}TV(?:${SEP}rip)?`) },
  {
    value: 'DVD',
    pattern: word(
      `(?:PAL|NTSC|full)?${SEP}DVD(?:${SEP}[59R]|${SEP}full|full|iso|${SEP}video)?|M?DVDR|DVD${SEP}?[0-9]+(?=${SEP}(?:x26|xvid))|(?:R[0-9]J?)DVD|DVDR[59]`,
    ),
  },
  { value: 'HDRip', pattern: word(`HD${SEP}rip|UHD${SEP}rip|micro${SEP}HD|(?:m|4K)?HD${SEP}light`) },
  { value: 'VHSRip', pattern: word(`VHS(?:${SEP}rip)?|LD${SEP}rip|laser${SEP}disc`) },
  { value: 'PPV', pattern: word(`PPV(?:${SEP}rip)?`), weak: true },
  { value: 'WORKPRINT', pattern: word(`work${SEP}print|WP(?=[ ._-]+(?:xvid|x26))`) },
  {
    value: 'TS',
    pattern: word(
      `(?:HD)${SEP}TS(?:${SEP}rip)?|tele${SEP}sync(?:${SEP}rip)?|PDVD(?:${SEP}rip)?|preDVD(?:${SEP}rip)?|TS${SEP}rip`,
    ),
  },
  { value: 'TC', pattern: word(`(?:HD)${SEP}TC(?:${SEP}rip)?|tele${SEP}cine(?:${SEP}rip)?|TC${SEP}rip`) },
  {
    value: 'CAM',
    pattern: word(`(?:HD|HQ)${SEP}CAM(?:${SEP}rip)?|CAM${SEP}(?:rip|HD)|(?:HQ${SEP})?S[ -]Print`),
  },
  { value: 'TS', pattern: /(?<=[^ .][ .])(?:HQ)?TS(?=[ .]|$)/u },
  { value: 'CAM', pattern: /(?<=[^ .][ .])CAM(?=[ .]|$)/u },
  { value: 'WEB-DL', pattern: /(?<=[^ .][ .])WEB(?=[ .]|$)/u },
  { value: 'TS', pattern: word('TS|HQTS'), weak: true },
  { value: 'TC', pattern: word('TC'), weak: true },
  { value: 'CAM', pattern: word('CAM'), weak: true },
  { value: 'BluRay', pattern: word('BD|BR', 'u'), weak: true },
  { value: 'WEB-DL', pattern: word('WEB', 'iu'), weak: true },
  { value: 'HDTV', pattern: word('HD[ ._-]?TV|TVHD', 'iu'), weak: true },
  { value: 'TVRip', pattern: word('TV', 'u'), weak: true },
  { value: 'BluRay REMUX', pattern: word('(?:HYBRID[ ._-])?REMUX'), weak: true },
];

export const VIDEO_CODECS: readonly TokenRow<NamedVideoCodec>[] = [
  {
    value: 'H.265',
    pattern: word(
      `[hx]${SEP}265(?:p|b)?|(?:x?hevc|hevc)(?:10|10bit)?|H${SEP}E${SEP}V${SEP}C|[hx]265${SEP}10bit`,
    ),
  },
  { value: 'H.264', pattern: word(`[hx]${SEP}264(?:p|b)?|(?:MPEG4?${SEP})?AVC(?:HD)?|Hi10P?(?=[ ._-])`) },
  { value: 'H.264', pattern: /(?<![a-z0-9])[hx][ ._-]?264(?!\d)|(?<=[a-z])x264(?!\d)/iu },
  { value: 'H.265', pattern: /(?<![a-z0-9])[hx][ ._-]?265(?!\d)/iu },
  { value: 'H.266', pattern: word(`[hx]${SEP}266|VVC`) },
  { value: 'AV1', pattern: word('AV1') },
  { value: 'VP9', pattern: word('VP9') },
  { value: 'VP8', pattern: word('VP8') },
  { value: 'XviD', pattern: word('x-?vid(?:HD)?') },
  { value: 'DivX', pattern: word('dvix|div-?x[3456]?') },
  { value: 'MPEG-2', pattern: word(`MPEG${SEP}?2|H${SEP}262|mpg2`) },
  { value: 'VC-1', pattern: word('VC-?1') },
  { value: 'WMV', pattern: word('WMV(?:9|HD)?') },
  { value: 'RealVideo', pattern: word('rv(?:[ ._-]?[0-9]{2})?', 'iu'), weak: true },
];

/** Channels often hang on the codec: `DD5.1`, `AAC2.0`, `DDP5.1`, `DTS6ch`. */
const CH = `(?:${SEP}[1-9][ .][0-9](?:ch)?|${SEP}[1-9]ch|x[1-9])?`;

export const AUDIO_CODECS: readonly TokenRow<NamedAudioCodec>[] = [
  {
    value: 'DTS-HD MA',
    pattern: word(`DTS${SEP}(?:HD${SEP})?M(?:A|aster)(?:${SEP}audio)?${CH}|DTSHDMA${CH}|DTS${SEP}lossless`),
  },
  { value: 'DTS:X', pattern: word(`DTS[ ._:-]?X${CH}`) },
  { value: 'DTS-HD', pattern: word(`DTS${SEP}HD(?:${SEP}HRA?)?${CH}`) },
  { value: 'TrueHD', pattern: word(`(?:Dolby${SEP})?True${SEP}HD${CH}`) },
  {
    value: 'E-AC3',
    pattern: word(
      `E${SEP}AC${SEP}3D?${CH}|DD(?:P|PA|\\+)${CH}|DDP?A${CH}|Dolby${SEP}Digital${SEP}Plus|DDPlus`,
    ),
  },
  { value: 'E-AC3', pattern: /(?<![\p{L}\p{N}])DD(?:\+|P)[ ]?\d?/iu },
  { value: 'Atmos', pattern: word(`(?:Dolby[ ._-]*)?Atmos${CH}`) },
  { value: 'DTS', pattern: word(`DTS(?:${SEP}ES)?${CH}`) },
  {
    value: 'AC3',
    pattern: word(
      `(?:FHQ)?AC${SEP}3(?:D|dub)?${CH}|DD${SEP}[1-9][ .][0-9]|DD[2567]ch|DD[1-9][01]?|Dolby${SEP}(?:D|Digital)|Dolby[ .]2[ .]0|DD`,
    ),
  },
  { value: 'FLAC', pattern: word(`[1-9]?x?FLAC${CH}`) },
  { value: 'ALAC', pattern: word('ALAC') },
  { value: 'AAC', pattern: word(`(?:q|HE|LC|HEv2)?${SEP}AAC(?:v[12])?(?:${SEP}LC)?${CH}[1-9]?`) },
  { value: 'Opus', pattern: word(`opus${CH}`), weak: true },
  { value: 'Vorbis', pattern: word('ogg|vorbis') },
  { value: 'MP3', pattern: word('(?:LAME)?[0-9]*(?:[ ._-]*CBR)?[ ._-]*mp3') },
  { value: 'MP2', pattern: word('mp2') },
  { value: 'PCM', pattern: word(`(?:LPCM|PCM)${CH}`) },
];

/** Words for a height where no lines are written. */
export const RESOLUTION_WORDS: readonly TokenRow<string>[] = [
  { value: '2160p', pattern: word('4k|2160i|ultra[ ._-]*HD|UHD') },
  { value: '4320p', pattern: word('8k') },
  { value: '1080p', pattern: /(?:BD|M)1080(?!\d)/u },
  { value: '1080p', pattern: word('full[ ._-]*HD|FHD|1080(?=[ ._-]?(?:hd|bd|x26))|M1080') },
  { value: '720p', pattern: word('m720') },
];
