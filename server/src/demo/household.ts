import type { Motif } from './motifs.js';
import type { Palette } from './palette.js';

/** Everything in the demo household is invented: titles, plots, people. */

export interface Person {
  name: string;
  role: string;
}

/** A look: what is drawn, in which colours, from which seed. */
export interface Look {
  motif: Motif;
  colours: Palette;
  seed: number;
}

/** One media file that ffmpeg makes. */
export interface ClipSpec {
  /** Behind the base name, with the extension: ` - 1080p.mkv`. */
  suffix: string;
  width: number;
  height: number;
  seconds: number;
  encoding: 'h264' | 'hevc-hdr10';
  /** One audio track a language (ISO 639-2), the first is the default. */
  audio: readonly string[];
  /** Text subtitles inside the file; Matroska only. */
  subtitles?: readonly { language: string; format: 'srt' | 'ass' }[];
  chapters?: readonly string[];
}

export interface FilmSpec {
  title: string;
  originalTitle?: string;
  year: number;
  plot: string;
  tagline: string;
  genres: readonly string[];
  director: string;
  cast: readonly Person[];
  rating: number;
  certificate: string;
  look: Look;
  clips: readonly ClipSpec[];
  /** Languages of the subtitle files beside the film (ISO 639-1). */
  external?: readonly string[];
  trailer?: boolean;
}

export interface EpisodeSpec {
  season: number;
  /** One number, or several for a file with several episodes. */
  episodes: readonly number[];
  titles: readonly string[];
  plot: string;
  aired: string;
}

export interface SeriesSpec extends Omit<FilmSpec, 'clips' | 'trailer'> {
  clip: ClipSpec;
  seasonLooks: Readonly<Record<number, Look>>;
  episodes: readonly EpisodeSpec[];
}

export interface RecordSpec {
  artist: string;
  title: string;
  year: number;
  genres: readonly string[];
  look: Look;
  tracks: readonly string[];
}

export interface OutingSpec {
  name: string;
  camera: readonly [make: string, model: string];
  /** `takenAt`: local time, `YYYY-MM-DDTHH:MM:SS`. */
  photos: readonly { name: string; takenAt: string; look: Look }[];
}

export interface Household {
  films: readonly FilmSpec[];
  series: readonly SeriesSpec[];
  records: readonly RecordSpec[];
  outings: readonly OutingSpec[];
}

/** What one track needs for its file. */
export interface TuneWork {
  seed: number;
  /** By ffmpeg's names. */
  tags: Readonly<Record<string, string>>;
}

/** What one film or episode needs for a clip. */
export interface ClipWork {
  spec: ClipSpec;
  look: Look;
  title: string;
  /** Under the title, at the start. */
  small: string;
}
