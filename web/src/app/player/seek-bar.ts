import {
  Component,
  computed,
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

/** Where you are, what is loaded, where chapters begin; press, drag, or use the arrow keys. */
@Component({
  selector: 'app-seek-bar',
  templateUrl: './seek-bar.html',
  styleUrl: './seek-bar.css',
})
export class SeekBar {
  readonly chapters = input<readonly Chapter[]>([]);
  readonly seek = output<number>();
  protected readonly t = translator(playerMessages);
  protected readonly state = inject(Playback).state;
  protected readonly clock = formatClock;
  private readonly bar = viewChild.required<ElementRef<HTMLElement>>('bar');
  /** The place under the pointer (s). */
  protected readonly pointed = signal<number | null>(null);
  protected readonly dragging = signal(false);

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
  protected readonly bubble = computed(() => {
    const position = this.pointed();
    if (position === null || this.state().duration <= 0) return null;
    return {
      left: percentOf(position, this.state().duration),
      time: formatClock(position),
      chapter: chapterAt(this.chapters(), position)?.title ?? '',
    };
  });

  protected point(event: PointerEvent): void {
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
}
