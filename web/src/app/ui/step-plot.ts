import { Component, computed, inject, input } from '@angular/core';
import { UI_WORDS } from './words';

/** One stretch of time, in ms from the beginning; without an end it still runs. */
export interface PlotStep {
  readonly name: string;
  readonly start: number;
  readonly end: number | null;
}

/** One step as it is drawn; percent of the scale. */
export interface PlotRow extends PlotStep {
  readonly left: number;
  readonly width: number;
}

/** Steps on a common scale from 0 to `whole` ms, and where to write numbers on it. */
export interface PlotScale {
  readonly whole: number;
  readonly rows: readonly PlotRow[];
  readonly ticks: readonly number[];
}

/** Shorter ones (percent) would not be seen. */
const leastPercent = 1;
/** Numbers on the scale, the first one apart. */
const mostTicks = 4;

/** Lays steps out. Round numbers end the scale; what still runs goes on beyond what is over. */
export function plotScale(steps: readonly PlotStep[]): PlotScale {
  const last = Math.max(1, ...steps.map(({ start, end }) => end ?? start));
  const least = steps.some(({ end }) => end === null) ? last * 1.25 : last;
  const tick = roundTick(least / mostTicks);
  const whole = Math.ceil(least / tick - 1e-9) * tick;
  const rows = steps.map((step) => {
    const left = Math.min(100 - leastPercent, (step.start / whole) * 100);
    const width = (((step.end ?? whole) - step.start) / whole) * 100;
    return { ...step, left, width: Math.min(100 - left, Math.max(leastPercent, width)) };
  });
  return { whole, rows, ticks: Array.from({ length: Math.round(whole / tick) + 1 }, (_, n) => n * tick) };
}

/** The next of 1, 2, 5, 10, 20, 50 … */
function roundTick(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  return [1, 2, 5, 10].map((factor) => factor * power).find((tick) => tick >= least) ?? power * 10;
}

/** What took how long, one bar a step on a common scale of milliseconds; a table for those who hear it. */
@Component({
  selector: 'app-step-plot',
  templateUrl: './step-plot.html',
  styleUrl: './step-plot.css',
})
export class StepPlot {
  protected readonly words = inject(UI_WORDS);
  readonly steps = input.required<readonly PlotStep[]>();
  readonly label = input.required<string>();
  readonly locale = input('en');
  protected readonly scale = computed(() => plotScale(this.steps()));

  /** `1,250 ms` */
  protected ms(value: number): string {
    return `${this.number(value)} ms`;
  }

  protected number(value: number): string {
    return Math.round(value).toLocaleString(this.locale());
  }

  protected taken({ start, end }: PlotStep): string {
    return end === null ? this.words().running : this.ms(end - start);
  }
}
