/** Sends a place to the server. */
export type SaveProgress = (report: { positionSeconds: number; paused: boolean }) => void;

/** Between two reports while it runs (ms). */
const everyMs = 10_000;
/** A film that has not moved this far (s) has nothing new to report. */
const leastMove = 0.5;

/**
 * Decides when a place is worth saving: every 10 s while it runs, and at once on pause, after a seek and when it is hidden.
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
    if (this.now() - this.#reportedAt >= everyMs) this.#send(false);
  }

  paused(position: number): void {
    this.#position = position;
    this.#send(true);
  }

  seeked(position: number, paused: boolean): void {
    this.#position = position;
    this.#send(paused);
  }

  /** Nobody looks, and it may never be shown again. */
  hidden(): void {
    this.#send(true);
  }

  /** The place that was not reported yet, if any: nothing comes after it. */
  last(): number | undefined {
    return this.#hasMoved() ? this.#position : undefined;
  }

  #hasMoved(): boolean {
    return Math.abs(this.#position - this.#reported) >= leastMove;
  }

  #send(paused: boolean): void {
    if (!this.#hasMoved()) return;
    this.#reported = this.#position;
    this.#reportedAt = this.now();
    this.save({ positionSeconds: this.#position, paused });
  }
}
