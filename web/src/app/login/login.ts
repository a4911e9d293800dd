import { Component, computed, DestroyRef, inject, input, signal, viewChild } from '@angular/core';
import { Router } from '@angular/router';
import { accountRoutes } from '@hearth/contract/account';
import { Api } from '../core/api/api';
import { type ApiProblem, toProblem } from '../core/api/problem';
import { deviceName } from '../core/device-name';
import { translator } from '../core/i18n/i18n';
import { problemWords } from '../core/i18n/problem-words';
import { Session } from '../core/session/session';
import { Entrance } from '../ui/entrance';
import { EntranceForm } from '../ui/entrance-form';
import { TextField } from '../ui/text-field';
import { loginMessages } from './messages';
import { returnPath } from './return-path';

/** Signs in and goes back to where the person wanted to be. */
@Component({
  selector: 'app-login',
  imports: [Entrance, EntranceForm, TextField],
  templateUrl: './login.html',
  styleUrl: './login.css',
})
export class Login {
  readonly #api = inject(Api);
  readonly #session = inject(Session);
  readonly #router = inject(Router);
  readonly #words = problemWords();
  readonly back = input<string>();
  protected readonly t = translator(loginMessages);
  protected readonly username = signal('');
  protected readonly password = signal('');
  protected readonly tried = signal(false);
  protected readonly busy = signal(false);
  readonly #problem = signal<ApiProblem | undefined>(undefined);
  /** Seconds until the server listens again. */
  protected readonly wait = signal(0);
  private readonly passwordField = viewChild.required<TextField>('secret');
  #clock: ReturnType<typeof setInterval> | undefined;

  protected readonly trouble = computed(() => {
    const problem = this.#problem();
    if (!problem) return '';
    const text = this.#words.message(problem);
    return this.wait() > 0 ? `${text} ${this.t('waiting', { count: this.wait() })}` : text;
  });

  constructor() {
    inject(DestroyRef).onDestroy(() => clearInterval(this.#clock));
  }

  protected async submit(): Promise<void> {
    this.tried.set(true);
    if (!this.username().trim() || !this.password() || this.busy() || this.wait() > 0) return;
    this.busy.set(true);
    try {
      this.#session.accept(
        await this.#api.call(accountRoutes.login, {
          username: this.username(),
          password: this.password(),
          cookie: true,
          deviceName: deviceName(navigator.userAgent),
        }),
      );
      await this.#router.navigateByUrl(returnPath(this.back()), { replaceUrl: true });
    } catch (error) {
      this.#refused(toProblem(error));
    } finally {
      this.busy.set(false);
    }
  }

  #refused(problem: ApiProblem): void {
    this.#problem.set(problem);
    this.wait.set(Math.ceil(problem.retryAfter ?? 0));
    clearInterval(this.#clock);
    this.#clock = setInterval(() => {
      this.wait.update((seconds) => Math.max(0, seconds - 1));
      if (this.wait() === 0) clearInterval(this.#clock);
    }, 1000);
    this.passwordField().focus();
  }
}
