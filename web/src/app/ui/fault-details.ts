import { Component, inject, input, signal } from '@angular/core';
import { copyText } from './clipboard';
import { Icon } from './icon';
import { UI_WORDS } from './words';

/** The technical part of a fault, folded away, to copy for whoever helps. */
@Component({
  selector: 'app-fault-details',
  imports: [Icon],
  template: `
    <details>
      <summary>{{ words().details }}</summary>
      <pre tabindex="0">{{ text() }}</pre>
      <button class="button quiet" type="button" (click)="copy()">
        <app-icon [name]="copied() ? 'check' : 'content_copy'" />
        <span role="status">{{ copied() ? words().copied : words().copy }}</span>
      </button>
    </details>
  `,
  styles: `
    :host {
      display: block;
      inline-size: 100%;
      color: var(--app-text-3);
      font-size: var(--app-text-sm);
    }
    summary {
      padding: 0.75rem;
      cursor: pointer;
    }
    pre {
      overflow: auto;
      max-block-size: 12rem;
      margin: 0;
      padding: 0.75rem;
      border-radius: var(--app-radius-sm);
      background: var(--app-surface-2);
      color: var(--app-text-2);
      text-align: start;
      white-space: pre-wrap;
      font-size: var(--app-text-xs);
    }
  `,
})
export class FaultDetails {
  readonly text = input.required<string>();
  protected readonly words = inject(UI_WORDS);
  protected readonly copied = signal(false);

  protected async copy(): Promise<void> {
    this.copied.set(await copyText(this.text()));
  }
}
