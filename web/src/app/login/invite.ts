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
import { Icon } from '../ui/icon';
import { TextField } from '../ui/text-field';
import { loginMessages } from './messages';

/** Turns an invitation link into an account. */
@Component({
  selector: 'app-invite',
  imports: [Entrance, Icon, RouterLink, TextField],
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
  protected readonly username = signal('');
  protected readonly password = signal('');
  protected readonly tried = signal(false);
  protected readonly busy = signal(false);
  readonly #problem = signal<ApiProblem | undefined>(undefined);

  protected readonly nameFault = computed(() => {
    const problem = this.#problem();
    if (problem?.code === 'USERNAME_TAKEN') return this.#words.message(problem);
    return this.tried() && !this.username().trim() ? this.t('needUsername') : '';
  });
  protected readonly trouble = computed(() => {
    const problem = this.#problem();
    return problem && problem.code !== 'USERNAME_TAKEN' ? this.#words.message(problem) : '';
  });

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    this.tried.set(true);
    if (!this.username().trim() || this.password().length < 8 || this.busy()) return;
    this.busy.set(true);
    this.#problem.set(undefined);
    try {
      this.#session.accept(
        await this.#api.call(accountRoutes.acceptInvitation, {
          code: this.code(),
          username: this.username(),
          password: this.password(),
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
