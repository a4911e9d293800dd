import type { Clock } from '../clock.port.js';
import { Absence } from './absence.js';
import { CurrentTrack, type Verdict } from './current-track.js';
import { PlayQueue } from './play-queue.js';
import { Pulse } from './pulse.js';
import { type PlayerHost, type PlayerPhase, PlayerRefusal, type PlayerState } from './player-state.js';
import { DeviceUnreachable } from './device-request.js';
import type { RendererAbilities, RendererDevice, RendererVolume } from './renderer-device.js';
import { refusable, seekOn, startOn } from './start-sequence.js';
import { inWords } from './words.js';

/** Milliseconds between two looks at the device. */
const pace = { busy: 1_000, away: 5_000, quiet: 10_000 };
/** `previous` within the first seconds goes to the item before, later to the beginning. */
const beginning = 5;

/** Plays a queue on one renderer: the sequence of dlna.md §3 as a state machine. */
export class Player<T> {
  private readonly queue = new PlayQueue<T>();
  private phase: PlayerPhase = 'idle';
  private track: CurrentTrack | undefined;
  private position = 0;
  private abilities: RendererAbilities = { pause: true, seek: true, setNext: false };
  private loudness: RendererVolume = { volume: null, muted: false };
  private problem: string | null = null;
  /** The start that is under way; a newer command gives it up. */
  private work: AbortController | undefined;
  /** It has no pause: it was stopped, and is sent anew to go on. */
  private pausedByStop = false;
  private isConnected = false;
  private nextIsOut = false;
  private readonly absence: Absence;
  private looks = 0;
  private readonly pulse: Pulse;

  constructor(
    private device: RendererDevice,
    private readonly host: PlayerHost<T>,
    private readonly clock: Clock,
  ) {
    this.pulse = new Pulse(clock, () => this.look());
    this.absence = new Absence(clock);
  }

  get state(): PlayerState<T> {
    const { track } = this;
    return {
      phase: this.phase,
      item: this.queue.current,
      positionSeconds: this.seconds,
      durationSeconds: track?.progress.durationSeconds ?? 0,
      ...this.loudness,
      upcoming: this.queue.upcoming,
      canPause: track?.media.still !== true,
      canSeek: track !== undefined && !track.media.still && (!track.media.seekable || this.abilities.seek),
      problem: this.problem,
    };
  }

  /** Learns what the device can, and listens to it. @throws DeviceUnreachable, XmlError, UpnpFault */
  async connect(): Promise<void> {
    const { device } = this;
    this.abilities = await device.abilities();
    this.loudness = await device.volume().catch(() => this.loudness);
    await device.watch({
      transportChanged: () => this.device === device && this.track && this.pulse.within(0),
      volumeChanged: (change) => this.device === device && this.hearVolume(change),
    });
    this.isConnected = true;
    this.host.changed();
  }

  /** Plays the first item now and the others after it. @throws PlayerRefusal, UpnpFault, DeviceUnreachable, NeverPlayed */
  async play(items: readonly T[], fromSeconds = 0): Promise<void> {
    this.leave();
    this.queue.replace(items);
    await this.start(fromSeconds);
  }

  /** Plays after what is there; at once where nothing is. */
  async enqueue(items: readonly T[]): Promise<void> {
    if (this.queue.current === undefined) return await this.play(items);
    this.queue.append(items);
    this.host.changed();
  }

  async pause(): Promise<void> {
    const track = this.mustHave();
    if (this.abilities.pause && (await refusable(this.device.pause()))) return this.pulse.within(0);
    track.progress.halt();
    this.pausedByStop = true;
    await this.device.stop();
    this.enter('paused');
  }

  async resume(): Promise<void> {
    this.mustHaveItem();
    if (this.phase === 'paused' && !this.pausedByStop) {
      await this.device.play();
      return this.pulse.within(0);
    }
    await this.start(this.seconds);
  }

  /** Ends it, queue and all. */
  async stop(): Promise<void> {
    this.leave();
    this.queue.clear();
    this.enter('idle');
    if (this.nextIsOut) await refusable(this.device.loadNext(undefined));
    this.nextIsOut = false;
    await refusable(this.device.stop());
  }

  async next(): Promise<void> {
    if (this.queue.next === undefined) throw new PlayerRefusal('Nothing comes after this.');
    this.leave();
    this.queue.advance();
    await this.start(0);
  }

  async previous(): Promise<void> {
    this.mustHaveItem();
    if (this.seconds > beginning) return await this.seek(0);
    this.leave();
    this.queue.back();
    await this.start(0);
  }

  async seek(seconds: number): Promise<void> {
    const track = this.mustHave();
    if (this.phase === 'stopped' || this.phase === 'lost') {
      this.position = seconds;
      track.progress.changed(seconds);
      return this.host.changed();
    }
    if (this.phase === 'loading' || this.pausedByStop || !track.media.seekable)
      return await this.start(seconds);
    await this.seekHere(track, seconds);
  }

  /** @param percent 0–100 */
  async setVolume(percent: number): Promise<void> {
    await this.device.setVolume(percent);
    this.hearVolume({ volume: percent });
  }

  async setMuted(muted: boolean): Promise<void> {
    await this.device.setMuted(muted);
    // Some silence themselves by their volume: it is another one now.
    const { volume } = await this.device.volume().catch(() => this.loudness);
    this.hearVolume({ volume, muted });
  }

  /** The renderer asked for the bytes of a resource. @param startSeconds where a conversion really began */
  fetched(resourceId: string, startSeconds?: number): void {
    if (this.track?.media.resourceId === resourceId) this.track.isFetched(startSeconds);
  }

  /** It is (again) there, perhaps elsewhere: what it was playing is gone, unless it says otherwise. */
  async attach(device: RendererDevice): Promise<void> {
    const before = this.device;
    this.device = device;
    this.isConnected = false;
    void before.close();
    this.absence.returned();
    if (this.track && this.phase !== 'stopped') this.pulse.within(0);
    await this.connect();
  }

  /** It said that it goes. What it no longer answers to is not begun again by itself. */
  goodbye(): void {
    this.absence.goodbye();
    if (this.track) this.pulse.within(0);
  }

  async close(): Promise<void> {
    this.leave();
    this.pulse.end();
    await this.device.close();
  }

  private get seconds(): number {
    return this.phase === 'loading' || !this.track ? this.position : this.track.progress.seconds;
  }

  private mustHaveItem(): T {
    const item = this.queue.current;
    if (item === undefined) throw new PlayerRefusal('Nothing is playing there.');
    return item;
  }

  private mustHave(): CurrentTrack {
    this.mustHaveItem();
    if (!this.track) throw new PlayerRefusal('It has not begun yet.');
    return this.track;
  }

  private enter(phase: PlayerPhase, problem: string | null = null): void {
    this.phase = phase;
    this.problem = problem;
    this.host.changed();
  }

  private hearVolume(change: Partial<RendererVolume>): void {
    this.loudness = { ...this.loudness, ...change };
    this.host.changed();
  }

  /** What plays now is over: gives up what is under way and says where it was. */
  private leave(): void {
    this.work?.abort(new PlayerRefusal('Something else was wanted.'));
    this.work = undefined;
    const item = this.queue.current;
    if (item !== undefined && this.track) this.host.left(item, this.seconds);
    this.nextIsOut ||= this.track?.next !== undefined;
    this.track = undefined;
    this.position = 0;
    this.pausedByStop = false;
  }

  /** Sends what is current in the queue, from a second on. */
  private async start(fromSeconds: number, recovering = false): Promise<void> {
    const item = this.mustHaveItem();
    this.work?.abort(new PlayerRefusal('Something else was wanted.'));
    const work = (this.work = new AbortController());
    this.position = fromSeconds;
    this.pausedByStop = false;
    this.absence.begin(recovering);
    this.enter('loading');
    try {
      await this.send(item, fromSeconds, work.signal);
    } catch (error) {
      if (work.signal.aborted) throw error;
      this.work = undefined;
      this.track?.progress.changed(fromSeconds);
      const gone = recovering && error instanceof DeviceUnreachable;
      this.enter(gone ? 'lost' : 'stopped', `${inWords(error)}.`);
      if (gone) this.pulse.within(pace.away);
      throw error;
    }
    this.work = undefined;
    this.enter('playing');
    this.pulse.within(0);
  }

  private async send(item: T, fromSeconds: number, signal: AbortSignal): Promise<void> {
    const { device, clock } = this;
    // It may not have answered when it was found.
    if (!this.isConnected) await this.connect();
    const media = await this.host.media(item, fromSeconds);
    signal.throwIfAborted();
    const track = (this.track = new CurrentTrack(clock, media, fromSeconds));
    const { nextIsOut } = this;
    const { still } = media;
    const fetched = (): boolean => track.fetched;
    const options = { device, clock, signal, canSetNext: this.abilities.setNext, nextIsOut, fetched, still };
    await startOn(options, media);
    this.nextIsOut = false;
    track.progress.changed(track.offsetSeconds);
    // Many load properly only after they play (xbmc's UPnPPlayer): so the seek comes last.
    if (!media.seekable || still || fromSeconds < 1 || !this.abilities.seek) return;
    if (await seekOn(options, fromSeconds)) track.progress.changed(fromSeconds);
  }

  private async seekHere(track: CurrentTrack, seconds: number): Promise<void> {
    this.work?.abort(new PlayerRefusal('Something else was wanted.'));
    const work = (this.work = new AbortController());
    track.progress.changed(seconds);
    this.host.changed();
    try {
      const { device, clock } = this;
      if (!(await seekOn({ device, clock, signal: work.signal }, seconds)))
        throw new PlayerRefusal('It does not go there.');
    } finally {
      if (this.work === work) this.work = undefined;
      this.pulse.within(0);
    }
    track.progress.changed(seconds);
  }

  /** Looks at the device. @returns when to look again */
  private async look(): Promise<number | undefined> {
    if (this.work || !this.track || this.pausedByStop) return this.work ? pace.busy : undefined;
    const { track, device } = this;
    const isOld = (): boolean => this.track !== track || this.work !== undefined || this.device !== device;
    try {
      const state = await device.transport();
      const atRest = state === 'STOPPED' || state === 'NO_MEDIA_PRESENT';
      const position = atRest ? undefined : await device.position();
      if (isOld()) return pace.busy;
      const wasAway = this.absence.answered() || this.phase === 'lost';
      if (wasAway && atRest && this.phase !== 'stopped') return this.comeBack();
      this.act(track, track.hear(state, position));
      await this.lookAside(track);
    } catch (error) {
      if (!isOld()) this.missed(error);
    }
    return this.nextLook();
  }

  private nextLook(): number | undefined {
    if (!this.track) return undefined;
    if (this.phase === 'lost') return pace.away;
    return this.phase === 'stopped' ? pace.quiet : pace.busy;
  }

  private act(track: CurrentTrack, verdict: Verdict): void {
    if (verdict === 'playing' || verdict === 'paused') {
      if (verdict === 'paused') this.pausedByStop = false;
      if (this.phase !== verdict || verdict === 'playing') this.enter(verdict);
    } else if (verdict === 'handed-over') this.handedOver(track);
    else if (verdict === 'taken') {
      this.leave();
      this.queue.clear();
      this.enter('idle');
    } else if (verdict === 'stopped' && this.phase !== 'stopped') this.stoppedThere(track);
    else if (verdict === 'ended' && this.phase !== 'stopped') this.goOn();
  }

  /** The device went to the next track by itself. */
  private handedOver(track: CurrentTrack): void {
    const { next } = track;
    this.leave();
    this.queue.advance();
    if (next) this.track = new CurrentTrack(this.clock, next, 0);
    this.enter('playing');
  }

  private stoppedThere(track: CurrentTrack): void {
    const item = this.queue.current;
    this.enter('stopped');
    if (item !== undefined) this.host.left(item, track.progress.seconds);
  }

  private goOn(): void {
    this.leave();
    if (this.queue.advance() === undefined) return this.enter('idle');
    void this.start(0).catch((error: unknown) => {
      // What cannot be played is no reason to leave out the rest.
      const ours = !(error instanceof DeviceUnreachable) && this.phase === 'stopped';
      if (ours && this.queue.next !== undefined) this.goOn();
    });
  }

  /** What is asked now and then: volume, in case its events are lost, and whether to send the next track. */
  private async lookAside(track: CurrentTrack): Promise<void> {
    if (this.looks++ % 10 === 9) {
      const heard = await this.device.volume().catch(() => this.loudness);
      if (heard.volume !== this.loudness.volume || heard.muted !== this.loudness.muted)
        this.hearVolume(heard);
    }
    const upcoming = this.queue.next;
    if (this.phase !== 'playing' || upcoming === undefined || !this.abilities.setNext || !track.wantsNext)
      return;
    const media = await this.host.media(upcoming, 0).catch(() => undefined);
    if (this.track !== track || this.work || this.queue.next !== upcoming) return;
    if (media && !media.gapless) return;
    if (media && (await refusable(this.device.loadNext(media)))) track.next = media;
    // From now on the next one is sent when this one has ended.
    else this.abilities = { ...this.abilities, setNext: false };
  }

  private missed(error: unknown): void {
    this.track?.progress.lose();
    if (!this.absence.missed(this.phase)) return;
    const item = this.queue.current;
    if (item !== undefined && this.track) this.host.left(item, this.track.progress.seconds);
    this.enter('lost', this.absence.isFarewell ? 'It was switched off.' : `${inWords(error)}.`);
  }

  /** It is there again, and plays nothing. */
  private comeBack(): number {
    if (this.absence.mayGoOn(this.phase)) void this.start(this.seconds, true).catch(() => undefined);
    else this.enter('stopped', 'It was away; it can go on where it was.');
    return pace.busy;
  }
}
