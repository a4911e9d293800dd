import { Component, computed, input } from '@angular/core';
import { chartArea, chartPath } from './chart-path';

const width = 240;
const height = 56;

/** A small line of the last minutes. What it says is in its name, for those who can’t see it. */
@Component({
  selector: 'app-live-chart',
  template: `
    <svg
      role="img"
      preserveAspectRatio="none"
      [attr.viewBox]="'0 0 ' + width + ' ' + height"
      [attr.aria-label]="label()"
    >
      <path class="ground" [attr.d]="'M0 ' + height + 'H' + width" />
      <path class="area" [attr.d]="area()" />
      <path class="line" [attr.d]="line()" />
    </svg>
  `,
  styles: `
    :host {
      display: block;
      color: var(--app-accent);
    }
    svg {
      inline-size: 100%;
      block-size: 3.5rem;
      overflow: visible;
    }
    .ground {
      stroke: var(--app-line);
      vector-effect: non-scaling-stroke;
    }
    .area {
      fill: currentcolor;
      opacity: 0.14;
    }
    .line {
      fill: none;
      stroke: currentcolor;
      stroke-width: 2;
      stroke-linejoin: round;
      vector-effect: non-scaling-stroke;
    }
  `,
})
export class LiveChart {
  readonly values = input.required<readonly number[]>();
  readonly label = input.required<string>();
  /** What usually fills the height. */
  readonly most = input.required<number>();
  /** How many values there is room for. */
  readonly capacity = input(60);
  protected readonly width = width;
  protected readonly height = height;
  protected readonly line = computed(() =>
    chartPath(this.values(), { width, height, capacity: this.capacity(), most: this.most() }),
  );
  protected readonly area = computed(() => chartArea(this.line(), width, height));
}
