import { Component, computed, input } from '@angular/core';

/** One stretch of time, in ms from the beginning; without an end it still runs. */
export interface PlotStep {
  readonly name: string;
  readonly start: number;
  readonly end: number | null;
}

/** Shorter ones (percent) would not be seen. */
const leastPercent = 1.5;

/** What took how long, one line a step on a common scale of milliseconds. */
@Component({
  selector: 'app-step-plot',
  template: `
    <ol [attr.aria-label]="label()">
      @for (row of rows(); track row.name) {
        <li>
          <span class="name">{{ row.name }}</span>
          <span class="rail" aria-hidden="true">
            <span
              class="stretch"
              [class.running]="row.running"
              [style.inset-inline-start.%]="row.left"
              [style.inline-size.%]="row.width"
            ></span>
          </span>
          <span class="time">{{ row.time }}</span>
        </li>
      }
    </ol>
  `,
  styles: `
    ol {
      display: grid;
      gap: 0.25rem;
      font-size: var(--app-text-xs);
      font-variant-numeric: tabular-nums;
    }
    li {
      display: grid;
      grid-template-columns: minmax(5.5rem, 0.8fr) minmax(3rem, 1fr) 4.25rem;
      align-items: center;
      gap: 0.5rem;
      text-align: start;
    }
    .name {
      color: var(--app-text-2);
    }
    .rail {
      position: relative;
      block-size: 0.5rem;
      border-radius: var(--app-radius-pill);
      background: color-mix(in srgb, currentColor 12%, transparent);
    }
    .stretch {
      position: absolute;
      inset-block: 0;
      border-radius: var(--app-radius-pill);
      background: var(--app-good);
    }
    .stretch.running {
      background: var(--app-accent);
    }
    .time {
      text-align: end;
      white-space: nowrap;
    }
  `,
})
export class StepPlot {
  readonly steps = input.required<readonly PlotStep[]>();
  readonly label = input.required<string>();
  readonly locale = input('en');

  protected readonly rows = computed(() => {
    const steps = this.steps();
    const last = Math.max(1, ...steps.map(({ start, end }) => end ?? start));
    // What still runs goes on beyond what is over.
    const whole = steps.some(({ end }) => end === null) ? last * 1.25 : last;
    return steps.map(({ name, start, end }) => {
      const left = Math.min(100 - leastPercent, (start / whole) * 100);
      const width = (((end ?? whole) - start) / whole) * 100;
      return {
        name,
        left,
        width: Math.min(100 - left, Math.max(leastPercent, width)),
        running: end === null,
        time: end === null ? '…' : `${Math.round(end - start).toLocaleString(this.locale())} ms`,
      };
    });
  });
}
