import { Component, input, model } from '@angular/core';

/** On or off, with a name and what it means; the whole row can be clicked. */
@Component({
  selector: 'app-switch',
  template: `
    <label>
      <span class="text">
        <span class="name">{{ label() }}</span>
        @if (hint()) {
          <span class="hint">{{ hint() }}</span>
        }
      </span>
      <input
        #input
        type="checkbox"
        role="switch"
        class="visually-hidden"
        [checked]="value()"
        (change)="value.set(input.checked)"
      />
      <span class="track" aria-hidden="true"></span>
    </label>
  `,
  styles: `
    :host {
      display: block;
    }
    label {
      position: relative;
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 1.5rem;
      min-block-size: 2.75rem;
      border-radius: var(--app-radius-sm);
      cursor: pointer;
    }
    .text {
      display: grid;
      gap: 0.125rem;
    }
    .name {
      font-weight: 550;
    }
    .hint {
      color: var(--app-text-3);
      font-size: var(--app-text-sm);
    }
    .track {
      flex: none;
      inline-size: 3.25rem;
      block-size: 2rem;
      padding: 0.25rem;
      border: 2px solid var(--app-line-strong);
      border-radius: var(--app-radius-pill);
      transition: background-color var(--app-fast) var(--app-ease);
    }
    .track::before {
      content: '';
      display: block;
      inline-size: 1.25rem;
      block-size: 1.25rem;
      border-radius: var(--app-radius-pill);
      background: var(--app-text-3);
      transition: translate var(--app-fast) var(--app-ease);
    }
    :checked + .track {
      border-color: var(--app-accent);
      background: var(--app-accent);
    }
    :checked + .track::before {
      background: var(--app-on-accent);
      translate: 1.25rem 0;
    }
    /* Among other controls of a row: its name is for screen readers alone. */
    :host(.bare) .text {
      position: absolute;
      overflow: hidden;
      inline-size: 1px;
      block-size: 1px;
      clip-path: inset(50%);
      white-space: nowrap;
    }
    :host-context([dir='rtl']) :checked + .track::before {
      translate: -1.25rem 0;
    }
    :focus-visible + .track {
      outline: 3px solid var(--app-focus);
      outline-offset: 3px;
    }
  `,
})
export class Switch {
  readonly label = input.required<string>();
  readonly hint = input('');
  readonly value = model.required<boolean>();
}
