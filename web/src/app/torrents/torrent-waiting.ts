import { Component, computed, inject, input } from '@angular/core';
import { playbackRoutes } from '@hearth/contract/playback';
import type { TorrentDetails } from '@hearth/contract/torrent';
import { resource } from '../core/api/resource';
import { I18n, translator } from '../core/i18n/i18n';
import { streamWords } from '../core/i18n/stream-words';
import { whileVisible } from '../core/while-visible';
import { Icon } from '../ui/icon';
import { type PlotStep, StepPlot } from '../ui/step-plot';
import { detailsMessages } from './details-messages';
import { torrentWords } from './torrent-words';
import { type WaitingStep, waitingSteps } from './waiting-steps';

/** Between two looks at who is watching (ms). */
const everyMs = 3000;

/** What has been reached on the way to a picture, what is waited for, and how long each step took who watches. */
@Component({
  selector: 'app-torrent-waiting',
  imports: [Icon, StepPlot],
  template: `
    <ol>
      @for (step of steps(); track step.name) {
        <li [class]="step.state">
          <app-icon [name]="icons[step.state]" />
          <div>
            <p class="name">
              {{ t(step.name) }} <span class="visually-hidden">({{ t(step.state) }})</span>
            </p>
            <p class="note">{{ wordsOf(step) }}</p>
          </div>
        </li>
      }
    </ol>
    @if (timeline().length > 0) {
      <h3>{{ t('whyTimeline') }}</h3>
      <app-step-plot [steps]="timeline()" [label]="t('whyTimeline')" [locale]="locale()" />
    }
  `,
  styleUrl: './torrent-waiting.css',
})
export class TorrentWaiting {
  readonly torrent = input.required<TorrentDetails>();
  protected readonly t = translator(detailsMessages);
  readonly #words = torrentWords();
  readonly #streams = streamWords();
  protected readonly locale = inject(I18n).locale;
  protected readonly icons = { done: 'check_circle', current: 'timer', later: 'more_horiz' } as const;
  readonly #sessions = resource(playbackRoutes.sessions, () => ({}));
  protected readonly steps = computed(() => waitingSteps(this.torrent()));
  protected readonly timeline = computed<PlotStep[]>(() => {
    const titleId = `torrent-${this.torrent().infoHash}`;
    const session = this.#sessions.value()?.items.find((one) => one.titleId === titleId);
    return (session?.timeline ?? []).map(({ step, startMs, endMs }) => ({
      name: this.#streams.step(step),
      start: startMs,
      end: endMs,
    }));
  });

  constructor() {
    whileVisible(everyMs, () => this.#sessions.reload());
  }

  protected wordsOf({ say: { key, values } }: WaitingStep): string {
    const { size, speed, ...rest } = values;
    return this.t(key, {
      ...rest,
      ...(size === undefined ? {} : { size: this.#words.bytes(size) }),
      ...(speed === undefined ? {} : { speed: this.#words.speed(speed) }),
    });
  }
}
