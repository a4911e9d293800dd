import {
  afterRenderEffect,
  Component,
  computed,
  DestroyRef,
  DOCUMENT,
  type ElementRef,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import type { TorrentDetails } from '@hearth/contract/torrent';
import { translator } from '../core/i18n/i18n';
import { detailsMessages } from './details-messages';
import { binned, type PieceBin, piecesOf, wantedRanges } from './piece-bins';

/** Edge of a cell and the room between two (CSS px), and how many rows there are at most. */
const cell = 9;
const gap = 2;
const mostRows = 12;

/** Which pieces lie on the disk, and which are wanted next: one cell a piece, or several pieces a cell. */
@Component({
  selector: 'app-piece-map',
  template: `
    <div #box class="box">
      <canvas #canvas role="img" [attr.aria-label]="label()" [style.block-size.px]="height()"></canvas>
    </div>
    <ul aria-hidden="true">
      <li><span class="have"></span>{{ t('legendHave') }}</li>
      <li><span class="part"></span>{{ t('legendPart') }}</li>
      <li><span class="wanted"></span>{{ t('legendWanted') }}</li>
      <li><span></span>{{ t('legendMissing') }}</li>
    </ul>
  `,
  styleUrl: './piece-map.css',
})
export class PieceMap {
  readonly torrent = input.required<TorrentDetails>();
  protected readonly t = translator(detailsMessages);
  readonly #document = inject(DOCUMENT);
  private readonly box = viewChild.required<ElementRef<HTMLElement>>('box');
  private readonly canvas = viewChild.required<ElementRef<HTMLCanvasElement>>('canvas');
  readonly #width = signal(0);
  readonly #pieces = computed(() => {
    const { pieces, pieceCount } = this.torrent();
    return piecesOf(pieces, pieceCount ?? 0);
  });
  protected readonly label = computed(() => {
    const pieces = this.#pieces();
    return this.t('piecesLabel', { count: pieces.length, have: pieces.reduce((sum, bit) => sum + bit, 0) });
  });
  readonly #columns = computed(() => Math.max(1, Math.floor((this.#width() + gap) / (cell + gap))));
  readonly #bins = computed(() => {
    const { readers, files, pieceLength } = this.torrent();
    const wanted = wantedRanges(readers, files, pieceLength ?? Infinity);
    return binned(this.#pieces(), this.#columns() * mostRows, wanted);
  });
  protected readonly height = computed(() => {
    const rows = Math.max(1, Math.ceil(this.#bins().length / this.#columns()));
    return rows * (cell + gap) - gap;
  });

  constructor() {
    let watch: ResizeObserver | undefined;
    afterRenderEffect(() => {
      const box = this.box().nativeElement;
      this.#width.set(box.clientWidth);
      if (watch || typeof ResizeObserver === 'undefined') return;
      watch = new ResizeObserver(() => this.#width.set(box.clientWidth));
      watch.observe(box);
    });
    inject(DestroyRef).onDestroy(() => watch?.disconnect());
    afterRenderEffect(() => this.#draw(this.#bins(), this.#columns(), this.height()));
  }

  #draw(bins: readonly PieceBin[], columns: number, height: number): void {
    const canvas = this.canvas().nativeElement;
    const scale = this.#document.defaultView?.devicePixelRatio ?? 1;
    const width = this.#width();
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    const pen = canvas.getContext('2d');
    if (!pen || width === 0) return;
    pen.scale(scale, scale);
    // The theme’s own colours, as the element has them now.
    const style = getComputedStyle(canvas);
    const colors = { none: style.borderTopColor, have: style.color, wanted: style.outlineColor };
    bins.forEach(({ have, wanted }, index) => {
      const x = (index % columns) * (cell + gap);
      const y = Math.floor(index / columns) * (cell + gap);
      const paint = (color: string, alpha: number) => {
        pen.globalAlpha = alpha;
        pen.fillStyle = color;
        pen.beginPath();
        pen.roundRect(x, y, cell, cell, 2);
        pen.fill();
      };
      paint(colors.none, 1);
      if (wanted && have < 1) paint(colors.wanted, 0.75);
      if (have > 0) paint(colors.have, have === 1 ? 1 : 0.25 + have * 0.5);
    });
  }
}
