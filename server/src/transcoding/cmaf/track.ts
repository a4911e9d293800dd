/** What a decoder must know of one track, and the clock its samples are told by. */
export interface Track {
  readonly kind: 'video' | 'audio';
  /** Ticks per second. */
  readonly timescale: number;
  /** The whole sample entry box (`avc1`, `hvc1`, `mp4a`…), ISO/IEC 14496-12 8.5.2. */
  readonly sampleEntry: Uint8Array;
  /** Pixels as shown; 0 for sound. */
  readonly width: number;
  readonly height: number;
  /** Degrees clockwise to turn the picture for display; left out: 0. */
  readonly rotation?: 0 | 90 | 180 | 270;
}

/** One coded picture, or one frame of sound; times in ticks of its track. */
export interface Sample {
  readonly dts: number;
  readonly pts: number;
  readonly duration: number;
  /** A decoder can begin here. */
  readonly key: boolean;
  readonly bytes: Uint8Array;
}
