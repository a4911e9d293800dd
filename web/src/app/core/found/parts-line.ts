import { Component, computed, input } from '@angular/core';
import type { SearchPart } from '@hearth/contract/source';
import { Icon } from '../../ui/icon';
import { translator } from '../i18n/i18n';
import { foundMessages } from './messages';

/** How far a question to several providers is: one quiet line, and who failed for whoever wants to know. */
@Component({
  selector: 'app-parts-line',
  imports: [Icon],
  template: `
    @if (parts().length > 0) {
      <details>
        <summary>
          @if (searching()) {
            <app-icon class="turning" name="progress_activity" />
          }
          <span role="status">{{ summary() }}</span>
          <app-icon name="arrow_drop_down" />
        </summary>
        <ul>
          @for (part of told(); track part.id) {
            <li>
              {{ part.text }}
              @if (part.message) {
                <span class="why">{{ part.message }}</span>
              }
            </li>
          }
        </ul>
      </details>
    }
  `,
  styles: `
    :host {
      display: block;
      color: var(--app-text-3);
      font-size: var(--app-text-sm);
    }
    summary {
      display: inline-flex;
      align-items: center;
      gap: 0.375rem;
      min-block-size: 2.75rem;
      border-radius: var(--app-radius-sm);
      list-style: none;
      cursor: pointer;
    }
    summary:hover {
      color: var(--app-text);
    }
    app-icon {
      inline-size: 1.25rem;
      block-size: 1.25rem;
    }
    .turning {
      animation: app-spin 1s linear infinite;
    }
    [open] app-icon:last-child {
      rotate: 180deg;
    }
    ul {
      display: grid;
      gap: 0.25rem;
      padding-block-end: 0.5rem;
    }
    li {
      overflow-wrap: anywhere;
    }
    .why {
      display: block;
    }
  `,
})
export class PartsLine {
  readonly parts = input.required<readonly SearchPart[]>();
  readonly searching = input(false);
  protected readonly t = translator(foundMessages);

  protected readonly summary = computed(() => {
    const parts = this.parts();
    const answered = parts.filter(({ state }) => state === 'answered').length;
    return answered === parts.length
      ? this.t('answered', { count: parts.length })
      : this.t('asked', { answered, count: parts.length });
  });
  protected readonly told = computed(() =>
    this.parts().map(({ id, name, state, count, message }) => ({
      id,
      message: state === 'failed' ? message : null,
      text: this.t('part', {
        name,
        state: state === 'answered' ? this.t('answeredPart', { count }) : this.t(state),
      }),
    })),
  );
}
