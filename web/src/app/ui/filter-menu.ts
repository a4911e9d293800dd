import { Component, input, output } from '@angular/core';
import { Icon } from './icon';
import { Menu } from './menu';

export interface FilterChoice<T> {
  readonly value: T;
  readonly text: string;
  /** How many titles it would leave. */
  readonly count?: number;
  readonly on: boolean;
  readonly disabled?: boolean;
}

/** A chip that says what is chosen and opens a menu of what can be. */
@Component({
  selector: 'app-filter-menu',
  imports: [Icon, Menu],
  template: `
    <app-menu [label]="label()" [multiple]="multiple()">
      <button
        menuButton
        class="chip"
        type="button"
        aria-haspopup="menu"
        [class.on]="on()"
        [disabled]="disabled()"
      >
        {{ text() }}<app-icon name="arrow_drop_down" />
      </button>
      @for (choice of choices(); track choice.value) {
        <button
          type="button"
          [attr.role]="multiple() ? 'menuitemcheckbox' : 'menuitemradio'"
          [attr.aria-checked]="choice.on"
          [disabled]="choice.disabled ?? false"
          (click)="picked.emit(choice.value)"
        >
          <app-icon class="tick" name="check" />{{ choice.text }}
          @if (choice.count !== undefined) {
            <span class="count">{{ choice.count }}</span>
          }
        </button>
      }
    </app-menu>
  `,
  styleUrl: './chip.css',
})
export class FilterMenu<T> {
  readonly label = input.required<string>();
  /** What is chosen, or what could be. */
  readonly text = input.required<string>();
  readonly on = input(false);
  readonly disabled = input(false);
  /** Several at once. */
  readonly multiple = input(false);
  readonly choices = input.required<readonly FilterChoice<T>[]>();
  readonly picked = output<T>();
}
