import { Component, computed, input } from '@angular/core';

/** A thin bar. `value` 0–100, or null while nobody knows how much there is. */
@Component({
  selector: 'app-progress-bar',
  template: `<span class="fill" [class.unknown]="value() === null" [style.inline-size.%]="width()"></span>`,
  styles: `
    :host {
      display: block;
      overflow: hidden;
      block-size: 4px;
      border-radius: var(--app-radius-pill);
      background: color-mix(in srgb, currentcolor 28%, transparent);
    }
    .fill {
      display: block;
      block-size: 100%;
      border-radius: inherit;
      background: var(--app-accent);
      transition: inline-size var(--app-slow) var(--app-ease);
    }
    .unknown {
      animation: app-slide 1.4s ease-in-out infinite alternate;
    }
    @keyframes app-slide {
      from {
        margin-inline-start: 0;
      }
      to {
        margin-inline-start: 65%;
      }
    }
  `,
  host: {
    role: 'progressbar',
    'aria-valuemin': '0',
    'aria-valuemax': '100',
    '[attr.aria-valuenow]': 'value()',
    '[attr.aria-label]': 'label()',
  },
})
export class ProgressBar {
  readonly value = input.required<number | null>();
  readonly label = input.required<string>();
  protected readonly width = computed(() => {
    const value = this.value();
    return value === null ? 35 : Math.min(100, Math.max(0, value));
  });
}
