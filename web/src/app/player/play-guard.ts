import type { PlaybackSession } from '@hearth/contract/playback';
import type { MediaEngine } from './media-engine';
import { bufferAhead, type PlayerState } from './player-state';
import { PictureWatch, type WatchSample } from './picture-watch';

/** How often it looks (ms). */
const everyMs = 500;
/** A step (s) that frees most decoders that got stuck at a seam. */
const nudgeSeconds = 0.1;

export interface GuardedPlaying {
  /** How it stands now; undefined while nothing is loaded. */
  sample(): Omit<WatchSample, 'at'> | undefined;
  /** Goes on by a tiny step. */
  nudge(seconds: number): void;
  /** Loads the same thing anew, at the same place. */
  reload(): void;
  /** This way it does not play here. */
  giveUp(reason: string): void;
}

/** Looks after a film while it plays, and does what {@link PictureWatch} finds necessary. */
export class PlayGuard {
  #watch = new PictureWatch();
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly playing: GuardedPlaying) {}

  /** Another source begins; a reload of the same one is not another one. */
  begin(): void {
    this.#watch = new PictureWatch();
    this.#timer ??= setInterval(() => this.look(performance.now()), everyMs);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** `at` in ms. */
  look(at: number): void {
    const sample = this.playing.sample();
    if (!sample) return;
    switch (this.#watch.look({ at, ...sample })) {
      case 'nudge':
        return this.playing.nudge(nudgeSeconds);
      case 'reload':
        return this.playing.reload();
      case 'stuck':
        return this.playing.giveUp('stands still with data loaded');
      case 'noPicture':
        return this.playing.giveUp('no picture 8 s after it began');
      case 'fine':
        return;
    }
  }
}

/** How a film stands now; undefined while nothing is loaded. */
export function sampleOf(
  video: HTMLVideoElement,
  engine: Pick<MediaEngine, 'facts'>,
  { phase, paused, seekingTo, buffered }: PlayerState,
  session: Pick<PlaybackSession, 'streams'> | undefined,
): Omit<WatchSample, 'at'> | undefined {
  if (phase === 'opening' || phase === 'failed') return undefined;
  const { shownFrames, droppedFrames } = engine.facts();
  return {
    shouldRun: phase === 'ready' && !paused && seekingTo === null && !video.paused && !document.hidden,
    position: video.currentTime,
    ahead: bufferAhead({ position: video.currentTime, buffered }),
    shownFrames: shownFrames + droppedFrames,
    hasPicture: session?.streams.video != null,
  };
}
