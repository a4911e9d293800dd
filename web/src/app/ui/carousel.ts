import {
  Component,
  DestroyRef,
  afterNextRender,
  type ElementRef,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import { RouterLink, type UrlTree } from '@angular/router';
import { Icon } from './icon';
import { IconButton } from './icon-button';
import { UI_WORDS } from './words';

/** Where rows stood, by `key`: Back finds them as they were. */
const places = new Map<string, number>();

/**
 * A row of cards that scrolls sideways: by touch, wheel, its two buttons, and by arrow keys (a remote’s too), which
 * move the focus from card to card. Cards are the content, each in an element of its own.
 */
@Component({
  selector: 'app-carousel',
  imports: [Icon, IconButton, RouterLink],
  templateUrl: './carousel.html',
  styleUrl: './carousel.css',
  host: { '(keydown)': 'move($event)' },
})
export class Carousel {
  readonly heading = input.required<string>();
  /** What tells this row apart on its page. */
  readonly key = input.required<string>();
  /** Where the heading leads, with everything of this kind. */
  readonly link = input<string | UrlTree>();
  readonly query = input<Readonly<Record<string, string>>>();
  /** Nothing in it takes the focus: the row itself does, so that it scrolls by keys. */
  readonly plain = input(false);
  protected readonly words = inject(UI_WORDS);
  protected readonly start = signal(true);
  protected readonly end = signal(true);
  private readonly track = viewChild.required<ElementRef<HTMLElement>>('track');

  constructor() {
    const destroyed = inject(DestroyRef);
    afterNextRender(() => {
      const track = this.track().nativeElement;
      track.scrollLeft = places.get(this.key()) ?? 0;
      if (typeof ResizeObserver === 'undefined') return;
      const observer = new ResizeObserver(() => this.measure());
      observer.observe(track);
      destroyed.onDestroy(() => observer.disconnect());
    });
  }

  protected measure(): void {
    const { scrollLeft, scrollWidth, clientWidth } = this.track().nativeElement;
    places.set(this.key(), scrollLeft);
    // In right-to-left rows `scrollLeft` runs from 0 to negative.
    const at = Math.abs(scrollLeft);
    this.start.set(at < 4);
    this.end.set(at + clientWidth > scrollWidth - 4);
  }

  protected page(direction: 1 | -1): void {
    const track = this.track().nativeElement;
    const side = getComputedStyle(track).direction === 'rtl' ? -1 : 1;
    track.scrollBy({ left: direction * side * track.clientWidth * 0.85, behavior: 'smooth' });
  }

  /** Arrow keys go from card to card; up and down stay the page’s, to go from row to row. */
  protected move(event: KeyboardEvent): void {
    const track = this.track().nativeElement;
    const rightToLeft = getComputedStyle(track).direction === 'rtl';
    const steps: Record<string, number> = {
      ArrowRight: rightToLeft ? -1 : 1,
      ArrowLeft: rightToLeft ? 1 : -1,
      Home: -Infinity,
      End: Infinity,
    };
    const step = steps[event.key];
    if (step === undefined || !(event.target instanceof Node) || !track.contains(event.target)) return;
    const stops = [...track.querySelectorAll<HTMLElement>('a[href], button')];
    const at = stops.findIndex((stop) => stop === event.target);
    const target = stops[Math.min(stops.length - 1, Math.max(0, at + step))];
    if (!target) return;
    event.preventDefault();
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'smooth' });
  }
}
