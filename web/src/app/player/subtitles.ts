import { computed, inject, Injectable, signal } from '@angular/core';
import type { PlaybackSession, SubtitleTrack } from '@hearth/contract/playback';
import { Session } from '../core/session/session';
import { Playback } from './playback';
import { keepHabits, readHabits } from './player-memory';
import { type Taste, chooseSubtitles, heardTrack, toggledSubtitles } from './subtitle-choice';

const sizes = { least: 50, most: 250, step: 25 };
const fallbackTaste: Taste = {
  subtitleMode: 'foreign',
  subtitleLanguages: [],
  audioLanguages: [],
  language: 'en',
};

/** Whether the player draws it itself; the others are drawn into the picture by the server. */
const drawable = ({ burned, url, format }: SubtitleTrack) => !burned && url !== '' && format === 'vtt';

/**
 * The subtitles on the picture. The browser loads and times them; drawing is ours, so that size and place can be chosen.
 * One `<track>` at a time is in the element: the others are not even downloaded.
 */
@Injectable()
export class Subtitles {
  readonly #account = inject(Session);
  readonly #playback = inject(Playback);
  readonly #selected = signal<string | null>(null);
  readonly #cues = signal<readonly VTTCue[]>([]);
  readonly #delay = signal(0);
  readonly #size = signal(readHabits().subtitleSize);
  readonly #failed = signal<string | null>(null);
  #video: HTMLVideoElement | undefined;
  #session: PlaybackSession | undefined;
  #element: HTMLTrackElement | undefined;
  #last: string | null = null;

  /** Id of the track that is on. */
  readonly selected = this.#selected.asReadonly();
  /** What is to be read now. */
  readonly cues = this.#cues.asReadonly();
  /** Seconds they come later than written. */
  readonly delay = this.#delay.asReadonly();
  /** Percent of the ordinary size. */
  readonly size = this.#size.asReadonly();
  /** Id of a track that could not be loaded. */
  readonly failed = this.#failed.asReadonly();
  readonly sizeAtEnd = computed(() => ({
    least: this.#size() <= sizes.least,
    most: this.#size() >= sizes.most,
  }));

  attach(video: HTMLVideoElement): void {
    this.#video = video;
  }

  /** Another film begins: its tracks, and the one that suits this person. The same file again keeps what is on. */
  begin(session: PlaybackSession | undefined): void {
    const before = this.#session;
    this.#session = session;
    const burned = session?.subtitles.find((track) => track.burned)?.id ?? null;
    if (session && before && session.fileId === before.fileId) {
      if (burned !== null) this.#show(burned);
      return;
    }
    this.#delay.set(0);
    this.#last = null;
    const heard = heardTrack(session?.audioTracks ?? []);
    // One that must be drawn into the picture costs a whole conversion: only a person asks for that.
    const free = (session?.subtitles ?? []).filter(({ url, format }) => url !== '' && format === 'vtt');
    this.#show(burned ?? (session ? chooseSubtitles(free, heard, this.#taste()) : null));
  }

  select(id: string | null): void {
    const track = this.#session?.subtitles.find((candidate) => candidate.id === id);
    const before = this.#session?.subtitles.find(({ burned }) => burned);
    const burns = track !== undefined && !drawable(track);
    this.#show(id);
    if (burns ? !track.burned : before !== undefined)
      void this.#playback.burnSubtitle(burns ? track.id : null);
  }

  #show(id: string | null): void {
    this.#element?.remove();
    this.#element = undefined;
    this.#cues.set([]);
    this.#failed.set(null);
    const track = this.#session?.subtitles.find((candidate) => candidate.id === id);
    this.#selected.set(track?.id ?? null);
    if (!track || !this.#video) return;
    this.#last = track.id;
    if (!drawable(track)) return;
    const element = this.#video.ownerDocument.createElement('track');
    element.kind = 'subtitles';
    element.label = track.label;
    if (track.language) element.srclang = track.language;
    element.src = track.url;
    element.addEventListener('load', () => this.#shift(element.track, this.#delay()));
    element.addEventListener('error', () => {
      if (this.#element !== element) return;
      this.select(null);
      this.#failed.set(track.id);
    });
    element.track.addEventListener('cuechange', () => this.#read(element.track));
    this.#video.append(element);
    this.#element = element;
    element.track.mode = 'hidden';
  }

  /** Off, or on with what was on last. Returns whether they are on now. */
  toggle(): boolean {
    const tracks = this.#session?.subtitles ?? [];
    this.select(toggledSubtitles(tracks, this.#selected(), this.#last, this.#taste()));
    return this.#selected() !== null;
  }

  /** Later by `seconds`, earlier if negative. */
  shift(seconds: number): void {
    this.#delay.update((delay) => Math.round((delay + seconds) * 10) / 10);
    if (this.#element) this.#shift(this.#element.track, seconds);
  }

  resize(direction: 1 | -1): void {
    this.#size.update((size) => Math.min(sizes.most, Math.max(sizes.least, size + direction * sizes.step)));
    keepHabits({ subtitleSize: this.#size() });
  }

  reset(): void {
    this.shift(-this.#delay());
    this.#size.set(100);
    keepHabits({ subtitleSize: 100 });
  }

  /** In a small window of its own the browser shows the picture without our layer: there it draws. */
  drawnByBrowser(yes: boolean): void {
    if (this.#element) this.#element.track.mode = yes ? 'showing' : 'hidden';
  }

  #read(track: TextTrack): void {
    this.#cues.set([...(track.activeCues ?? [])].filter((cue) => cue instanceof VTTCue));
  }

  #shift(track: TextTrack, seconds: number): void {
    if (seconds === 0) return;
    // The list is sorted by time: moving the later ones first keeps it so all the while.
    const cues = [...(track.cues ?? [])];
    for (const cue of seconds > 0 ? cues.reverse() : cues) {
      cue.startTime += seconds;
      cue.endTime += seconds;
    }
    this.#read(track);
  }

  #taste(): Taste {
    return this.#account.user()?.preferences ?? fallbackTaste;
  }
}
