/** How playing stands, looked at about twice a second. Times in ms, positions in seconds. */
export interface WatchSample {
  readonly at: number;
  /** It should run: not paused, not seeking, the page in sight. */
  readonly shouldRun: boolean;
  readonly position: number;
  /** Seconds loaded beyond the position. */
  readonly ahead: number;
  readonly shownFrames: number;
  /** There is a picture in it at all. */
  readonly hasPicture: boolean;
}

/**
 * `noPicture`: loaded and running, but this device makes no picture of it. `nudge`: a tiny step may free it.
 * `reload`: it did not. `stuck`: neither helped.
 */
export type WatchFinding = 'fine' | 'noPicture' | 'nudge' | 'reload' | 'stuck';

/** A decoder that shows nothing for this long (ms) never will. */
const firstPictureMs = 8000;
/** Loaded and not moving for this long (ms) is a stall. */
const stallMs = 3000;
const nudges = 2;
/** Less than this (s) ahead is a wait for data, not a stall. */
const leastAhead = 0.5;

/** Notices when a film that should run does not, though its data is there. Pure: time comes with the samples. */
export class PictureWatch {
  #sawPicture = false;
  #runningSince: number | undefined;
  #movedAt: number | undefined;
  #position = -1;
  #tries = 0;
  #reloaded = false;

  look(sample: WatchSample): WatchFinding {
    if (sample.shownFrames > 0) this.#sawPicture = true;
    if (!sample.shouldRun || sample.ahead < leastAhead) {
      this.#runningSince = this.#movedAt = undefined;
      return 'fine';
    }
    this.#runningSince ??= sample.at;
    if (sample.hasPicture && !this.#sawPicture && sample.at - this.#runningSince >= firstPictureMs)
      return 'noPicture';
    return this.#stall(sample);
  }

  #stall({ at, position }: WatchSample): WatchFinding {
    if (this.#movedAt === undefined || Math.abs(position - this.#position) > 0.02) {
      // It runs again once it has moved by itself, not because it was nudged.
      if (this.#movedAt !== undefined && position - this.#position > 0.2) this.#tries = 0;
      this.#position = position;
      this.#movedAt = at;
      return 'fine';
    }
    if (at - this.#movedAt < stallMs) return 'fine';
    this.#movedAt = at;
    if (this.#tries < nudges) {
      this.#tries += 1;
      return 'nudge';
    }
    if (this.#reloaded) return 'stuck';
    this.#reloaded = true;
    this.#tries = 0;
    return 'reload';
  }
}
