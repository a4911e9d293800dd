import { Component, inject, input, output } from '@angular/core';
import { FaultDetails } from './fault-details';
import { Icon } from './icon';
import { UI_WORDS } from './words';

/** What happened, what it means and the next step, with the technical part folded away. */
@Component({
  selector: 'app-error-state',
  imports: [FaultDetails, Icon],
  template: `
    <app-icon class="symbol" name="error" />
    <h2 [attr.aria-level]="level()">{{ heading() }}</h2>
    <p>{{ message() }}</p>
    <div class="actions">
      <button class="button primary" type="button" (click)="retry.emit()">
        <app-icon name="refresh" />{{ words().retry }}
      </button>
      <ng-content />
    </div>
    @if (details()) {
      <app-fault-details [text]="details()" />
    }
  `,
  styleUrl: './state.css',
  host: { role: 'alert' },
})
export class ErrorState {
  readonly heading = input.required<string>();
  /** 1 where it is all there is on the page. */
  readonly level = input<1 | 2>(2);
  readonly message = input.required<string>();
  /** For whoever helps: codes, addresses. */
  readonly details = input('');
  readonly retry = output();
  protected readonly words = inject(UI_WORDS);
}
