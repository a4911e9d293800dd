import {
  Component,
  computed,
  DestroyRef,
  effect,
  type ElementRef,
  inject,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { formatClock } from '../core/format';
import { translator } from '../core/i18n/i18n';
import { playerMessages } from './messages';
import type { Chapter } from './next-episode';
import { Playback } from './playback';
import { chapterAt, chapterMarks, percentOf, positionAt } from './seek-scale';
import { SeekPreview } from './seek-preview';
import { ThumbnailTrack } from './thumbnail-track';
import { TorrentWatch } from './torrent-watch';

/** How long the picture of a place stays after a key has gone there (ms). */
const glanceMs = 1500;

/** Where you are, what is loaded, where chapters begin; press, drag, or use the arrow keys. */
@Component({
  selector: 'app-seek-bar',
  imports: [SeekPreview],
  templateUrl: './seek-bar.html',
  styleUrl: './seek-bar.css',
})
export class SeekBar {
  readonly chapters = input<readonly Chapter[]>([]);
  readonly seek = output<number>();
  protected readonly t = translator(playerMessages);
  protected readonly state = inject(Playback).state;
  readonly #thumbnails = inject(ThumbnailTrack);
  /** What the server has of a torrent’s film ahead of what is loaded here. */
  protected readonly ahead = inject(TorrentWatch).ahead;
  private readonly bar = viewChild.required<ElementRef<HTMLElement>>('bar');
  /** The place under the pointer (s). */
  protected readonly pointed = signal<number | null>(null);
  readonly dragging = signal(false);
  /** The keyboard or the remote is on the bar. */
  protected readonly focused = signal(false);
  protected readonly glancing = signal(false);
  #glance: ReturnType<typeof setTimeout> | undefined;

  protected readonly shown = computed(
    () => (this.dragging() ? this.pointed() : null) ?? this.state().position,
  );
  protected readonly played = computed(() => percentOf(this.shown(), this.state().duration));
  protected readonly marks = computed(() => chapterMarks(this.chapters(), this.state().duration));
  protected readonly loaded = computed(() => {
    const { buffered, duration } = this.state();
    return buffered.map(({ start, end }) => ({
      left: percentOf(start, duration),
      width: percentOf(end - start, duration),
    }));
  });
  /** The place that is looked at (s): under the pointer, else where the keys have gone. */
  protected readonly looked = computed(() => {
    if (this.state().duration <= 0) return null;
    return this.pointed() ?? (this.focused() || this.glancing() ? this.state().position : null);
  });
  /** A place is being looked at. */
  readonly looking = computed(() => this.looked() !== null);
  protected readonly chapter = computed(() => this.#chapterAt(this.looked() ?? this.state().position));
  protected readonly text = computed(() => {
    const { position, duration } = this.state();
    const values = { position: formatClock(position), duration: formatClock(duration) };
    const chapter = this.#chapterAt(position);
    return chapter ? this.t('seekTextChapter', { ...values, chapter }) : this.t('seekText', values);
  });

  constructor() {
    effect(() => {
      if (this.looking()) this.#thumbnails.want();
    });
    inject(DestroyRef).onDestroy(() => clearTimeout(this.#glance));
  }

  /** A key went somewhere: shows for a moment where that is. */
  glance(): void {
    this.glancing.set(true);
    clearTimeout(this.#glance);
    this.#glance = setTimeout(() => this.glancing.set(false), glanceMs);
  }

  protected point(event: PointerEvent): void {
    // A finger that only passes does not look for anything.
    if (event.pointerType !== 'mouse' && !this.dragging()) return;
    const { left, width } = this.bar().nativeElement.getBoundingClientRect();
    this.pointed.set(positionAt(event.clientX, left, width, this.state().duration));
  }

  protected grab(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.bar().nativeElement.setPointerCapture(event.pointerId);
    this.dragging.set(true);
    this.point(event);
  }

  protected release(event: PointerEvent): void {
    if (!this.dragging()) return;
    this.point(event);
    const position = this.pointed();
    this.dragging.set(false);
    if (position !== null) this.seek.emit(position);
    if (event.pointerType !== 'mouse') this.pointed.set(null);
  }

  protected leave(): void {
    if (!this.dragging()) this.pointed.set(null);
  }

  protected cancel(): void {
    this.dragging.set(false);
    this.pointed.set(null);
  }

  /** Focus that came by a press is none that needs to see where it is. */
  protected focus(): void {
    this.focused.set(this.bar().nativeElement.matches(':focus-visible'));
  }

  #chapterAt(position: number): string {
    return chapterAt(this.chapters(), position)?.title ?? '';
  }
}
