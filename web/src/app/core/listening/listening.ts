import { computed, DestroyRef, DOCUMENT, effect, inject, Injectable, signal, untracked } from '@angular/core';
import { musicRoutes } from '@hearth/contract/music';
import { Api } from '../api/api';
import { Session } from '../session/session';
import { readStored, store } from '../storage';
import { Deck } from './deck';
import { type Entry, leveled, ListeningQueue } from './listening-queue';
import { connectMediaKeys } from './media-keys';

export type ListeningState = 'idle' | 'loading' | 'playing' | 'paused' | 'failed';

const volumeKey = 'hearth.music-volume';
const parseVolume = (value: unknown) => ({
  success: true as const,
  data: typeof value === 'number' && value >= 0 && value <= 1 ? value : 1,
});

/** Seconds before the end of a track at which the next one is loaded. */
const loadAhead = 20;
/** Seconds before the end at which the change is timed by the clock instead of by the element's events. */
const timed = 0.6;
/** How early the next one starts (s): starting takes about as long. */
const lead = 0.02;

/** Music, on every page: a queue that goes on while people look around, without gaps. */
@Injectable({ providedIn: 'root' })
export class Listening {
  readonly #api = inject(Api);
  readonly #decks: readonly [Deck, Deck] = [new Deck(), new Deck()];
  #active = 0;
  #change: ReturnType<typeof setTimeout> | undefined;
  #renewedFor = '';

  readonly #queue = signal(new ListeningQueue());
  readonly #state = signal<ListeningState>('idle');
  readonly #position = signal(0);
  readonly #duration = signal(0);
  readonly #volume = signal(readStored(volumeKey, { safeParse: parseVolume }) ?? 1);

  readonly queue = this.#queue.asReadonly();
  readonly state = this.#state.asReadonly();
  /** Seconds. */
  readonly position = this.#position.asReadonly();
  readonly duration = this.#duration.asReadonly();
  /** 0–1, as the person set it. */
  readonly volume = this.#volume.asReadonly();
  readonly current = computed(() => this.#queue().current);

  constructor() {
    for (const deck of this.#decks) this.#listen(deck);
    const session = inject(Session);
    const account = computed(() => session.user()?.id);
    effect(() => {
      account();
      untracked(() => this.stop());
    });
    this.#giveWayToFilms();
    connectMediaKeys(this);
  }

  /** Plays these, from one of them on. */
  play(entries: readonly Entry[], index = 0): void {
    this.#queue.set(new ListeningQueue(entries).at(index));
    this.#start();
  }

  /** Plays these after everything else. */
  enqueue(entries: readonly Entry[]): void {
    if (!this.current()) return this.play(entries);
    this.#queue.update((queue) => queue.with(entries));
  }

  toggle(): void {
    if (this.#state() === 'playing' || this.#state() === 'loading') this.pause();
    else this.resume();
  }

  pause(): void {
    clearTimeout(this.#change);
    this.#deck.element.pause();
  }

  resume(): void {
    if (this.#state() === 'failed') return this.#start();
    if (this.current()) this.#sound();
  }

  jump(index: number): void {
    this.#queue.update((queue) => queue.at(index));
    this.#start();
  }

  next(): void {
    if (this.#queue().next) this.jump(this.#queue().index + 1);
  }

  /** The beginning of the track; from there, the one before. */
  previous(): void {
    if (this.#position() > 3 || !this.#queue().hasPrevious) this.seek(0);
    else this.jump(this.#queue().index - 1);
  }

  seek(seconds: number): void {
    clearTimeout(this.#change);
    this.#deck.element.currentTime = seconds;
    this.#position.set(seconds);
  }

  remove(index: number): void {
    const before = this.current();
    this.#queue.update((queue) => queue.without(index));
    if (!this.current()) this.stop();
    else if (this.current() !== before) this.#start();
  }

  setVolume(volume: number): void {
    this.#volume.set(volume);
    store(volumeKey, volume);
    this.#level();
  }

  stop(): void {
    clearTimeout(this.#change);
    this.#queue.set(new ListeningQueue());
    for (const deck of this.#decks) deck.clear();
    this.#state.set('idle');
  }

  get #deck(): Deck {
    return this.#decks[this.#active % 2 === 0 ? 0 : 1];
  }

  get #other(): Deck {
    return this.#decks[this.#active % 2 === 0 ? 1 : 0];
  }

  #start(): void {
    const entry = this.current();
    if (!entry) return;
    clearTimeout(this.#change);
    this.#other.clear();
    this.#deck.load(entry.track.url);
    this.#deck.element.currentTime = 0;
    this.#position.set(0);
    this.#duration.set(entry.track.durationSeconds);
    this.#sound();
  }

  #sound(): void {
    this.#level();
    this.#state.set('loading');
    this.#deck.element.play().catch((error: unknown) => {
      // Interrupted by the next track, or not allowed before a click: the element says what became of it.
      if (error instanceof DOMException && error.name === 'NotAllowedError') this.#state.set('paused');
    });
  }

  #level(): void {
    this.#deck.element.volume = leveled(this.#volume(), this.current()?.track.gain ?? null);
  }

  #listen(deck: Deck): void {
    const { element } = deck;
    const on = (name: string, handle: () => void) =>
      element.addEventListener(name, () => (deck === this.#deck && this.current() ? handle() : undefined));
    on('playing', () => this.#state.set('playing'));
    on('waiting', () => this.#state.set('loading'));
    on('pause', () => (element.ended ? undefined : this.#state.set('paused')));
    on('durationchange', () => {
      if (Number.isFinite(element.duration)) this.#duration.set(element.duration);
    });
    on('timeupdate', () => this.#tick());
    on('ended', () => this.#advance());
    on('error', () => void this.#renew());
  }

  #tick(): void {
    this.#position.set(this.#deck.element.currentTime);
    const { remaining } = this.#deck;
    const next = this.#queue().next;
    if (!next || remaining > loadAhead) return;
    this.#other.load(next.track.url);
    if (remaining > timed || this.#deck.element.paused) return;
    clearTimeout(this.#change);
    this.#change = setTimeout(() => this.#advance(), Math.max(0, (remaining - lead) * 1000));
  }

  #advance(): void {
    clearTimeout(this.#change);
    const queue = this.#queue();
    if (!queue.next) {
      this.#state.set('paused');
      return this.seek(0);
    }
    const before = this.#deck;
    this.#queue.set(queue.at(queue.index + 1));
    this.#active += 1;
    const entry = this.current();
    if (entry) this.#deck.load(entry.track.url);
    this.#position.set(0);
    this.#duration.set(entry?.track.durationSeconds ?? 0);
    this.#sound();
    // Its last moments are still sounding.
    setTimeout(() => (before === this.#other ? before.element.pause() : undefined), 200);
  }

  /** An address may have ended while the queue waited: the album has fresh ones. Once a track. */
  async #renew(): Promise<void> {
    const entry = this.current();
    if (!entry || this.#renewedFor === entry.track.id) return this.#state.set('failed');
    this.#renewedFor = entry.track.id;
    const at = this.#position();
    try {
      const { tracks } = await this.#api.call(musicRoutes.album, { id: entry.album.id });
      this.#queue.update((queue) => queue.renewed(tracks));
      this.#start();
      if (at > 0) this.seek(at);
    } catch {
      this.#state.set('failed');
    }
  }

  /** A film that begins to play somewhere on the page is what people want to hear. */
  #giveWayToFilms(): void {
    const document = inject(DOCUMENT);
    const began = (event: Event) => {
      if (event.target instanceof HTMLVideoElement && !event.target.muted) this.pause();
    };
    document.addEventListener('play', began, true);
    inject(DestroyRef).onDestroy(() => document.removeEventListener('play', began, true));
  }
}
