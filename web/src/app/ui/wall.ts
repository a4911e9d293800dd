import {
  CdkFixedSizeVirtualScroll,
  CdkVirtualForOf,
  CdkVirtualScrollableWindow,
  CdkVirtualScrollViewport,
} from '@angular/cdk/scrolling';
import { NgTemplateOutlet } from '@angular/common';
import {
  afterNextRender,
  Component,
  computed,
  contentChild,
  DestroyRef,
  effect,
  ElementRef,
  inject,
  Injector,
  input,
  output,
  signal,
  TemplateRef,
  viewChild,
} from '@angular/core';
import { type Density, layoutWall, type WallShape } from './wall-layout';

/** A part of a wall: indexes, both included. */
export interface WallRange {
  readonly first: number;
  readonly last: number;
}

/** What a cell's template is given: the index, `let-sizes="sizes"` for its picture, `let-priority="priority"`. */
export interface WallCell {
  readonly $implicit: number;
  readonly sizes: string;
  readonly priority: boolean;
}

/**
 * A wall as long as the library: rows of N cells through CDK's virtual scroll, so that only what is near the screen
 * exists. Inside it stands the `<ng-template>` of a cell; `wanted` says what to bring, `seen` what is on screen.
 */
@Component({
  selector: 'app-wall',
  imports: [
    CdkFixedSizeVirtualScroll,
    CdkVirtualForOf,
    CdkVirtualScrollableWindow,
    CdkVirtualScrollViewport,
    NgTemplateOutlet,
  ],
  templateUrl: './wall.html',
  styleUrl: './wall.css',
  host: {
    '(keydown)': 'steer($event)',
    '[style.--columns]': 'layout().columns',
    '[style.--gap.px]': 'layout().gap',
    '[style.--row.px]': 'layout().row',
  },
})
export class Wall {
  readonly total = input.required<number>();
  readonly label = input.required<string>();
  readonly density = input<Density>('roomy');
  readonly shape = input<WallShape>('poster');
  readonly wanted = output<WallRange>();
  readonly seen = output<WallRange>();

  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly #injector = inject(Injector);
  readonly #width = signal(0);
  protected readonly cell = contentChild.required<TemplateRef<WallCell>>(TemplateRef);
  private readonly viewport = viewChild(CdkVirtualScrollViewport);

  protected readonly layout = computed(() =>
    layoutWall(this.#width() || 1200, { density: this.density(), shape: this.shape(), rem: rootSize() }),
  );
  protected readonly rows = computed(() =>
    Array.from({ length: Math.ceil(this.total() / this.layout().columns) }, (_, row) => row),
  );
  protected readonly measured = computed(() => this.#width() > 0);
  protected readonly sizes = computed(() => `${Math.round(this.layout().card)}px`);

  constructor() {
    const destroyed = inject(DestroyRef);
    afterNextRender(() => {
      this.#width.set(this.#host.clientWidth);
      if (typeof ResizeObserver === 'undefined') return;
      const observer = new ResizeObserver(() => this.#width.set(this.#host.clientWidth));
      observer.observe(this.#host);
      destroyed.onDestroy(() => observer.disconnect());
    });
    effect((onCleanup) => {
      const viewport = this.viewport();
      const { columns, row } = this.layout();
      const total = this.total();
      if (!viewport || total === 0) return;
      const see = () => {
        const top = viewport.measureScrollOffset();
        const end = Math.ceil((top + viewport.getViewportSize()) / row) * columns;
        this.seen.emit({ first: Math.floor(top / row) * columns, last: Math.min(total, end) - 1 });
      };
      const scrolled = viewport.scrolledIndexChange.subscribe(see);
      see();
      const subscription = viewport.renderedRangeStream.subscribe(({ start, end }) => {
        if (end > start)
          this.wanted.emit({ first: start * columns, last: Math.min(total, end * columns) - 1 });
      });
      const { start, end } = viewport.getRenderedRange();
      if (end > start) this.wanted.emit({ first: start * columns, last: Math.min(total, end * columns) - 1 });
      onCleanup(() => {
        scrolled.unsubscribe();
        subscription.unsubscribe();
      });
    });
  }

  /** Brings the row of `index` to the top of the screen, `inset` px below its edge. */
  jumpTo(index: number, inset: number): void {
    const top = this.#host.getBoundingClientRect().top + window.scrollY;
    const row = Math.floor(index / this.layout().columns);
    window.scrollTo({ top: Math.max(0, top + row * this.layout().row - inset) });
  }

  /** The index of the first title below `inset` px from the top of the screen. */
  firstVisible(inset: number): number {
    const above = inset - this.#host.getBoundingClientRect().top;
    return Math.max(0, Math.round(above / this.layout().row)) * this.layout().columns;
  }

  protected indexes(row: number): number[] {
    const { columns } = this.layout();
    const first = row * columns;
    return Array.from({ length: Math.min(columns, this.total() - first) }, (_, column) => first + column);
  }

  /** Arrow keys walk the wall, also beyond what is rendered. */
  protected steer(event: KeyboardEvent): void {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
    if (!cell) return;
    const index = Number(cell.dataset['index']);
    const { columns } = this.layout();
    const side = getComputedStyle(this.#host).direction === 'rtl' ? -1 : 1;
    const steps: Record<string, number> = {
      ArrowRight: side,
      ArrowLeft: -side,
      ArrowDown: columns,
      ArrowUp: -columns,
    };
    const target =
      event.key === 'Home' ? 0 : event.key === 'End' ? this.total() - 1 : index + (steps[event.key] ?? NaN);
    if (!(target >= 0 && target < this.total())) return;
    event.preventDefault();
    this.#focus(target);
  }

  #focus(index: number): void {
    const find = () => this.#host.querySelector<HTMLElement>(`[data-index="${index}"] :is(a, button)`);
    const show = (link: HTMLElement) => {
      link.focus({ preventScroll: true });
      link.scrollIntoView({ block: 'nearest' });
    };
    const link = find();
    if (link) return show(link);
    this.jumpTo(index, window.innerHeight / 3);
    // The row appears after the scroll event and a rendering or two; a card on its way takes the focus when it is there.
    const until = Date.now() + 3000;
    const wait = () => {
      const link = find();
      if (link) show(link);
      else if (Date.now() < until) requestAnimationFrame(wait);
    };
    afterNextRender(wait, { injector: this.#injector });
    requestAnimationFrame(wait);
  }
}

function rootSize(): number {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}
