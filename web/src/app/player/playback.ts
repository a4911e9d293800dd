import { computed, inject, Injectable, signal } from '@angular/core';
import type { PlaybackSession } from '@hearth/contract/playback';
import { toProblem } from '../core/api/problem';
import type { MediaEngine, PictureFacts } from './media-engine';
import { listenTo } from './element-events';
import { NativeEngine } from './native-engine';
import { keepHabits, notePosition, readHabits, readNoted } from './player-memory';
import { type PlayerProblem, problemOfCall, problemOfElement } from './player-problem';
import { clampPosition, initialState, type PlayerEvent, reduce } from './player-state';
import { ProgressReporter } from './progress-reporter';
import { ProgressSender } from './progress-sender';
import { startAt } from './resume';
import { SessionOpener, type Target } from './session-opener';

export const rates = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2] as const;
const nameOf = ({ kind, id }: Target) => `${kind}/${id}`;

/** Plays one thing after another in one media element, and tells the server where you are. */
@Injectable()
export class Playback {
  readonly #opener = inject(SessionOpener);
  readonly #sender = inject(ProgressSender);
  readonly #state = signal(initialState);
  readonly #session = signal<PlaybackSession | undefined>(undefined);
  readonly #problem = signal<PlayerProblem | undefined>(undefined);
  readonly #resumedAt = signal<number | null>(null);
  readonly #blocked = signal(false);
  #video: HTMLVideoElement | undefined;
  #engine: MediaEngine | undefined;
  #reporter: ProgressReporter | undefined;
  #target: Target | undefined;
  #stopListening = () => {};
  /** A network failure gets one fresh start by itself; the next one is shown. */
  #recovered = false;

  readonly state = this.#state.asReadonly();
  readonly session = this.#session.asReadonly();
  readonly problem = this.#problem.asReadonly();
  /** Where it went on from (s), while that is worth offering to start over; else null. */
  readonly resumedAt = this.#resumedAt.asReadonly();
  /** The browser refused to start without being asked by a person. */
  readonly blocked = this.#blocked.asReadonly();
  readonly running = computed(() => !this.#state().paused);

  attach(video: HTMLVideoElement): void {
    this.#video = video;
    const { volume, muted } = readHabits();
    video.volume = volume;
    video.muted = muted;
    this.#stopListening = listenTo(video, (event) => this.#hear(event));
    this.#hear({ type: 'volume', volume, muted });
  }

  /** Asks the server how `target` reaches this browser, and plays it. `asked`: where to begin (s), if it was said. */
  async open(target: Target, asked?: number): Promise<void> {
    this.#leave();
    this.#target = target;
    this.#problem.set(undefined);
    this.#recovered = false;
    this.#hear({ type: 'opening' });
    try {
      const session = await this.#opener.open(target);
      // Someone went on to another one while this was being answered.
      if (this.#target !== target) return this.#sender.stop(session.sessionId);
      const { resumeSeconds, durationSeconds } = session;
      const noted = readNoted();
      const start = startAt({
        target: nameOf(target),
        durationSeconds,
        resumeSeconds,
        asked,
        noted,
        now: Date.now(),
      });
      this.#resumedAt.set(start.resumed ? start.position : null);
      this.#begin(session, start.position);
    } catch (error) {
      if (this.#target === target) this.#fail(problemOfCall(toProblem(error)));
    }
  }

  /** After a failure: a fresh session, at the very place. */
  async retry(): Promise<void> {
    if (this.#target) await this.open(this.#target, this.#state().position || undefined);
  }

  play(): void {
    this.#video?.play().then(
      () => this.#blocked.set(false),
      (error: unknown) =>
        this.#blocked.set(error instanceof DOMException && error.name === 'NotAllowedError'),
    );
  }

  pause(): void {
    this.#video?.pause();
  }

  toggle(): void {
    if (this.#state().phase === 'ended') this.seek(0);
    if (this.#state().paused) this.play();
    else this.pause();
  }

  /** Goes to `position` (s). */
  seek(position: number): void {
    if (!this.#video || this.#state().phase === 'opening' || this.#state().phase === 'failed') return;
    const target = clampPosition(position, this.#state().duration);
    this.#hear({ type: 'seeking', position: target });
    this.#video.currentTime = target;
    if (Math.abs(target - (this.#resumedAt() ?? target)) > 30) this.#resumedAt.set(null);
  }

  skip(seconds: number): void {
    this.seek(this.#state().position + seconds);
  }

  startOver(): void {
    this.#resumedAt.set(null);
    this.seek(0);
    this.play();
  }

  forgetResume(): void {
    this.#resumedAt.set(null);
  }

  /** `volume` 0–1; any change switches the sound on. */
  setVolume(volume: number): void {
    if (!this.#video) return;
    this.#video.volume = Math.min(1, Math.max(0, Math.round(volume * 100) / 100));
    this.#video.muted = this.#video.volume === 0;
  }

  setMuted(muted: boolean): void {
    if (this.#video) this.#video.muted = muted;
  }

  setRate(rate: number): void {
    if (this.#video) this.#video.defaultPlaybackRate = this.#video.playbackRate = rate;
  }

  /** Index of the heard audio track, or null where this browser can't switch. */
  audioTrack(): number | null {
    return this.#engine?.audioTrack() ?? null;
  }

  selectAudioTrack(index: number): void {
    this.#engine?.selectAudioTrack(index);
  }

  facts(): PictureFacts | undefined {
    return this.#engine?.facts();
  }

  /** The page goes away for good or for now: says where it is. */
  pageHidden(): void {
    this.#note();
    this.#reporter?.leaving();
  }

  detach(): void {
    this.#target = undefined;
    this.#leave();
    this.#stopListening();
    this.#video = undefined;
  }

  #begin(session: PlaybackSession, position: number): void {
    if (!this.#video) return;
    this.#session.set(session);
    this.#reporter = new ProgressReporter(
      ({ last, ...report }) => {
        if (last) this.#sender.saveLast(session.sessionId, report);
        else this.#sender.save(session.sessionId, report);
      },
      Date.now,
      position,
    );
    this.#engine = new NativeEngine(this.#video);
    this.#hear({ type: 'opened', position, duration: session.durationSeconds });
    this.#engine.load({ url: session.url, contentType: session.contentType, startSeconds: position });
    this.play();
  }

  #hear(event: PlayerEvent): void {
    const before = this.#state();
    // Letting go of the element makes it speak of nothing.
    if (before.phase === 'failed' && event.type !== 'opening' && event.type !== 'volume') return;
    if (event.type === 'failed') return this.#broke();
    this.#state.set(reduce(before, event));
    if (event.type === 'time' && !before.paused) this.#reporter?.time(this.#state().position);
    if (event.type === 'paused' || event.type === 'ended') {
      this.#reporter?.paused(this.#state().position);
      this.#note();
    }
    if (event.type === 'seeked') {
      this.#reporter?.seeked(event.position, before.paused);
      this.#note();
    }
    if (event.type === 'volume') keepHabits({ volume: event.volume, muted: event.muted });
    if (event.type === 'playing') this.#recovered = false;
  }

  #broke(): void {
    const problem = problemOfElement(this.#video?.error ?? null, this.#session()?.url ?? '');
    const target = this.#target;
    const { position } = this.#state();
    // A signature that ended and a server that restarted look the same: a fresh session cures both.
    if (problem.fault === 'unreachable' && !this.#recovered && target) {
      void this.open(target, position).then(() => (this.#recovered = true));
      return;
    }
    this.#fail(problem);
  }

  #fail(problem: PlayerProblem): void {
    this.#state.set(reduce(this.#state(), { type: 'failed' }));
    this.#problem.set(problem);
  }

  #note(): void {
    if (this.#target && this.#session()) notePosition(nameOf(this.#target), this.#state().position);
  }

  /** Says the last place and lets go of the session. */
  #leave(): void {
    const session = this.#session();
    if (!session) return;
    this.#reporter?.leaving();
    this.#sender.stop(session.sessionId);
    this.#reporter = undefined;
    this.#session.set(undefined);
    this.#resumedAt.set(null);
    this.#engine?.destroy();
    this.#engine = undefined;
  }
}
