import { Component, computed, input } from '@angular/core';
import { chartArea, chartPath } from './chart-path';

const width = 120;
const height = 28;

/** Two lines in the height of a row of text; the numbers beside it say what it shows. */
@Component({
  selector: 'app-sparkline',
  template: `
    <svg preserveAspectRatio="none" aria-hidden="true" [attr.viewBox]="'0 0 ' + width + ' ' + height">
      <path class="ground" [attr.d]="'M0 ' + height + 'H' + width" />
      <path class="area" [attr.d]="area()" />
      <path class="second" [attr.d]="second()" />
      <path class="first" [attr.d]="first()" />
    </svg>
  `,
  styles: `
    :host {
      display: block;
      color: var(--app-accent);
    }
    svg {
      inline-size: 100%;
      block-size: 1.75rem;
      overflow: visible;
    }
    path {
      fill: none;
      stroke-width: 1.5;
      stroke-linejoin: round;
      vector-effect: non-scaling-stroke;
    }
    .ground {
      stroke: var(--app-line);
    }
    .area {
      fill: currentcolor;
      opacity: 0.16;
    }
    .first {
      stroke: currentcolor;
    }
    .second {
      stroke: var(--app-good);
    }
  `,
})
export class Sparkline {
  /** Oldest first. */
  readonly values = input.required<readonly number[]>();
  /** A thinner story behind it. */
  readonly others = input<readonly number[]>([]);
  /** What fills the height at least. */
  readonly least = input(1);
  readonly capacity = input(60);
  protected readonly width = width;
  protected readonly height = height;
  readonly #box = computed(() => ({
    width,
    height,
    capacity: this.capacity(),
    most: Math.max(this.least(), ...this.values(), ...this.others()),
  }));
  protected readonly first = computed(() => chartPath(this.values(), this.#box()));
  protected readonly second = computed(() => chartPath(this.others(), this.#box()));
  protected readonly area = computed(() => chartArea(this.first(), width, height));
}
