import { Component, computed, inject, input, output } from '@angular/core';
import { translator } from '../core/i18n/i18n';
import { FaultDetails } from '../ui/fault-details';
import { Icon } from '../ui/icon';
import { UI_WORDS } from '../ui/words';
import { playerMessages } from './messages';
import type { PlayerProblem } from './player-problem';

/** Why it does not play, in the server’s own reasons where it gave some, and what to do about it. */
@Component({
  selector: 'app-player-error',
  imports: [FaultDetails, Icon],
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
      <app-fault-details [text]="problem().details" />
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
  protected readonly heading = computed(() => this.t(`${this.problem().fault}Heading`));
  protected readonly message = computed(() => this.t(`${this.problem().fault}Message`));
}
