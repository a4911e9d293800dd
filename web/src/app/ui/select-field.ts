import { Component, input, model } from '@angular/core';
import { Icon } from './icon';

export interface SelectOption {
  readonly value: string;
  readonly name: string;
}

let lastId = 0;

/** One choice out of a list, on the browser’s own `<select>`, so that every phone and remote knows it. */
@Component({
  selector: 'app-select-field',
  imports: [Icon],
  template: `
    <div class="field">
      <label [attr.for]="id">{{ label() }}</label>
      <div class="box">
        <select
          #select
          class="input"
          [id]="id"
          [attr.aria-invalid]="fault() ? true : null"
          [attr.aria-describedby]="fault() || hint() ? id + '-note' : null"
          (change)="value.set(select.value)"
        >
          @for (option of options(); track option.value) {
            <option [value]="option.value" [selected]="option.value === value()">{{ option.name }}</option>
          }
        </select>
        <app-icon name="arrow_drop_down" />
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
    select {
      appearance: none;
      padding-inline-end: 2.5rem;
      text-overflow: ellipsis;
      cursor: pointer;
    }
    option {
      background: var(--app-surface-1);
      color: var(--app-text);
    }
    app-icon {
      position: absolute;
      inset-block-start: 0.625rem;
      inset-inline-end: 0.625rem;
      color: var(--app-text-3);
      pointer-events: none;
    }
  `,
})
export class SelectField {
  readonly label = input.required<string>();
  readonly value = model.required<string>();
  readonly options = input.required<readonly SelectOption[]>();
  readonly hint = input('');
  /** What is wrong with the choice, in words; empty while nothing is. */
  readonly fault = input('');
  protected readonly id = `select-field-${++lastId}`;
}
