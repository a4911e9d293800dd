import { computed, inject, Injectable, signal } from '@angular/core';
import type { PlaybackSession, SubtitleTrack } from '@hearth/contract/playback';
import { Session } from '../core/session/session';
import { Playback } from './playback';
import { keepHabits, readHabits } from './player-memory';
import { SessionOpener } from './session-opener';
import { AssDrawing } from './subtitle-ass';
import { type Taste, chooseSubtitles, heardTrack, toggledSubtitles } from './subtitle-choice';
import { asText, drawable, type SubtitleDrawing } from './subtitle-drawing';
import { PgsDrawing } from './subtitle-pgs';
import { TextDrawing } from './subtitle-text';

const sizes = { least: 50, most: 250, step: 25 };
/** Between two looks for lines of a film that is still on its way, ms: pieces come well before they are played. */
const growEveryMs = 5000;
const fallbackTaste: Taste = {
  subtitleMode: 'foreign',
  subtitleLanguages: [],
  audioLanguages: [],
  language: 'en',
};

/** Why what is on is not shown as it should be. */
export interface SubtitleTrouble {
  /** `plain`: without its styles. `pictures`: not at all, unless the server draws it. `unreadable`: not at all. */
  readonly kind: 'plain' | 'pictures' | 'unreadable';
  /** Of the track. */
  readonly id: string;
}

/** The subtitles on the picture: which are on, how late they come, and who draws them. */
@Injectable()
export class Subtitles {
  readonly #account = inject(Session);
  readonly #playback = inject(Playback);
  readonly #opener = inject(SessionOpener);
  readonly #selected = signal<string | null>(null);
  readonly #cues = signal<readonly VTTCue[]>([]);
  readonly #delay = signal(0);
  readonly #size = signal(readHabits().subtitleSize);
  readonly #trouble = signal<SubtitleTrouble | null>(null);
  readonly #isText = signal(true);
  #video: HTMLVideoElement | undefined;
  #session: PlaybackSession | undefined;
  #drawing: SubtitleDrawing | undefined;
  #growth: ReturnType<typeof setInterval> | undefined;
  #inWindow = false;
  #last: string | null = null;

  /** Id of the track that is on. */
  readonly selected = this.#selected.asReadonly();
  /** What is to be read now. */
  readonly cues = this.#cues.asReadonly();
  /** Seconds they come later than written. */
  readonly delay = this.#delay.asReadonly();
  /** Percent of the ordinary size. */
  readonly size = this.#size.asReadonly();
  readonly trouble = this.#trouble.asReadonly();
  /** Whether their size is ours to choose: scripts and pictures bring their own. */
  readonly resizable = this.#isText.asReadonly();
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
    const free = (session?.subtitles ?? []).filter(({ url }) => url !== '');
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

  /** Pictures that this browser does not get drawn: the server draws them into the film instead. */
  drawIntoPicture(id: string): void {
    this.#opener.cannotDraw('pgs');
    this.#drawing?.destroy();
    this.#drawing = undefined;
    this.#selected.set(id);
    this.#last = id;
    void this.#playback.burnSubtitle(id);
  }

  /** The player is left: nothing stays on the page or runs. */
  detach(): void {
    this.#show(null);
    this.#video = undefined;
  }

  #show(id: string | null): void {
    clearInterval(this.#growth);
    this.#drawing?.destroy();
    this.#drawing = undefined;
    this.#trouble.set(null);
    const track = this.#session?.subtitles.find((candidate) => candidate.id === id);
    this.#selected.set(track?.id ?? null);
    this.#isText.set(true);
    if (!track || !this.#video) return;
    this.#last = track.id;
    if (!drawable(track)) return;
    this.#draw(track, this.#video);
    if (track.growing) this.#growth = setInterval(() => this.#grow(), growEveryMs);
  }

  #draw(track: SubtitleTrack, video: HTMLVideoElement): void {
    const Drawing = track.format === 'ass' ? AssDrawing : track.format === 'pgs' ? PgsDrawing : TextDrawing;
    this.#isText.set(Drawing === TextDrawing);
    const drawing: SubtitleDrawing = new Drawing(track, {
      video,
      fonts: this.#session?.fonts ?? [],
      delay: this.#delay(),
      cues: (cues) => this.#cues.set(cues),
      failed: () => this.#drawing === drawing && this.#failed(track, video),
    });
    this.#drawing = drawing;
    if (this.#inWindow) drawing.drawnByBrowser(true);
  }

  /** Only while somebody watches, on the page or in the small window: whoever asks for more keeps the torrent at work. */
  #grow(): void {
    const isSeen = !document.hidden || this.#inWindow;
    if (isSeen && this.#video?.paused === false) this.#drawing?.grow?.();
  }

  /** The next best way: the words alone; or none, and an offer. */
  #failed(track: SubtitleTrack, video: HTMLVideoElement): void {
    this.#drawing?.destroy();
    if (track.format === 'ass') {
      this.#draw(asText(track), video);
      return this.#trouble.set({ kind: 'plain', id: track.id });
    }
    this.select(null);
    this.#trouble.set({ kind: track.format === 'pgs' ? 'pictures' : 'unreadable', id: track.id });
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
    this.#drawing?.setDelay(this.#delay());
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
    this.#inWindow = yes;
    this.#drawing?.drawnByBrowser(yes);
  }

  #taste(): Taste {
    return this.#account.user()?.preferences ?? fallbackTaste;
  }
}
