/** What a screen or speaker in the house plays, in ffmpeg's names: all that a decision for it asks of its profile. */
export interface RendererCapabilities {
  /** Codecs by media container (`mp4`, `matroska`, `mpegts`, `avi`…); `*` is any. */
  readonly containers: Readonly<
    Record<string, { readonly video: readonly string[]; readonly audio: readonly string[] }>
  >;
  /** Music on its own: codecs or containers (`mp3`, `flac`, `aac`, `lpcm`…); `*` is any. */
  readonly audio: readonly string[];
  /** Pictures: `jpeg`, `png`, `gif`, `webp`…; `*` is any. */
  readonly images: readonly string[];
  /** Lines it shows of a file as it is. */
  readonly maxHeight?: number;
  /** Bits per second. */
  readonly maxBitrate?: number;
  readonly maxAudioChannels: number;
  /** 10 where deep colour is shown. */
  readonly bitDepth: 8 | 10;
  readonly hdr: readonly ('hdr10' | 'hdr10plus' | 'hlg' | 'dolby-vision')[];
  /** What is sent of a film that it cannot play: MPEG-TS with H.264 and this sound, at most so high. */
  readonly convert: {
    readonly audio: 'aac' | 'ac3';
    readonly maxHeight: number;
    /** It knows no seconds, only bytes: what is sent has a constant rate, so that it can seek. */
    readonly seeksByBytes?: boolean;
  };
  /** It draws no subtitles: those a person wants belong into the picture. */
  readonly burnsSubtitles: boolean;
}

/** What is in a file or a stream, with ffmpeg's names; the shape in which the DLNA package is told it. */
export interface RendererFormat {
  /** As in `MediaInfo`; of pictures `jpeg`, `png`…; `lpcm` is raw 16-bit big-endian samples. */
  readonly container: string;
  readonly video?: {
    readonly codec: string;
    readonly profile?: string;
    readonly level?: number;
    readonly frameRate?: number;
  };
  readonly audio?: { readonly codec: string; readonly channels?: number; readonly bitrate?: number };
}

/** One form in which a file is sent. */
export interface RendererMedia {
  readonly format: RendererFormat;
  /** Bytes; only of the file as it is. */
  readonly size?: number;
  readonly durationSeconds?: number;
  /** Bits per second. */
  readonly bitrate?: number;
  /** Bits per second of a conversion that is stuffed to it: `bytes * 8 / constantBitrate` is the second they lie at. */
  readonly constantBitrate?: number;
  readonly width?: number;
  readonly height?: number;
  readonly channels?: number;
  readonly sampleRate?: number;
  readonly bitsPerSample?: number;
}
