import { Component, computed, model } from '@angular/core';
import { translator } from '../core/i18n/i18n';
import { Dialog } from '../ui/dialog';
import { playerMessages } from './messages';

/** What every key does. */
@Component({
  selector: 'app-help-sheet',
  imports: [Dialog],
  template: `
    <app-dialog [heading]="t('help')" [(open)]="open">
      <dl>
        @for (row of rows(); track row.text) {
          <div>
            <dt>
              @for (key of row.keys; track key) {
                <kbd>{{ key }}</kbd>
              }
            </dt>
            <dd>{{ row.text }}</dd>
          </div>
        }
      </dl>
      <p>{{ t('touchHelp') }}</p>
    </app-dialog>
  `,
  styles: `
    dl {
      display: grid;
      gap: 0.375rem 2rem;
      font-size: var(--app-text-sm);
    }
    div {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 1rem;
    }
    dt {
      display: flex;
      order: 1;
      gap: 0.25rem;
    }
    kbd {
      min-inline-size: 1.75rem;
      padding: 0.125rem 0.5rem;
      border: 1px solid var(--app-line-strong);
      border-radius: 6px;
      background: var(--app-surface-2);
      color: var(--app-text);
      font: inherit;
      font-size: var(--app-text-xs);
      font-weight: 600;
      text-align: center;
    }
    p {
      color: var(--app-text-3);
      font-size: var(--app-text-sm);
    }
  `,
})
export class HelpSheet {
  readonly open = model(false);
  protected readonly t = translator(playerMessages);
  protected readonly rows = computed(() => [
    { keys: ['␣', 'K'], text: this.t('keyToggle') },
    { keys: ['←', '→', 'J', 'L'], text: this.t('keySkip') },
    { keys: ['↑', '↓'], text: this.t('keyVolume') },
    { keys: ['M'], text: this.t('keyMute') },
    { keys: ['0', '…', '9'], text: this.t('keyParts') },
    { keys: ['Home', 'End'], text: this.t('keyEnds') },
    { keys: ['C'], text: this.t('keyCaptions') },
    { keys: ['N'], text: this.t('keyNext') },
    { keys: ['S'], text: this.t('keySkipPart') },
    { keys: ['F'], text: this.t('keyFullscreen') },
    { keys: ['P'], text: this.t('keyPip') },
    { keys: ['<', '>'], text: this.t('keyRate') },
    { keys: ['I'], text: this.t('keyStats') },
    { keys: ['↵'], text: this.t('keyReveal') },
    { keys: ['Esc', '⌫'], text: this.t('keyBack') },
    { keys: ['?'], text: this.t('keyHelp') },
  ]);
}
