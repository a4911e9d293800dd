import type { Clock } from '../clock.port.js';
import type { PlayerMedia } from './player-state.js';
import type { RendererPosition, TransportState } from './renderer-device.js';
import { TrackProgress } from './track-progress.js';

/**
 * What a look at the device means. `handed-over`: it went on to the next track by itself; `taken`: somebody else plays
 * something there; `ended`: it came to its end; `stopped`: somebody stopped it; `waiting`: nothing to conclude yet.
 */
export type Verdict = 'playing' | 'paused' | 'handed-over' | 'taken' | 'ended' | 'stopped' | 'waiting';

/** Looks that must agree before a device is given up to somebody else. */
const agreeing = 2;
/** Seconds. The next track goes out no earlier before the end (dlna.md §3.8: late, and never in a transition). */
const nextBefore = 30;

/** The track that was sent to a renderer, and what the renderer says of it. */
export class CurrentTrack {
  readonly progress: TrackProgress;
  /** What the device was told to play after it. */
  next: PlayerMedia | undefined;
  /** The device has asked for it. */
  fetched = false;
  /** Where the bytes that are sent begin. */
  offsetSeconds: number;
  private strange = 0;
  /** The device says our own URI: then another one is somebody else's. Some never do (proxies, queues of their own). */
  private namesUris = false;

  constructor(
    clock: Clock,
    readonly media: PlayerMedia,
    fromSeconds: number,
  ) {
    this.progress = new TrackProgress(clock, fromSeconds, media.durationSeconds);
    this.offsetSeconds = media.offsetSeconds;
  }

  isFetched(startSeconds: number | undefined): void {
    this.fetched = true;
    if (!this.media.seekable && startSeconds !== undefined) this.offsetSeconds = startSeconds;
  }

  /** Whether this is the moment to tell the device what comes after. */
  get wantsNext(): boolean {
    const { durationSeconds, seconds, settled } = this.progress;
    const left = durationSeconds - seconds;
    return (
      this.media.gapless && !this.next && settled && durationSeconds > 0 && left <= nextBefore && left > 1
    );
  }

  hear(state: TransportState, position: RendererPosition | undefined): Verdict {
    if (state === 'STOPPED' || state === 'NO_MEDIA_PRESENT') return this.hearStopped();
    if (state !== 'PLAYING' && state !== 'PAUSED_PLAYBACK') return 'waiting';
    if (this.isNext(position)) return 'handed-over';
    if (this.isStrange(position?.uri)) return 'taken';
    const heard = position?.seconds;
    if (position?.durationSeconds && this.media.durationSeconds === 0)
      this.progress.durationSeconds = this.offsetSeconds + position.durationSeconds;
    this.progress.heard(state, heard === undefined ? undefined : heard + this.offsetSeconds);
    return state === 'PLAYING' ? 'playing' : 'paused';
  }

  private hearStopped(): Verdict {
    if (this.media.still) return 'playing';
    const near = this.progress.nearEnd || this.progress.durationSeconds === 0;
    if (!this.progress.heardStopped()) return 'waiting';
    return near ? 'ended' : 'stopped';
  }

  /** By its URI, or, where that says nothing, by a position that was near the end and is near the beginning now. */
  private isNext(position: RendererPosition | undefined): boolean {
    if (!this.next || !position) return false;
    const { uri = '', seconds } = position;
    const distinct = this.next.resourceId !== this.media.resourceId;
    if (distinct && uri.includes(this.next.resourceId)) return true;
    if (distinct && uri.includes(this.media.resourceId)) return false;
    return (
      this.progress.nearEnd && seconds !== undefined && seconds + (2 * nextBefore) / 3 < this.progress.seconds
    );
  }

  private isStrange(uri: string | undefined): boolean {
    const ours = uri === undefined || uri.includes(this.media.resourceId);
    this.namesUris ||= uri !== undefined && ours;
    this.strange = ours || !this.namesUris ? 0 : this.strange + 1;
    return this.strange >= agreeing;
  }
}
