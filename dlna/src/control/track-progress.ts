import type { Clock } from '../clock.port.js';
import type { TransportState } from './renderer-device.js';

/** STOPPED means nothing for so long after a change: 5 s were too short for buffered conversions (jellyfin-plugin-dlna PR#240, #243). */
const doubt = 30_000;
/** Milliseconds after a change in which a position far from where it must be is what the device said before. */
const leftover = 5_000;
/** Seconds; key frames are hardly ever further apart. */
const far = 12;
/** Devices stop a little before or after the length that the container names. Seconds. */
const endMargin = 5;

/**
 * Where one track is, between the answers to two questions, and whether what the device says of it may be believed.
 * Positions are seconds of the track, wherever the bytes that are sent begin.
 */
export class TrackProgress {
  private base: number;
  private at: number;
  private running = false;
  private changedAt: number;
  /** The first position after the last change that came while playing. */
  private firstHeard: number | undefined;
  private advanced = false;
  private stops = 0;

  constructor(
    private readonly clock: Clock,
    from: number,
    public durationSeconds: number,
  ) {
    this.base = from;
    this.at = this.changedAt = clock.now();
  }

  get seconds(): number {
    const passed = this.running ? (this.clock.now() - this.at) / 1000 : 0;
    const seconds = this.base + passed;
    return this.durationSeconds > 0 ? Math.min(seconds, this.durationSeconds) : seconds;
  }

  /** It plays, and has come forward, since the last change: its word counts. */
  get settled(): boolean {
    return this.advanced;
  }

  get nearEnd(): boolean {
    return this.durationSeconds > 0 && this.durationSeconds - this.seconds <= endMargin;
  }

  /** We changed something: started, sought, went on. */
  changed(seconds: number): void {
    this.base = seconds;
    this.at = this.changedAt = this.clock.now();
    this.running = false;
    this.firstHeard = undefined;
    this.advanced = false;
    this.stops = 0;
  }

  /** @param seconds undefined where the device does not say */
  heard(state: TransportState, seconds: number | undefined): void {
    const playing = state === 'PLAYING';
    this.base = seconds === undefined || this.isLeftover(seconds) ? this.seconds : seconds;
    this.at = this.clock.now();
    this.running = playing;
    this.stops = 0;
    if (!playing) return;
    this.firstHeard ??= this.base;
    this.advanced ||= this.base - this.firstHeard >= 1;
  }

  /** It waits where it is. */
  halt(): void {
    this.base = this.seconds;
    this.at = this.clock.now();
    this.running = false;
  }

  /** For a moment devices still say the end of the track before, or where they were before a seek. */
  private isLeftover(seconds: number): boolean {
    return this.clock.now() - this.changedAt < leftover && Math.abs(seconds - this.seconds) > far;
  }

  /** Nobody answers: where it was last heard is where it is. */
  lose(): void {
    this.at = this.clock.now();
    this.running = false;
  }

  /** @returns whether that it has stopped is to be believed by now */
  heardStopped(): boolean {
    this.stops++;
    if (this.stops === 1) this.halt();
    if (this.advanced && (this.nearEnd || this.stops >= 2)) return true;
    return this.clock.now() - this.changedAt >= doubt;
  }
}
