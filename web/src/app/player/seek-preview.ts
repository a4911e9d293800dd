import { Component, computed, inject, input } from '@angular/core';
import { formatClock } from '../core/format';
import { percentOf } from './seek-scale';
import { ThumbnailTrack } from './thumbnail-track';

/** What is at a place of the film: its picture, its chapter, its time. Says nothing to screen readers; the bar does. */
@Component({
  selector: 'app-seek-preview',
  template: `
    <div
      class="preview"
      [class.pictured]="piece()"
      [style.--place]="percent() + '%'"
      [style.--wide]="(piece()?.width ?? 0) + 'px'"
    >
      @if (piece(); as piece) {
        <span class="picture" [style.inline-size.px]="piece.width" [style.block-size.px]="piece.height">
          <!-- Another sheet is another element: the old one would show a wrong piece until the new one is there. -->
          @for (url of [piece.url]; track url) {
            <img alt="" decoding="async" [src]="url" [style.translate]="-piece.x + 'px ' + -piece.y + 'px'" />
          }
        </span>
      }
      @if (chapter()) {
        <span class="chapter">{{ chapter() }}</span>
      }
      <time>{{ time() }}</time>
    </div>
  `,
  styles: `
    :host {
      position: absolute;
      inset: 0;
      pointer-events: none;
    }
    .preview {
      position: absolute;
      inset-block-end: 100%;
      left: var(--place);
      display: grid;
      justify-items: center;
      max-inline-size: 16rem;
      padding: 0.25rem 0.625rem;
      border-radius: var(--app-radius-sm);
      background: hsl(220 20% 10% / 0.94);
      font-size: var(--app-text-sm);
      font-weight: 600;
      /* Words are as wide as they are: towards an end of the bar they lean inwards. */
      translate: calc(-1 * var(--place)) 0;
      white-space: nowrap;
    }
    .pictured {
      --half: calc(var(--wide) * var(--preview-zoom, 1) / 2 + 0.25rem);
      left: clamp(var(--half), var(--place), 100% - var(--half));
      max-inline-size: none;
      padding: 0.25rem 0.25rem 0.375rem;
      border-radius: var(--app-radius);
      box-shadow: var(--app-shadow);
      translate: -50% 0;
    }
    .picture {
      position: relative;
      overflow: hidden;
      zoom: var(--preview-zoom, 1);
      margin-block-end: 0.25rem;
      border-radius: var(--app-radius-sm);
      background: #000;
    }
    img {
      position: absolute;
      inset-block-start: 0;
      left: 0;
      max-inline-size: none;
    }
    .chapter {
      overflow: hidden;
      max-inline-size: min(15rem, 100%);
      color: var(--app-text-2);
      font-weight: 500;
      text-overflow: ellipsis;
    }
    .pictured .chapter {
      max-inline-size: calc(var(--wide) * var(--preview-zoom, 1));
      padding-inline: 0.25rem;
    }
    :host-context(html[data-ten-foot]) {
      --preview-zoom: 1.5;
    }
  `,
  host: { 'aria-hidden': 'true' },
})
export class SeekPreview {
  readonly #track = inject(ThumbnailTrack);
  /** Seconds. */
  readonly position = input.required<number>();
  readonly duration = input.required<number>();
  readonly chapter = input('');

  protected readonly percent = computed(() => percentOf(this.position(), this.duration()));
  protected readonly time = computed(() => formatClock(this.position()));
  protected readonly piece = computed(() => this.#track.at(this.position()));
}
