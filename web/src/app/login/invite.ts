import { Component, computed, inject, input, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { accountRoutes } from '@hearth/contract/account';
import { Api } from '../core/api/api';
import { type ApiProblem, toProblem } from '../core/api/problem';
import { deviceName } from '../core/device-name';
import { translator } from '../core/i18n/i18n';
import { problemWords } from '../core/i18n/problem-words';
import { paths } from '../core/paths';
import { Session } from '../core/session/session';
import { Entrance } from '../ui/entrance';
import { type NewAccount, NewAccountForm } from '../ui/new-account-form';
import { loginMessages } from './messages';

/** Turns an invitation link into an account. */
@Component({
  selector: 'app-invite',
  imports: [Entrance, NewAccountForm, RouterLink],
  templateUrl: './invite.html',
  styleUrl: './login.css',
})
export class Invite {
  readonly #api = inject(Api);
  readonly #session = inject(Session);
  readonly #router = inject(Router);
  readonly #words = problemWords();
  /** The invitation's secret, from the address. */
  readonly code = input.required<string>();
  protected readonly t = translator(loginMessages);
  protected readonly loginPath = paths.login();
  protected readonly busy = signal(false);
  readonly #problem = signal<ApiProblem | undefined>(undefined);
  readonly #said = computed(() => {
    const problem = this.#problem();
    return problem ? this.#words.message(problem) : '';
  });
  readonly #isTaken = computed(() => this.#problem()?.code === 'USERNAME_TAKEN');
  protected readonly taken = computed(() => (this.#isTaken() ? this.#said() : ''));
  protected readonly trouble = computed(() => (this.#isTaken() ? '' : this.#said()));
  protected readonly words = computed(() => ({
    username: this.t('username'),
    needUsername: this.t('needUsername'),
    password: this.t('password'),
    action: this.t(this.busy() ? 'joining' : 'join'),
  }));

  protected async join(account: NewAccount): Promise<void> {
    this.busy.set(true);
    this.#problem.set(undefined);
    try {
      this.#session.accept(
        await this.#api.call(accountRoutes.acceptInvitation, {
          code: this.code(),
          ...account,
          cookie: true,
          deviceName: deviceName(navigator.userAgent),
        }),
      );
      await this.#router.navigateByUrl(paths.home(), { replaceUrl: true });
    } catch (error) {
      this.#problem.set(toProblem(error));
    } finally {
      this.busy.set(false);
    }
  }
}
