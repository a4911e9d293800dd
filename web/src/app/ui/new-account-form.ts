import { Component, input, output, signal } from '@angular/core';
import { EntranceForm } from './entrance-form';
import { NewPassword, passwordLength } from './new-password';
import { TextField } from './text-field';

/** What people choose who get an account. */
export interface NewAccount {
  readonly username: string;
  readonly password: string;
}

export interface NewAccountWords {
  readonly username: string;
  readonly needUsername: string;
  readonly password: string;
  /** What the button says. */
  readonly action: string;
}

/** A name and a password to choose; emits them once they can do. */
@Component({
  selector: 'app-new-account-form',
  imports: [EntranceForm, NewPassword, TextField],
  template: `
    <app-entrance-form
      [trouble]="trouble()"
      [action]="words().action"
      [disabled]="busy()"
      (submitted)="submit()"
    >
      <app-text-field
        name="username"
        autocomplete="username"
        [maxLength]="64"
        [label]="words().username"
        [(value)]="username"
        [fault]="taken() || (tried() && !username().trim() ? words().needUsername : '')"
      />
      <app-new-password
        hinted
        name="password"
        [label]="words().password"
        [(value)]="password"
        [tried]="tried()"
      />
    </app-entrance-form>
  `,
  styles: ':host { display: contents; }',
})
export class NewAccountForm {
  readonly words = input.required<NewAccountWords>();
  readonly busy = input(false);
  readonly trouble = input('');
  /** Why it can't be this name. */
  readonly taken = input('');
  readonly chosen = output<NewAccount>();
  protected readonly username = signal('');
  protected readonly password = signal('');
  protected readonly tried = signal(false);

  protected submit(): void {
    const account = { username: this.username(), password: this.password() };
    this.tried.set(true);
    if (account.username.trim() && account.password.length >= passwordLength && !this.busy())
      this.chosen.emit(account);
  }
}
