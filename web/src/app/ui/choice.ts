import { Component, input, model } from '@angular/core';
import { Icon } from './icon';
import type { IconName } from './icon-names';

export interface ChoiceOption<T extends string = string> {
  readonly value: T;
  readonly name: string;
  readonly icon?: IconName;
}

let lastId = 0;

/** A few choices side by side, one of them taken: radio buttons in the shape of a switch. */
@Component({
  selector: 'app-choice',
  imports: [Icon],
  template: `
    <fieldset>
      <legend class="label">{{ label() }}</legend>
      <div class="options">
        @for (option of options(); track option.value) {
          <label [class.on]="option.value === value()">
            <input
              type="radio"
              class="visually-hidden"
              [name]="group"
              [value]="option.value"
              [checked]="option.value === value()"
              (change)="value.set(option.value)"
            />
            @if (option.icon; as icon) {
              <app-icon [name]="icon" />
            }
            {{ option.name }}
          </label>
        }
      </div>
    </fieldset>
  `,
  styles: `
    :host {
      display: block;
    }
    fieldset {
      display: grid;
      gap: 0.375rem;
      min-inline-size: 0;
      margin: 0;
      padding: 0;
      border: 0;
    }
    legend {
      padding: 0 0 0.375rem;
      color: var(--app-text-2);
      font-size: var(--app-text-sm);
      font-weight: 550;
    }
    .options {
      display: flex;
      flex-wrap: wrap;
      gap: 0.25rem;
      inline-size: fit-content;
      max-inline-size: 100%;
      padding: 0.25rem;
      border-radius: 1.625rem;
      background: var(--app-surface-2);
    }
    label {
      position: relative;
      display: inline-flex;
      align-items: center;
      gap: 0.5rem;
      justify-content: center;
      min-inline-size: 2.75rem;
      min-block-size: 2.75rem;
      padding: 0.25rem 1rem;
      border-radius: var(--app-radius-pill);
      color: var(--app-text-2);
      font-size: var(--app-text-sm);
      font-weight: 600;
      cursor: pointer;
      transition: background-color var(--app-fast) var(--app-ease);
    }
    label:hover {
      color: var(--app-text);
    }
    label.on {
      background: light-dark(#fff, var(--app-surface-4));
      color: var(--app-text);
      box-shadow: 0 1px 3px hsl(220 30% 4% / 0.25);
    }
    label:has(:focus-visible) {
      outline: 3px solid var(--app-focus);
      outline-offset: 1px;
    }
    app-icon {
      inline-size: 1.25rem;
      block-size: 1.25rem;
    }
    /* Three with a word of some length fit on a phone only without their pictures. */
    @media (max-width: 479px) {
      label {
        padding-inline: 0.75rem;
      }
      app-icon {
        display: none;
      }
    }
  `,
})
export class Choice<T extends string> {
  readonly label = input.required<string>();
  readonly options = input.required<readonly ChoiceOption<T>[]>();
  readonly value = model.required<T>();
  protected readonly group = `choice-${++lastId}`;
}
