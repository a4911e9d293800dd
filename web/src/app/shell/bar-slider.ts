import { Component, computed, input, output } from '@angular/core';

/** A slider in a bar at the foot of the page, filled up to its value: where it plays, or how loud. */
@Component({
  selector: 'app-bar-slider',
  template: `
    <input
      #range
      type="range"
      min="0"
      [max]="max()"
      [step]="step()"
      [value]="value()"
      [style.--part.%]="part()"
      [attr.aria-label]="label()"
      [attr.aria-valuetext]="text() || null"
      (input)="dragged.emit(+range.value)"
      (change)="picked.emit(+range.value)"
    />
  `,
  styles: `
    input {
      inline-size: 100%;
      block-size: 100%;
      margin: 0;
      appearance: none;
      background: transparent;
      cursor: pointer;
    }
    input::-webkit-slider-runnable-track {
      block-size: 4px;
      border-radius: 9px;
      background: linear-gradient(90deg, var(--app-accent) var(--part), var(--app-surface-4) 0);
    }
    input::-webkit-slider-thumb {
      appearance: none;
      inline-size: 0.875rem;
      block-size: 0.875rem;
      margin-block-start: -5px;
      border-radius: 50%;
      background: var(--app-accent);
    }
    input::-moz-range-progress {
      block-size: 4px;
      background: var(--app-accent);
    }
  `,
})
export class BarSlider {
  readonly label = input.required<string>();
  readonly value = input.required<number>();
  readonly max = input(100);
  readonly step = input(1);
  /** The value in words. */
  readonly text = input('');
  /** While it moves. */
  readonly dragged = output<number>();
  /** Once it is let go. */
  readonly picked = output<number>();
  protected readonly part = computed(() => (this.max() > 0 ? (100 * this.value()) / this.max() : 0));
}
