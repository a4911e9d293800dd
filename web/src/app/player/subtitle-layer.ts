import { Component, effect, ElementRef, inject } from '@angular/core';
import { Subtitles } from './subtitles';

/** Draws what is to be read over the picture, above the controls when they are there. */
@Component({
  selector: 'app-subtitle-layer',
  template: '',
  styles: `
    :host {
      position: absolute;
      inset: 0;
      display: flex;
      flex-direction: column;
      justify-content: flex-end;
      align-items: center;
      gap: 0.25rem;
      padding: 4% 6% max(4%, 1.5rem);
      color: #fff;
      font-size: calc(clamp(1.05rem, 2.6cqw + 0.35rem, 3.5rem) * var(--subtitle-size, 1));
      font-weight: 560;
      line-height: 1.3;
      text-align: center;
      pointer-events: none;
      transition: padding var(--app-slow) var(--app-ease);
    }
    :host(.raised) {
      padding-block-end: 9.5rem;
    }
    :host ::ng-deep p {
      max-inline-size: 46rem;
      padding: 0.05em 0.4em;
      border-radius: 0.25em;
      background: hsl(220 30% 4% / 0.62);
      text-shadow: 0 0 0.15em hsl(0 0% 0% / 0.9);
      white-space: pre-line;
      overflow-wrap: anywhere;
    }
    :host ::ng-deep p.top {
      order: -1;
      margin-block-end: auto;
    }
  `,
  host: { '[style.--subtitle-size]': 'subtitles.size() / 100' },
})
export class SubtitleLayer {
  protected readonly subtitles = inject(Subtitles);

  constructor() {
    const host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    effect(() => {
      host.replaceChildren(
        ...this.subtitles.cues().map((cue) => {
          const line = host.ownerDocument.createElement('p');
          // The browser's parser makes this: italics, bold, ruby and voices, never scripts.
          line.append(cue.getCueAsHTML());
          line.dir = 'auto';
          line.classList.toggle('top', isAtTop(cue));
          return line;
        }),
      );
    });
  }
}

/** Signs and lines that the file puts into the upper part of the picture stay there. */
function isAtTop({ line, snapToLines }: VTTCue): boolean {
  if (typeof line !== 'number') return false;
  return snapToLines ? line >= 0 && line < 5 : line < 40;
}
