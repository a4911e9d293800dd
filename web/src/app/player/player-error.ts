import { Component, computed, inject, input, output, signal } from '@angular/core';
import { translator } from '../core/i18n/i18n';
import { copyText } from '../ui/clipboard';
import { Icon } from '../ui/icon';
import { UI_WORDS } from '../ui/words';
import { playerMessages } from './messages';
import type { PlayerProblem } from './player-problem';

/** Why it does not play, in the server’s own reasons where it gave some, and what to do about it. */
@Component({
  selector: 'app-player-error',
  imports: [Icon],
  template: `
    <section role="alert">
      <app-icon class="symbol" name="error" />
      <h1>{{ heading() }}</h1>
      <p>{{ message() }}</p>
      @if (problem().reasons.length > 0) {
        <ul [attr.aria-label]="t('reasons')">
          @for (reason of problem().reasons; track reason) {
            <li>{{ reason }}</li>
          }
        </ul>
      }
      <div class="actions">
        <button class="button primary" type="button" data-first (click)="retry.emit()">
          <app-icon name="refresh" />{{ words().retry }}
        </button>
        <button class="button" type="button" (click)="leave.emit()">{{ t('back') }}</button>
      </div>
      <details>
        <summary>{{ words().details }}</summary>
        <pre tabindex="0">{{ problem().details }}</pre>
        <button class="button quiet" type="button" (click)="copy()">
          <app-icon [name]="copied() ? 'check' : 'content_copy'" />
          <span role="status">{{ copied() ? words().copied : words().copy }}</span>
        </button>
      </details>
    </section>
  `,
  styleUrl: './player-error.css',
})
export class PlayerError {
  readonly problem = input.required<PlayerProblem>();
  readonly retry = output();
  readonly leave = output();
  protected readonly t = translator(playerMessages);
  protected readonly words = inject(UI_WORDS);
  protected readonly copied = signal(false);
  protected readonly heading = computed(() => this.t(`${this.problem().fault}Heading`));
  protected readonly message = computed(() => this.t(`${this.problem().fault}Message`));

  protected async copy(): Promise<void> {
    this.copied.set(await copyText(this.problem().details));
  }
}
