import { Component, inject, input, output } from '@angular/core';
import { IconButton } from '../ui/icon-button';
import { UI_WORDS } from '../ui/words';

/** Something to look at beside the film, which goes on. */
@Component({
  selector: 'app-player-panel',
  imports: [IconButton],
  template: `
    <section [attr.aria-label]="heading()">
      <header>
        <h2>{{ heading() }}</h2>
        <button appIconButton icon="close" [label]="words().close" (click)="closed.emit()"></button>
      </header>
      <ng-content />
    </section>
  `,
  styles: `
    :host {
      position: absolute;
      inset-block-start: 4.5rem;
      inset-inline-end: 1rem;
      z-index: 3;
      overflow-y: auto;
      inline-size: min(var(--panel-width, 23rem), calc(100vw - 2rem));
      /* Above the controls; where that leaves too little, over them. */
      max-block-size: max(100dvh - 13rem, min(20rem, 100dvh - 5.5rem));
      border-radius: var(--app-radius);
      background: hsl(220 20% 9% / 0.92);
      box-shadow: var(--app-shadow);
      backdrop-filter: blur(12px);
      animation: app-rise var(--app-fast) var(--app-ease);
    }
    section {
      display: grid;
      gap: 0.5rem;
      padding: 0.5rem 0.5rem 1rem 1rem;
    }
    header {
      display: flex;
      align-items: center;
      justify-content: space-between;
    }
    h2 {
      font-size: var(--app-text-md);
    }
  `,
})
export class Panel {
  readonly heading = input.required<string>();
  readonly closed = output();
  protected readonly words = inject(UI_WORDS);
}
