import type { RendererMedia } from './renderer-device.js';

/** `stopped`: with something to go on with; `idle`: with nothing of ours; `lost`: it was ours and answers no more. */
export type PlayerPhase = 'idle' | 'loading' | 'playing' | 'paused' | 'stopped' | 'lost';

/** An item of the queue, ready to be fetched. */
export interface PlayerMedia extends RendererMedia {
  /** Part of the URI that only this media has: how it is recognised in what the device says. */
  readonly resourceId: string;
  /** 0 where unknown, and for pictures. */
  readonly durationSeconds: number;
  /** Where the bytes begin, of a conversion that starts in the middle. */
  readonly offsetSeconds: number;
  /** False: to seek, it is sent anew from there. */
  readonly seekable: boolean;
  /** A picture. */
  readonly still: boolean;
  /**
   * Music: the device is told early what comes next, so that no silence lies between. Films are not worth it:
   * GStreamer 1.20 (gmediarender) locks up for good where one with picture and sound follows another after a seek.
   */
  readonly gapless: boolean;
}

/** Who fills the queue. */
export interface PlayerHost<T> {
  /**
   * Makes an item ready, from a second on: a seekable one begins at 0 all the same.
   * @throws Error whose message people can read
   */
  media(item: T, fromSeconds: number): Promise<PlayerMedia>;
  /** It no longer plays, or something else does: where it was. */
  left(item: T, positionSeconds: number): void;
  /** The state is another one. */
  changed(): void;
}

export interface PlayerState<T> {
  readonly phase: PlayerPhase;
  readonly item: T | undefined;
  readonly positionSeconds: number;
  readonly durationSeconds: number;
  /** 0–100; null where it has none or is not known yet. */
  readonly volume: number | null;
  readonly muted: boolean;
  readonly upcoming: readonly T[];
  readonly canPause: boolean;
  readonly canSeek: boolean;
  /** What went wrong the last time, in words. */
  readonly problem: string | null;
}

/** The device will not, or there is nothing to do it with. */
export class PlayerRefusal extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PlayerRefusal';
  }
}
