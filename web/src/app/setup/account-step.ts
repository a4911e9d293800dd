import { Component, computed, inject, output, signal } from '@angular/core';
import { accountRoutes } from '@hearth/contract/account';
import { Api } from '../core/api/api';
import { toProblem } from '../core/api/problem';
import { deviceName } from '../core/device-name';
import { translator } from '../core/i18n/i18n';
import { problemWords } from '../core/i18n/problem-words';
import { Session } from '../core/session/session';
import { type NewAccount, NewAccountForm } from '../ui/new-account-form';
import { setupMessages } from './messages';

/** Makes the administrator. The one step that can't be skipped. */
@Component({
  selector: 'app-account-step',
  imports: [NewAccountForm],
  template: `
    <app-new-account-form [words]="words()" [busy]="busy()" [trouble]="trouble()" (chosen)="create($event)" />
    <p class="note">{{ t('accountNote') }}</p>
  `,
  styleUrl: './step.css',
})
export class AccountStep {
  readonly #api = inject(Api);
  readonly #session = inject(Session);
  readonly #words = problemWords();
  readonly done = output();
  protected readonly t = translator(setupMessages);
  protected readonly busy = signal(false);
  protected readonly trouble = signal('');
  protected readonly words = computed(() => ({
    username: this.t('username'),
    needUsername: this.t('needUsername'),
    password: this.t('password'),
    action: this.t(this.busy() ? 'creating' : 'create'),
  }));

  protected async create(account: NewAccount): Promise<void> {
    this.busy.set(true);
    this.trouble.set('');
    try {
      const tokens = await this.#api.call(accountRoutes.setup, {
        ...account,
        cookie: true,
        deviceName: deviceName(navigator.userAgent),
      });
      this.#session.accept(tokens);
      this.done.emit();
    } catch (error) {
      this.trouble.set(this.#words.message(toProblem(error)));
    } finally {
      this.busy.set(false);
    }
  }
}
