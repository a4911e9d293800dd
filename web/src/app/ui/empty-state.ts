import { Component, input } from '@angular/core';
import { Icon } from './icon';
import type { IconName } from './icon-names';

/** Nothing here, why that is, and (as content) what to do next. */
@Component({
  selector: 'app-empty-state',
  imports: [Icon],
  template: `
    <app-icon class="symbol" [name]="icon()" />
    <h2 [attr.aria-level]="level()">{{ heading() }}</h2>
    @if (message()) {
      <p>{{ message() }}</p>
    }
    <div class="actions"><ng-content /></div>
  `,
  styleUrl: './state.css',
})
export class EmptyState {
  readonly icon = input.required<IconName>();
  readonly heading = input.required<string>();
  /** 1 where it is all there is on the page. */
  readonly level = input<1 | 2>(2);
  readonly message = input('');
}
