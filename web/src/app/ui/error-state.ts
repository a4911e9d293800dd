import { Component, inject, input, output, signal } from '@angular/core';
import { copyText } from './clipboard';
import { Icon } from './icon';
import { UI_WORDS } from './words';

/** What happened, what it means and the next step, with the technical part folded away. */
@Component({
  selector: 'app-error-state',
  imports: [Icon],
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
      <details>
        <summary>{{ words().details }}</summary>
        <pre tabindex="0">{{ details() }}</pre>
        <button class="button quiet" type="button" (click)="copy()">
          <app-icon [name]="copied() ? 'check' : 'content_copy'" />
          <span role="status">{{ copied() ? words().copied : words().copy }}</span>
        </button>
      </details>
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
  protected readonly copied = signal(false);

  protected async copy(): Promise<void> {
    this.copied.set(await copyText(this.details()));
  }
}
