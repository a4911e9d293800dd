/** Sends a place to the server. `last`: the page is going away, nothing will wait for the answer. */
export type SaveProgress = (report: { positionSeconds: number; paused: boolean; last: boolean }) => void;

/** Between two reports while it runs (ms). */
const everyMs = 10_000;
/** A film that has not moved this far (s) has nothing new to report. */
const leastMove = 0.5;

/**
 * Decides when a place is worth saving: every 10 s while it runs, and at once on pause, after a seek and on leaving.
 * The clock comes from outside.
 */
export class ProgressReporter {
  #reportedAt: number;
  #reported: number;
  #position: number;

  constructor(
    private readonly save: SaveProgress,
    private readonly now: () => number,
    /** Where it starts (s): the server knows that already. */
    startSeconds: number,
  ) {
    this.#reportedAt = now();
    this.#reported = startSeconds;
    this.#position = startSeconds;
  }

  /** The film runs and is at `position`. */
  time(position: number): void {
    this.#position = position;
    if (this.now() - this.#reportedAt >= everyMs) this.#send(false, false);
  }

  paused(position: number): void {
    this.#position = position;
    this.#send(true, false);
  }

  seeked(position: number, paused: boolean): void {
    this.#position = position;
    this.#send(paused, false);
  }

  /** The page is closing or another film begins. */
  leaving(): void {
    this.#send(true, true);
  }

  #send(paused: boolean, last: boolean): void {
    if (Math.abs(this.#position - this.#reported) < leastMove) return;
    this.#reported = this.#position;
    this.#reportedAt = this.now();
    this.save({ positionSeconds: this.#position, paused, last });
  }
}
