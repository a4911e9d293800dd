import { Component, input, output } from '@angular/core';
import { translator } from '../core/i18n/i18n';
import { browseMessages } from './messages';

/** A letter of the wall and the index of its first title. */
export interface LetterStop {
  readonly letter: string;
  readonly start: number;
}

/** The alphabet at the edge of the wall: one press, and you are there. */
@Component({
  selector: 'app-letter-rail',
  template: `
    <nav [attr.aria-label]="t('letters')">
      @for (stop of letters(); track stop.letter) {
        <button
          type="button"
          [attr.aria-label]="t('toLetter', { letter: stop.letter })"
          [attr.aria-current]="stop.letter === current() ? 'true' : null"
          (click)="jumped.emit(stop.start)"
        >
          {{ stop.letter }}
        </button>
      }
    </nav>
  `,
  styles: `
    nav {
      position: fixed;
      inset-block: calc(var(--app-top) + 4.5rem) 1rem;
      inset-inline-end: 0.625rem;
      z-index: 26;
      display: none;
      flex-direction: column;
      justify-content: center;
    }
    button {
      flex: 0 1 1.75rem;
      min-block-size: 1.5rem;
      inline-size: 1.75rem;
      padding: 0;
      border: 0;
      border-radius: var(--app-radius-sm);
      background: transparent;
      color: var(--app-text-3);
      font-size: var(--app-text-xs);
      font-weight: 600;
      cursor: pointer;
    }
    button:hover {
      background: var(--app-surface-3);
      color: var(--app-text);
    }
    button[aria-current] {
      color: var(--app-accent-text);
      background: var(--app-accent-soft);
    }
    button:focus-visible {
      outline-offset: -2px;
    }
    @media (min-width: 768px) and (min-height: 49rem) {
      nav {
        display: flex;
      }
    }
  `,
})
export class LetterRail {
  readonly letters = input.required<readonly LetterStop[]>();
  readonly current = input<string>();
  readonly jumped = output<number>();
  protected readonly t = translator(browseMessages);
}
