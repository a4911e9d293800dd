import { Component, input, model } from '@angular/core';

let lastId = 0;

/** Several lines to type into, with a label and a hint. */
@Component({
  selector: 'app-text-area',
  template: `
    <div class="field">
      <label [attr.for]="id">{{ label() }}</label>
      <textarea
        #area
        class="input"
        spellcheck="false"
        autocomplete="off"
        dir="auto"
        [id]="id"
        [rows]="rows()"
        [value]="value()"
        [attr.aria-describedby]="hint() ? id + '-note' : null"
        (input)="value.set(area.value)"
      ></textarea>
      @if (hint()) {
        <span class="hint" [id]="id + '-note'">{{ hint() }}</span>
      }
    </div>
  `,
  styles: `
    :host {
      display: block;
      min-inline-size: 0;
    }
    textarea {
      display: block;
      resize: vertical;
      font-size: var(--app-text-sm);
      line-height: 1.5;
    }
  `,
})
export class TextArea {
  readonly label = input.required<string>();
  readonly value = model.required<string>();
  readonly hint = input('');
  readonly rows = input(4);
  protected readonly id = `text-area-${++lastId}`;
}
