import type { Rational } from '../../ffmpeg/media-info.js';
import type { SegmentTable } from '../timeline/segment-table.js';

/** What a manifest says of one rendition, whatever its language. Rates in bits per second. */
interface Track {
  /** Names its folder: `<id>/init.mp4`, `<id>/<number>.m4s`. */
  readonly id: string;
  /** RFC 6381, as the initialisation segment says it. */
  readonly codec: string;
  readonly averageBandwidth: number;
  readonly peakBandwidth: number;
  readonly table: SegmentTable;
}

export interface VideoTrack extends Track {
  /** Pixels as shown. */
  readonly width: number;
  readonly height: number;
  readonly frameRate: Rational | null;
  readonly range: 'SDR' | 'PQ' | 'HLG';
  /** Dolby Vision over a base layer that others show: `dvh1.08.07/db1p`. */
  readonly supplementalCodec: string | null;
}

export interface AudioTrack extends Track {
  readonly name: string;
  /** BCP-47 */
  readonly language: string | null;
  readonly channels: number;
  readonly atmos: boolean;
  readonly sampleRate: number;
  readonly purpose: 'main' | 'commentary' | 'description';
}

export interface SubtitleTrack {
  /** Names its folder: `<id>/index.m3u8`, `<id>/subtitles.vtt`. */
  readonly id: string;
  readonly name: string;
  readonly language: string | null;
  readonly forced: boolean;
  readonly hearingImpaired: boolean;
  readonly isDefault: boolean;
}

/** What the manifests of one session describe. What is preferred comes first. */
export interface Presentation {
  readonly durationSeconds: number;
  readonly video: readonly VideoTrack[];
  readonly audio: readonly AudioTrack[];
  readonly subtitles: readonly SubtitleTrack[];
}
