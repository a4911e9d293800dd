import { booleanAttribute, Component, inject, input, model } from '@angular/core';
import { TextField } from './text-field';
import { UI_WORDS } from './words';

/** Characters a password has at least. */
export const passwordLength = 8;

/** A password to choose; says when it is too short, once somebody tried. */
@Component({
  selector: 'app-new-password',
  imports: [TextField],
  template: `
    <app-text-field
      type="password"
      autocomplete="new-password"
      [name]="name()"
      [label]="label()"
      [hint]="hinted() ? words().passwordHint : ''"
      [(value)]="value"
      [fault]="tried() && value().length < passwordLength ? words().passwordShort : ''"
    />
  `,
  styles: ':host { display: contents; }',
})
export class NewPassword {
  readonly label = input.required<string>();
  readonly name = input('');
  readonly value = model('');
  readonly tried = input(false);
  /** Says beforehand what makes a good one. */
  readonly hinted = input(false, { transform: booleanAttribute });
  protected readonly words = inject(UI_WORDS);
  protected readonly passwordLength = passwordLength;
}
