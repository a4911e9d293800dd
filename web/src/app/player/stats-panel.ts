import { Component, computed, DestroyRef, inject, output, signal } from '@angular/core';
import { formatClock } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import type { PictureFacts } from './media-engine';
import { playerMessages } from './messages';
import { Panel } from './panel';
import { Playback } from './playback';
import { bufferAhead } from './player-state';

/** How it plays and why, in numbers, once a second. */
@Component({
  selector: 'app-stats-panel',
  imports: [Panel],
  template: `
    <app-player-panel [heading]="t('stats')" (closed)="closed.emit()">
      <dl>
        @for (row of rows(); track row.name) {
          <dt>{{ row.name }}</dt>
          <dd>{{ row.value }}</dd>
        }
      </dl>
    </app-player-panel>
  `,
  styles: `
    dl {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      gap: 0.375rem 1rem;
      padding-inline-end: 0.5rem;
      font-size: var(--app-text-sm);
      font-variant-numeric: tabular-nums;
    }
    dt {
      color: var(--app-text-2);
    }
    dd {
      overflow-wrap: anywhere;
    }
  `,
})
export class StatsPanel {
  readonly #playback = inject(Playback);
  readonly #i18n = inject(I18n);
  readonly closed = output();
  protected readonly t = translator(playerMessages);
  readonly #facts = signal<PictureFacts | undefined>(undefined);

  protected readonly rows = computed(() => {
    const session = this.#playback.session();
    const state = this.#playback.state();
    const facts = this.#facts();
    const number = (value: number, digits = 0) =>
      value.toLocaleString(this.#i18n.locale(), { maximumFractionDigits: digits });
    return [
      { name: this.t('statMethod'), value: session ? this.t(session.method) : '–' },
      { name: this.t('statReasons'), value: session?.reasons.join(' ') || '–' },
      { name: this.t('statType'), value: session?.contentType ?? '–' },
      { name: this.t('statPicture'), value: facts?.width ? `${facts.width} × ${facts.height}` : '–' },
      {
        name: this.t('statDropped'),
        value: facts
          ? `${number(facts.droppedFrames)} / ${number(facts.droppedFrames + facts.shownFrames)}`
          : '–',
      },
      { name: this.t('statBuffer'), value: this.t('seconds', { seconds: number(bufferAhead(state), 1) }) },
      {
        name: this.t('statPosition'),
        value: `${formatClock(state.position)} / ${formatClock(state.duration)}`,
      },
      { name: this.t('statSpeed'), value: `${number(state.rate, 2)}×` },
    ];
  });

  constructor() {
    const read = () => this.#facts.set(this.#playback.facts());
    read();
    const clock = setInterval(read, 1000);
    inject(DestroyRef).onDestroy(() => clearInterval(clock));
  }
}
