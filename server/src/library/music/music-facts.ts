/** Somebody by name. */
export interface ArtistName {
  readonly id: string;
  readonly name: string;
}

export interface ArtistFacts extends ArtistName {
  readonly libraryId: string;
  /** Of their own, and those they appear on. */
  readonly albumCount: number;
  readonly trackCount: number;
  readonly available: boolean;
  /** Cover of their latest album. */
  readonly coverId: string | null;
}

export interface AlbumFacts {
  readonly id: string;
  readonly libraryId: string;
  readonly name: string;
  /** Null for compilations. */
  readonly artist: ArtistName | null;
  readonly compilation: boolean;
  readonly year: number | null;
  readonly genres: readonly string[];
  /** For `SignedImages` and `ImageService`. */
  readonly coverId: string | null;
  readonly discCount: number;
  readonly trackCount: number;
  readonly durationSeconds: number;
  readonly available: boolean;
  /** Milliseconds since the epoch. */
  readonly addedAt: number;
}

export interface TrackFacts {
  /** Also the id of its media file: `PlayableService.file(id)` opens it. */
  readonly id: string;
  readonly libraryId: string;
  readonly name: string;
  readonly album: {
    readonly id: string;
    readonly name: string;
    readonly artist: ArtistName | null;
    readonly coverId: string | null;
  };
  readonly artists: readonly ArtistName[];
  /** All artists as the tag writes them. */
  readonly artistText: string | null;
  readonly discNumber: number | null;
  readonly number: number | null;
  readonly durationSeconds: number;
  readonly year: number | null;
  readonly genres: readonly string[];
  /** ReplayGain, dB. */
  readonly gain: number | null;
  readonly albumGain: number | null;
  readonly format: AudioFormat;
  /** bytes */
  readonly size: number;
  readonly available: boolean;
  /** Milliseconds since the epoch. */
  readonly addedAt: number;
}

/** Names are ffmpeg's; null where the file does not say. */
export interface AudioFormat {
  /** `mp3`, `flac`, `mp4`, `ogg`, `wav`, `asf`, `aac`, `matroska`, `aiff`, `ape`, `wavpack`, `dsf`…; `other` where nobody knows. */
  readonly container: string;
  readonly codec: string;
  /** Bits per second. */
  readonly bitrate: number | null;
  readonly sampleRate: number | null;
  readonly channels: number | null;
  readonly bitDepth: number | null;
}
