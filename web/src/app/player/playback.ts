import { computed, inject, Injectable, signal } from '@angular/core';
import type { PlaybackChoice, PlaybackSession } from '@hearth/contract/playback';
import { toProblem } from '../core/api/problem';
import { Connection, onRestored } from '../core/connection';
import { BrowserPeers } from './browser-peers';
import { chosen, keptChoice } from './choice';
import { listenTo } from './element-events';
import { engineFor } from './engine-choice';
import type { EngineTrouble, MediaEngine, PictureFacts } from './media-engine';
import { PlaceKeeper } from './place-keeper';
import { PlayGuard, sampleOf } from './play-guard';
import type { PlaybackNotice } from './playback-notice';
import { keepHabits, readHabits, readNoted } from './player-memory';
import { type PlayerProblem, problemOfCall, problemOfTrouble } from './player-problem';
import { bufferAhead, clampPosition, initialState, type PlayerEvent, reduce } from './player-state';
import { ProgressSender } from './progress-sender';
import { startAt } from './resume';
import { SessionOpener, type Target } from './session-opener';
import { DrySpells, lowerQuality } from './step-down';
import { troubleOfElement } from './url-check';

export const rates = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2] as const;
/** However long a ladder is: after so many failures in a row it is shown. */
const mostFailures = 6;
const nameOf = ({ kind, id }: Target) => `${kind}/${id}`;

/** Plays one thing after another in one media element, gets over what goes wrong, and tells the server where you are. */
@Injectable()
export class Playback {
  readonly #opener = inject(SessionOpener);
  readonly #sender = inject(ProgressSender);
  readonly #connection = inject(Connection);
  readonly #peers = inject(BrowserPeers);
  readonly place = new PlaceKeeper(this.#sender);
  readonly #state = signal(initialState);
  readonly #session = signal<PlaybackSession | undefined>(undefined);
  readonly #problem = signal<PlayerProblem | undefined>(undefined);
  readonly #resumedAt = signal<number | null>(null);
  readonly #blocked = signal(false);
  readonly #reconnecting = signal(false);
  readonly #choice = signal<PlaybackChoice>({});
  readonly #choosing = signal(false);
  readonly #notice = signal<PlaybackNotice | undefined>(undefined);
  readonly #asked = signal<number | null>(null);
  /** Counts what the engine changed by itself, so that what is read from it is read again. */
  readonly #changes = signal(0);
  readonly #guard = new PlayGuard({
    sample: () => this.#sample(),
    nudge: (seconds) => this.#video && (this.#video.currentTime += seconds),
    reload: () => this.#swap(),
    giveUp: (reason) => void this.#stepDown({ kind: 'unsupported', reason }),
  });
  #video: HTMLVideoElement | undefined;
  #engine: MediaEngine | undefined;
  #target: Target | undefined;
  #stopListening = () => {};
  /** A lost address gets one fresh session by itself; the next one is shown. */
  #recovered = false;
  /** Between two sources the element speaks of the old one. */
  #swapping = false;
  #failures = 0;
  /** It should run, whatever the element says while its source is being set. */
  #wanted = false;
  #spells = new DrySpells();

  readonly state = this.#state.asReadonly();
  readonly session = this.#session.asReadonly();
  readonly problem = this.#problem.asReadonly();
  /** Where it went on from (s), while that is worth offering to start over; else null. */
  readonly resumedAt = this.#resumedAt.asReadonly();
  /** The browser refused to start without being asked by a person. */
  readonly blocked = this.#blocked.asReadonly();
  /** The server is away; it goes on by itself. */
  readonly reconnecting = this.#reconnecting.asReadonly();
  /** What was asked for in the menus. */
  readonly choice = this.#choice.asReadonly();
  /** A choice is on its way to the server. */
  readonly choosing = this.#choosing.asReadonly();
  readonly notice = this.#notice.asReadonly();
  /** Seconds after which the server wants to be asked for the next piece; null when nothing is waited for. */
  readonly askedToWait = this.#asked.asReadonly();
  readonly running = computed(() => !this.#state().paused);
  /** Name of the quality that plays. */
  readonly quality = computed(() => {
    this.#changes();
    return this.#engine?.quality() ?? this.#session()?.quality ?? 'original';
  });
  /** Position in the menu of the audio track that is heard. */
  readonly audioTrack = computed(() => {
    this.#changes();
    const tracks = this.#session()?.audioTracks ?? [];
    const asked = tracks.findIndex(({ index }) => index === this.#choice().audioIndex);
    const usual = tracks.findIndex(({ isDefault }) => isDefault);
    return this.#engine?.audioTrack() ?? (asked >= 0 ? asked : Math.max(0, usual));
  });

  constructor() {
    onRestored(() => this.#resumeLoading());
  }

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
    this.#failures = 0;
    this.#spells = new DrySpells();
    this.#choice.update(keptChoice);
    this.#hear({ type: 'opening' });
    try {
      const session = await this.#opener.open(target, this.#choice());
      if (this.#target === target) await this.#peers.prepare(session, () => bufferAhead(this.#state()));
      // Someone went on to another one while this was being answered.
      if (this.#target !== target) return this.#sender.stop(session.sessionId);
      const here = { target: nameOf(target), asked, noted: readNoted(), now: Date.now() };
      const start = startAt({ ...session, ...here });
      this.#resumedAt.set(start.resumed ? start.position : null);
      this.#begin(session, start.position);
      this.play();
    } catch (error) {
      if (this.#target === target) this.#fail(problemOfCall(toProblem(error)));
    }
  }

  /** After a failure: a fresh session, at the very place. */
  async retry(): Promise<void> {
    if (this.#target) await this.open(this.#target, this.#state().position || undefined);
  }

  play(): void {
    this.#wanted = true;
    this.#video?.play().then(
      () => this.#blocked.set(false),
      (error: unknown) =>
        this.#blocked.set(error instanceof DOMException && error.name === 'NotAllowedError'),
    );
  }

  pause(): void {
    this.#wanted = false;
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

  /** `null`: what the server thinks best. */
  async chooseQuality(name: string | null): Promise<void> {
    const same = name === null ? this.#choice().quality === undefined : name === this.quality();
    this.#choice.update((choice) => chosen(choice, 'quality', name));
    if (!same && !(name !== null && this.#engine?.selectQuality(name))) await this.#choose();
    this.#changes.update((count) => count + 1);
  }

  /** The track at `position` in the menu: at once where the engine can, else by loading it anew. */
  async selectAudioTrack(position: number): Promise<void> {
    const track = this.#session()?.audioTracks[position];
    if (!track || position === this.audioTrack()) return;
    this.#choice.update((choice) => chosen(choice, 'audioIndex', track.index));
    if (this.#engine?.audioTrack() == null) return this.#choose();
    this.#engine.selectAudioTrack(position);
    this.#changes.update((count) => count + 1);
  }

  async setNightMode(nightMode: boolean): Promise<void> {
    this.#choice.update((choice) => chosen(choice, 'nightMode', nightMode));
    await this.#choose();
  }

  /** A subtitle that must be drawn into the picture, or none. */
  async burnSubtitle(id: string | null): Promise<void> {
    this.#choice.update((choice) => chosen(choice, 'subtitleId', id));
    await this.#choose();
  }

  facts(): PictureFacts | undefined {
    return this.#engine?.facts();
  }

  detach(): void {
    this.#target = undefined;
    this.#leave();
    this.#stopListening();
    this.#video = undefined;
  }

  #begin(session: PlaybackSession, position: number): void {
    this.#session.set(session);
    if (this.#target) this.place.begin(nameOf(this.#target), session.sessionId, position);
    this.#hear({ type: 'opened', position, duration: session.durationSeconds });
    this.#load(session, position);
    this.#guard.begin();
  }

  #load({ url, contentType, audioTracks }: PlaybackSession, startSeconds: number): void {
    if (!this.#video) return;
    const engine: MediaEngine = engineFor(contentType, this.#video, {
      // A destroyed engine may still have something to say.
      failed: (trouble) => this.#engine === engine && void this.#trouble(trouble),
      attached: () => this.#wanted && this.play(),
      changed: () => this.#changes.update((count) => count + 1),
      askedToWait: (seconds) => this.#asked.set(seconds),
    });
    this.#engine = engine;
    this.#asked.set(null);
    const audioIndexes = audioTracks.map(({ index }) => index);
    engine.load({ url: this.#peers.address(url), contentType, startSeconds, audioIndexes });
  }

  /** Another source in the same element, at the same place, running if it ran. */
  #swap(session = this.#session()): void {
    if (!session) return;
    const { position } = this.#state();
    this.#swapping = true;
    this.#engine?.destroy();
    if (this.#target) this.place.begin(nameOf(this.#target), session.sessionId, position);
    this.#session.set(session);
    this.#hear({ type: 'swapped', position, duration: session.durationSeconds });
    this.#load(session, position);
    if (this.#wanted) this.play();
  }

  async #choose(): Promise<void> {
    const session = this.#session();
    const target = this.#target;
    if (!session || !target) return;
    const choice = this.#choice();
    this.#choosing.set(true);
    try {
      const changed = await this.#opener.choose(target, session.sessionId, choice);
      // Only the last of several choices counts.
      if (this.#target === target && this.#choice() === choice) this.#swap(changed);
    } catch (error) {
      if (this.#target === target)
        this.#notice.set({ kind: 'choiceFailed', detail: toProblem(error).detail });
    } finally {
      this.#choosing.set(false);
    }
  }

  #hear(event: PlayerEvent): void {
    const before = this.#state();
    // Letting go of the element makes it speak of nothing.
    if (before.phase === 'failed' && event.type !== 'opening' && event.type !== 'volume') return;
    if (this.#swapping) {
      if (event.type === 'duration' || event.type === 'failed') this.#swapping = false;
      else if (event.type === 'paused' || event.type === 'time' || event.type === 'ended') return;
    }
    if (event.type === 'failed') return void this.#elementFailed();
    if (event.type === 'paused') this.#wanted = false;
    this.#state.set(reduce(before, event));
    this.place.hear(event, before, this.#state());
    if (event.type === 'volume') keepHabits({ volume: event.volume, muted: event.muted });
    if (event.type === 'playing') this.#recovered = false;
    if (event.type === 'waiting' && !before.waiting && !before.paused)
      this.#ranDry(before.seekingTo !== null || this.#video?.seeking === true); // by a phone’s own controls
  }

  #ranDry(seeking: boolean): void {
    // While the server converts, less would not come sooner by itself; it says when it is ready.
    if (seeking || this.#asked() !== null || this.#reconnecting()) return;
    const session = this.#session();
    if (!session || !this.#spells.happened(performance.now())) return;
    const lower = lowerQuality(session.qualities, this.quality(), this.facts()?.bandwidth ?? null);
    if (!lower) return;
    this.#notice.set({ kind: 'stepped', quality: lower.name });
    void this.chooseQuality(lower.name);
  }

  async #elementFailed(): Promise<void> {
    const engine = this.#engine;
    const session = this.#session();
    if (!session) return;
    const trouble = await troubleOfElement(this.#video?.error ?? null, session.url);
    if (this.#engine === engine) await this.#trouble(trouble);
  }

  async #trouble(trouble: EngineTrouble): Promise<void> {
    if (trouble.kind !== 'refused' && trouble.kind !== 'network') return this.#stepDown(trouble);
    const target = this.#target;
    const answered = trouble.kind === 'refused' || (await this.#connection.suspect());
    if (this.#target !== target || !target) return;
    if (!answered) return this.#reconnecting.set(true);
    // A signature that ended and a server that restarted look the same: a fresh session cures both.
    if (this.#recovered) return this.#fail(problemOfTrouble(trouble, this.#session()?.url ?? ''));
    await this.open(target, this.#state().position);
    this.#recovered = true;
  }

  #resumeLoading(): void {
    if (!this.#reconnecting()) return;
    this.#reconnecting.set(false);
    if (!this.#engine?.resumeLoading()) this.#swap();
  }

  /** This way it does not play here: the next rung, at the same place; what is wrong when there is none. */
  async #stepDown(trouble: EngineTrouble): Promise<void> {
    const session = this.#session();
    const target = this.#target;
    if (!session || !target || this.#state().phase === 'failed') return;
    const problem = problemOfTrouble(trouble, session.url);
    this.#failures += 1;
    if (session.ladder.length === 0 || this.#failures > mostFailures) return this.#fail(problem);
    this.#hear({ type: 'waiting' });
    this.#guard.stop();
    try {
      const { position: positionSeconds } = this.#state();
      const failure = { reason: trouble.reason, positionSeconds, choice: this.#choice() };
      const next = await this.#opener.stepDown(target, session.sessionId, failure);
      if (this.#target !== target) return;
      this.#swap(next);
      this.#guard.begin();
      this.#notice.set({ kind: 'converted', session: next });
    } catch (error) {
      if (this.#target !== target) return;
      const refused = problemOfCall(toProblem(error));
      this.#fail({ ...refused, details: `${refused.details}\n${problem.details}` });
    }
  }

  #sample() {
    return this.#video && this.#engine
      ? sampleOf(this.#video, this.#engine, this.#state(), this.#session())
      : undefined;
  }

  #fail(problem: PlayerProblem): void {
    this.#guard.stop();
    this.#state.set(reduce(this.#state(), { type: 'failed' }));
    this.#problem.set(problem);
    this.#engine?.destroy();
    this.#engine = undefined;
  }

  /** Says the last place and lets go of the session. */
  #leave(): void {
    this.#guard.stop();
    this.#swapping = false;
    this.#reconnecting.set(false);
    if (!this.#session()) return;
    this.place.leave();
    this.#session.set(undefined);
    this.#resumedAt.set(null);
    this.#engine?.destroy();
    this.#engine = undefined;
    this.#peers.leave();
  }
}
