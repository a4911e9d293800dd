/**
 * What a file or release name says about the work inside it.
 *
 * One vocabulary for every spelling in the wild: `BDRip`, `BD`, `Blu-ray` and `BDMV` all read `BluRay`,
 * `AVC`, `x264` and `h.264` all read `H.264`. A fact that the name does not state is null (or an empty list).
 */

/** Where the picture came from, in conventional spelling; a re-encode is kept apart from its source only where the trade does so. */
export type NamedSource =
  | 'BluRay'
  | 'BDRip'
  | 'BRRip'
  | 'BluRay REMUX'
  | 'HD-DVD'
  | 'WEB-DL'
  | 'WEBRip'
  | 'HDRip'
  | 'HDTV'
  | 'PDTV'
  | 'SATRip'
  | 'TVRip'
  | 'DVD'
  | 'DVDRip'
  | 'VHSRip'
  | 'PPV'
  | 'SCR'
  | 'WORKPRINT'
  | 'TC'
  | 'TS'
  | 'CAM';

export type NamedVideoCodec =
  | 'H.264'
  | 'H.265'
  | 'H.266'
  | 'AV1'
  | 'VP8'
  | 'VP9'
  | 'XviD'
  | 'DivX'
  | 'MPEG-2'
  | 'MPEG-4'
  | 'VC-1'
  | 'WMV'
  | 'RealVideo';

export type NamedAudioCodec =
  | 'AAC'
  | 'AC3'
  | 'E-AC3'
  | 'Atmos'
  | 'TrueHD'
  | 'DTS'
  | 'DTS-HD'
  | 'DTS-HD MA'
  | 'DTS:X'
  | 'FLAC'
  | 'ALAC'
  | 'Opus'
  | 'Vorbis'
  | 'MP3'
  | 'MP2'
  | 'PCM';

export interface ParsedName {
  /** `unknown` when nothing in the name can be trusted: an obfuscated hash, a bare `sample`, digits alone. */
  kind: 'movie' | 'episode' | 'unknown';
  /** The film's or the series' title without its year; null when neither file nor folders tell. */
  title: string | null;
  year: number | null;
  /** 0 is specials. For a pack of several seasons, the first. */
  season: number | null;
  /** Numbers within the season; a season alone (a pack, a folder) has none. A lone number without a season is in both lists. */
  episodes: number[];
  /** Numbers counted from the start of the series, as fansubs do. */
  absoluteEpisodes: number[];
  /** Air date, `YYYY-MM-DD`. */
  date: string | null;
  /** Lines and scan: `2160p`, `1080p`, `1080i`, `720p`, `576p`, `480p`, … */
  resolution: string | null;
  source: NamedSource | null;
  videoCodec: NamedVideoCodec | null;
  audioCodec: NamedAudioCodec | null;
  /** Who made the file, without brackets or the leading hyphen. */
  releaseGroup: string | null;
}

/** What the caller knows already: the kind of the library the file lies in. */
export interface NameHints {
  libraryKind?: 'movies' | 'series' | 'mixed';
}
