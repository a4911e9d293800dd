import { Component, computed, inject, model, output, signal } from '@angular/core';
import { type Account, accountRoutes, type Role } from '@hearth/contract/account';
import { Api } from '../core/api/api';
import { toProblem } from '../core/api/problem';
import { translator } from '../core/i18n/i18n';
import { problemWords } from '../core/i18n/problem-words';
import { Choice, type ChoiceOption } from '../ui/choice';
import { Dialog } from '../ui/dialog';
import { NewPassword, passwordLength } from '../ui/new-password';
import { TextField } from '../ui/text-field';
import { peopleMessages } from './people-messages';

/** What the dialog is for; `null` while it is closed. */
export type AccountTask = { readonly kind: 'add' } | { readonly kind: 'password'; readonly user: Account };

/** Makes an account, or gives one a new password. */
@Component({
  selector: 'app-account-dialog',
  imports: [Choice, Dialog, NewPassword, TextField],
  template: `
    <app-dialog [heading]="heading()" [open]="task() !== null" (openChange)="$event || close()">
      <form id="account-form" style="display: grid; gap: 1rem" (submit)="submit($event)">
        @if (task()?.kind === 'add') {
          <app-text-field
            [label]="t('name')"
            [maxLength]="64"
            [(value)]="name"
            [fault]="tried() && !name().trim() ? t('needName') : ''"
          />
        } @else {
          <p>{{ t('passwordLead', { name: userName() }) }}</p>
        }
        <app-new-password
          [label]="t(task()?.kind === 'add' ? 'password' : 'newPassword')"
          [(value)]="password"
          [tried]="tried()"
        />
        @if (task()?.kind === 'add') {
          <app-choice [label]="t('inviteRole')" [options]="roles()" [(value)]="role" />
          <p style="font-size: var(--app-text-sm)">{{ t('roleHint') }}</p>
        }
        @if (trouble()) {
          <p role="alert" style="color: var(--app-bad)">{{ trouble() }}</p>
        }
      </form>
      <ng-container dialogActions>
        <button class="button quiet" type="button" (click)="close()">{{ t('cancel') }}</button>
        <button class="button primary" type="submit" form="account-form" [disabled]="busy()">
          {{ t(task()?.kind === 'add' ? 'create' : 'save') }}
        </button>
      </ng-container>
    </app-dialog>
  `,
})
export class AccountDialog {
  readonly #api = inject(Api);
  readonly #words = problemWords();
  protected readonly t = translator(peopleMessages);
  readonly task = model<AccountTask | null>(null);
  /** What was done, in words. */
  readonly done = output<string>();
  protected readonly name = signal('');
  protected readonly password = signal('');
  protected readonly role = signal<Role>('member');
  protected readonly tried = signal(false);
  protected readonly busy = signal(false);
  protected readonly trouble = signal('');
  protected readonly roles = computed<readonly ChoiceOption<Role>[]>(() => [
    { value: 'member', name: this.t('member') },
    { value: 'child', name: this.t('child') },
    { value: 'admin', name: this.t('admin') },
  ]);
  protected readonly userName = computed(() => {
    const task = this.task();
    return task?.kind === 'password' ? task.user.username : '';
  });
  protected readonly heading = computed(() =>
    this.task()?.kind === 'password'
      ? this.t('passwordHeading', { name: this.userName() })
      : this.t('addHeading'),
  );

  protected close(): void {
    this.task.set(null);
    for (const field of [this.name, this.password, this.trouble]) field.set('');
    this.tried.set(false);
  }

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    const task = this.task();
    this.tried.set(true);
    this.trouble.set('');
    const isShort = this.password().length < passwordLength;
    if (!task || this.busy() || isShort || (task.kind === 'add' && !this.name().trim())) return;
    this.busy.set(true);
    try {
      this.done.emit(await this.#save(task));
      this.close();
    } catch (error) {
      this.trouble.set(this.#words.message(toProblem(error)));
    } finally {
      this.busy.set(false);
    }
  }

  async #save(task: AccountTask): Promise<string> {
    const password = this.password();
    if (task.kind === 'add') {
      const { username } = await this.#api.call(accountRoutes.createUser, {
        username: this.name(),
        password,
        role: this.role(),
      });
      return this.t('created', { name: username });
    }
    await this.#api.call(accountRoutes.updateUser, { id: task.user.id, password });
    return this.t('passwordSet', { name: task.user.username });
  }
}
