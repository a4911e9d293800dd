import type { Inspection, ProbeOptions } from '../../ffmpeg/media-probe.js';

/** What the tags of a music file say, as they say it. */
export interface MusicTags {
  readonly title: string | null;
  readonly album: string | null;
  readonly artist: string | null;
  /** One by one, where the tags tell them apart. */
  readonly artists: readonly string[];
  readonly artistSort: string | null;
  readonly albumArtist: string | null;
  readonly albumArtistSort: string | null;
  readonly compilation: boolean;
  readonly track: number | null;
  readonly disc: number | null;
  readonly year: number | null;
  readonly genres: readonly string[];
  /** ReplayGain, dB. */
  readonly gain: number | null;
  readonly albumGain: number | null;
}

/** One look at a music file. */
export interface MusicReading {
  readonly inspection: Inspection;
  /** Null where they cannot be read: file and folder names must do. */
  readonly tags: MusicTags | null;
}

/** What a photo's header says. */
export interface PhotoTags {
  /** Local time of the camera, `YYYY-MM-DDTHH:MM:SS`. */
  readonly takenAt: string | null;
  readonly camera: string | null;
  /** As shown: EXIF orientation applied. */
  readonly width: number;
  readonly height: number;
}

/** One look at a picture file: its identity, and what it shows or why it cannot be shown. */
export interface PhotoReading {
  readonly identity: Omit<Inspection, 'media'>;
  readonly photo: PhotoTags | { readonly failure: string };
}

/** Port: what music and photos say of themselves. Adapters: in threads (`TagPool`), and in process for specs. */
export abstract class TagReader {
  /** @throws ProbeFailed when the file cannot be opened */
  abstract music(path: string, options?: ProbeOptions): Promise<MusicReading>;
  /** @throws ProbeFailed when the file cannot be opened */
  abstract photo(path: string, options?: ProbeOptions): Promise<PhotoReading>;
  /** The front cover inside a music file; null where there is none of a sane size. @throws ProbeFailed */
  abstract picture(path: string, options?: ProbeOptions): Promise<Uint8Array | null>;
}
