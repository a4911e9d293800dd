import { Component, inject, output, signal } from '@angular/core';
import { accountRoutes } from '@hearth/contract/account';
import { Api } from '../core/api/api';
import { toProblem } from '../core/api/problem';
import { deviceName } from '../core/device-name';
import { translator } from '../core/i18n/i18n';
import { problemWords } from '../core/i18n/problem-words';
import { Session } from '../core/session/session';
import { Icon } from '../ui/icon';
import { TextField } from '../ui/text-field';
import { setupMessages } from './messages';

/** Makes the administrator. The one step that can't be skipped. */
@Component({
  selector: 'app-account-step',
  imports: [Icon, TextField],
  template: `
    <form class="card" (submit)="submit($event)">
      @if (trouble()) {
        <p class="trouble" role="alert"><app-icon name="error" />{{ trouble() }}</p>
      }
      <app-text-field
        name="username"
        autocomplete="username"
        [maxLength]="64"
        [label]="t('username')"
        [(value)]="username"
        [fault]="tried() && !username().trim() ? t('needUsername') : ''"
      />
      <app-text-field
        type="password"
        name="password"
        autocomplete="new-password"
        [label]="t('password')"
        [hint]="t('passwordHint')"
        [(value)]="password"
        [fault]="tried() && password().length < 8 ? t('passwordShort') : ''"
      />
      <button class="button primary large" type="submit" [disabled]="busy()">
        {{ busy() ? t('creating') : t('create') }}
      </button>
    </form>
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
  protected readonly username = signal('');
  protected readonly password = signal('');
  protected readonly tried = signal(false);
  protected readonly busy = signal(false);
  protected readonly trouble = signal('');

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    this.tried.set(true);
    if (!this.username().trim() || this.password().length < 8 || this.busy()) return;
    this.busy.set(true);
    this.trouble.set('');
    try {
      const tokens = await this.#api.call(accountRoutes.setup, {
        username: this.username(),
        password: this.password(),
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
