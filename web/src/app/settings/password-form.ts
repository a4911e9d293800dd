import { Component, computed, inject, output, signal } from '@angular/core';
import { accountRoutes } from '@hearth/contract/account';
import { Api } from '../core/api/api';
import { type ApiProblem, toProblem } from '../core/api/problem';
import { translator } from '../core/i18n/i18n';
import { problemWords } from '../core/i18n/problem-words';
import { Session } from '../core/session/session';
import { Toasts } from '../core/toasts';
import { NewPassword, passwordLength } from '../ui/new-password';
import { TextField } from '../ui/text-field';
import { settingsMessages } from './messages';

/** Changes the password, for which the one of now is needed. */
@Component({
  selector: 'app-password-form',
  imports: [NewPassword, TextField],
  template: `
    <section class="card">
      <header>
        <h2>{{ t('password') }}</h2>
        <p class="lead">{{ t('passwordLead') }}</p>
      </header>
      <form (submit)="submit($event)">
        <!-- Password managers want to know whose it is. -->
        <input type="text" autocomplete="username" hidden readonly [value]="session.user()?.username ?? ''" />
        @if (trouble()) {
          <p class="trouble" role="alert">{{ trouble() }}</p>
        }
        <app-text-field
          type="password"
          autocomplete="current-password"
          [label]="t('currentPassword')"
          [(value)]="current"
          [fault]="currentFault()"
        />
        <app-new-password hinted [label]="t('newPassword')" [(value)]="next" [tried]="tried()" />
        <button class="button" type="submit" [disabled]="busy()">
          {{ t(busy() ? 'changing' : 'change') }}
        </button>
      </form>
    </section>
  `,
  styleUrl: './section.css',
})
export class PasswordForm {
  readonly #api = inject(Api);
  readonly #toasts = inject(Toasts);
  readonly #words = problemWords();
  protected readonly session = inject(Session);
  protected readonly t = translator(settingsMessages);
  /** Other devices were signed out. */
  readonly changed = output();
  protected readonly current = signal('');
  protected readonly next = signal('');
  protected readonly tried = signal(false);
  protected readonly busy = signal(false);
  readonly #problem = signal<ApiProblem | undefined>(undefined);

  protected readonly currentFault = computed(() => {
    if (this.#problem()?.code === 'INVALID_CREDENTIALS') return this.t('wrongCurrent');
    return this.tried() && !this.current() ? this.t('needCurrent') : '';
  });
  protected readonly trouble = computed(() => {
    const problem = this.#problem();
    return problem && problem.code !== 'INVALID_CREDENTIALS' ? this.#words.message(problem) : '';
  });

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    this.tried.set(true);
    this.#problem.set(undefined);
    if (!this.current() || this.next().length < passwordLength || this.busy()) return;
    this.busy.set(true);
    try {
      await this.#api.call(accountRoutes.changePassword, {
        currentPassword: this.current(),
        newPassword: this.next(),
      });
      this.current.set('');
      this.next.set('');
      this.tried.set(false);
      this.#toasts.show(this.t('changed'), { tone: 'good' });
      this.changed.emit();
    } catch (error) {
      this.#problem.set(toProblem(error));
    } finally {
      this.busy.set(false);
    }
  }
}
