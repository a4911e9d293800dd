import { Component, computed, input, output } from '@angular/core';
import type { SkipMarker } from '@hearth/contract/playback';
import { translator } from '../core/i18n/i18n';
import { Icon } from '../ui/icon';
import { playerMessages } from './messages';

const keys = { intro: 'skipIntro', recap: 'skipRecap', credits: 'skipCredits' } as const;

/** Goes past the opening, the recap or the credits. */
@Component({
  selector: 'app-skip-button',
  imports: [Icon],
  template: `
    <button type="button" aria-keyshortcuts="s" data-offer (click)="skip.emit()">
      {{ words() }}<app-icon name="skip_next-fill" />
    </button>
  `,
  styles: `
    :host {
      position: absolute;
      inset-block-end: 8rem;
      inset-inline-end: var(--app-gutter);
      z-index: 3;
      animation: app-rise var(--app-slow) var(--app-ease);
    }
    button {
      display: inline-flex;
      align-items: center;
      gap: 0.5rem;
      min-block-size: 3rem;
      padding: 0.5rem 1rem 0.5rem 1.25rem;
      border: 0;
      border-radius: var(--app-radius-pill);
      background: hsl(220 24% 96%);
      box-shadow: var(--app-shadow);
      color: hsl(222 30% 12%);
      font-weight: 650;
      cursor: pointer;
      transition: background-color var(--app-fast) var(--app-ease);
    }
    button:hover {
      background: #fff;
    }
    app-icon {
      inline-size: 1.5rem;
      block-size: 1.5rem;
    }
    @media (max-width: 599px) {
      /* Above the offer to start over. */
      :host {
        inset-block-end: 11rem;
      }
    }
  `,
})
export class SkipButton {
  readonly marker = input.required<SkipMarker>();
  readonly skip = output();
  protected readonly t = translator(playerMessages);
  protected readonly words = computed(() => this.t(keys[this.marker().kind]));
}
