import { Component, computed, input } from '@angular/core';

const width = 180;
const height = 28;
/** What fills the height at least (ms): a provider that is always quick looks quick. */
const leastMs = 1000;

/** The last requests as bars: how long each took, in another colour and full height where it failed. */
@Component({
  selector: 'app-request-bars',
  template: `
    <svg
      role="img"
      preserveAspectRatio="none"
      [attr.viewBox]="'0 0 ' + width + ' ' + height"
      [attr.aria-label]="label()"
    >
      <path class="ground" [attr.d]="'M0 ' + height + 'H' + width" />
      @for (bar of bars(); track $index) {
        <rect
          rx="0.75"
          [class.failed]="bar.failed"
          [attr.x]="bar.x"
          [attr.y]="height - bar.height"
          [attr.width]="step - 1"
          [attr.height]="bar.height"
        />
      }
    </svg>
  `,
  styles: `
    :host {
      display: block;
    }
    svg {
      inline-size: 100%;
      block-size: 1.75rem;
    }
    .ground {
      stroke: var(--app-line);
      vector-effect: non-scaling-stroke;
    }
    rect {
      fill: var(--app-text-3);
    }
    rect.failed {
      fill: var(--app-bad);
    }
  `,
})
export class RequestBars {
  /** Oldest first. */
  readonly requests = input.required<readonly { readonly ms: number; readonly ok: boolean }[]>();
  readonly label = input.required<string>();
  readonly capacity = input(60);
  protected readonly width = width;
  protected readonly height = height;
  protected get step(): number {
    return width / this.capacity();
  }

  protected readonly bars = computed(() => {
    const requests = this.requests().slice(-this.capacity());
    const most = Math.max(leastMs, ...requests.filter(({ ok }) => ok).map(({ ms }) => ms));
    return requests.map(({ ms, ok }, index) => ({
      failed: !ok,
      x: width - (requests.length - index) * this.step,
      height: ok ? Math.max(2, (ms / most) * height) : height,
    }));
  });
}
