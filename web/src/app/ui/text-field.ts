import {
  booleanAttribute,
  Component,
  type ElementRef,
  inject,
  input,
  model,
  signal,
  viewChild,
} from '@angular/core';
import { IconButton } from './icon-button';
import { UI_WORDS } from './words';

let lastId = 0;

/** One line to type into, with its label, a hint, and what is wrong with it: `<app-text-field label="Name" [(value)]="name" />`. */
@Component({
  selector: 'app-text-field',
  imports: [IconButton],
  template: `
    <div class="field">
      <label [attr.for]="id">{{ label() }}</label>
      <div class="box">
        <input
          #input
          class="input"
          [class.secret]="type() === 'password'"
          [id]="id"
          [type]="shown() ? 'text' : type()"
          [value]="value()"
          [attr.name]="name() || null"
          [attr.autocomplete]="autocomplete()"
          [attr.inputmode]="inputMode()"
          [attr.maxlength]="maxLength()"
          [attr.placeholder]="placeholder() || null"
          [attr.autocapitalize]="type() === 'password' || autocomplete() === 'username' ? 'none' : null"
          [required]="required()"
          spellcheck="false"
          [attr.aria-invalid]="fault() ? true : null"
          [attr.aria-describedby]="fault() || hint() ? id + '-note' : null"
          (input)="value.set(input.value)"
        />
        @if (type() === 'password') {
          <button
            appIconButton
            [icon]="shown() ? 'visibility_off' : 'visibility'"
            [label]="shown() ? words().hidePassword : words().showPassword"
            (click)="shown.set(!shown())"
          ></button>
        }
      </div>
      @if (fault()) {
        <span class="fault" role="alert" [id]="id + '-note'">{{ fault() }}</span>
      } @else if (hint()) {
        <span class="hint" [id]="id + '-note'">{{ hint() }}</span>
      }
    </div>
  `,
  styles: `
    :host {
      display: block;
      min-inline-size: 0;
    }
    .box {
      position: relative;
    }
    .secret {
      padding-inline-end: 3rem;
    }
    button {
      position: absolute;
      inset-block-start: 0;
      inset-inline-end: 0.125rem;
    }
  `,
})
export class TextField {
  readonly label = input.required<string>();
  readonly value = model('');
  readonly type = input<'text' | 'password' | 'number' | 'search'>('text');
  readonly hint = input('');
  /** What is wrong with the value, in words; empty while nothing is. */
  readonly fault = input('');
  readonly placeholder = input('');
  readonly name = input('');
  readonly autocomplete = input('off');
  readonly inputMode = input<'text' | 'numeric' | 'decimal' | 'url' | null>(null);
  readonly maxLength = input<number | null>(null);
  readonly required = input(false, { transform: booleanAttribute });
  protected readonly words = inject(UI_WORDS);
  protected readonly shown = signal(false);
  protected readonly id = `text-field-${++lastId}`;
  private readonly element = viewChild.required<ElementRef<HTMLInputElement>>('input');

  focus(): void {
    this.element().nativeElement.focus();
  }
}
