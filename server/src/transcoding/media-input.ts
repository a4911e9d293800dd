import type { MediaInfo } from '../ffmpeg/media-info.js';

/** What is streamed: where its bytes lie, and what is in them. */
export interface MediaInput {
  /** Never leaves the server. */
  readonly path: string;
  /** Another content has another key (`[A-Za-z0-9_-]+`): cached segments are named by it. */
  readonly contentKey: string;
  readonly media: MediaInfo;
  /** Where subtitles lie that are not in the file, by their number among its streams: `.vtt`, `.ass`, `.sup`. */
  readonly beside?: ReadonlyMap<number, string>;
}
