import { Component, computed, inject, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { SessionStatus } from '@hearth/contract/playback';
import type { RenditionActivity } from '@hearth/contract/session-activity';
import { titleRoutes } from '@hearth/contract/title';
import { resource } from '../core/api/resource';
import { formatAgo, formatBitrate, formatClock, formatEpisodeCode } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { streamWords } from '../core/i18n/stream-words';
import { paths } from '../core/paths';
import { IconButton } from '../ui/icon-button';
import { ProgressBar } from '../ui/progress-bar';
import { StepPlot } from '../ui/step-plot';
import { initialOf } from './initial';
import {
  currentStep,
  decisionsOf,
  encodersOf,
  placePercent,
  queuePlace,
  type RenditionFacts,
} from './stream-facts';
import { streamMessages } from './stream-messages';

const tones: Readonly<Record<SessionStatus['state'], string>> = {
  starting: 'wait',
  converting: 'accent',
  ready: 'good',
  paused: '',
  error: 'bad',
  ended: '',
};
const work = {
  idle: 'idle',
  queued: 'queuedState',
  running: 'running',
  throttled: 'throttled',
  failed: 'failedState',
} as const satisfies Record<RenditionActivity['state'], string>;

/** One person playing one thing: how it is sent, why, and what that costs the server. */
@Component({
  selector: 'app-stream-card',
  imports: [IconButton, ProgressBar, RouterLink, StepPlot],
  templateUrl: './stream-card.html',
  styleUrl: './stream-card.css',
})
export class StreamCard {
  readonly status = input.required<SessionStatus>();
  readonly stop = output();
  readonly #i18n = inject(I18n);
  readonly #words = streamWords();
  protected readonly t = translator(streamMessages);
  protected readonly locale = this.#i18n.locale;

  /** A session knows its episode by id only; its name comes with the series', read once. */
  readonly #episodes = resource(titleRoutes.episodes, () => {
    const { titleId, episodeId } = this.status();
    return episodeId === null ? undefined : { id: titleId };
  });
  protected readonly episode = computed(() => {
    const { episodeId } = this.status();
    const found = this.#episodes.value()?.items.find(({ id }) => id === episodeId);
    return found ? `${formatEpisodeCode(found.seasonNumber, found.number)} · ${found.name}` : '';
  });
  protected readonly link = computed(() => paths.title(this.status().titleId));
  protected readonly tone = computed(() => tones[this.status().state]);
  protected readonly initial = computed(() => initialOf(this.status().username));
  protected readonly note = computed(() => {
    const { deviceName, startedAt } = this.status();
    return this.t('since', { device: deviceName, when: formatAgo(startedAt, this.locale()) });
  });
  protected readonly percent = computed(() => placePercent(this.status()));
  protected readonly place = computed(() => {
    const { positionSeconds, durationSeconds } = this.status();
    return this.t('place', {
      position: formatClock(positionSeconds),
      duration: formatClock(durationSeconds),
    });
  });
  protected readonly message = computed(() => {
    const status = this.status();
    if (status.state === 'error') return status.message;
    const place = queuePlace(status);
    if (place !== null) return this.t('queued', { place });
    const step = status.state === 'starting' ? currentStep(status) : null;
    const eta = status.etaSeconds === null ? '' : this.t('eta', { count: Math.ceil(status.etaSeconds) });
    return [step === null ? '' : `${this.#words.step(step)}.`, eta].filter(Boolean).join(' ');
  });
  protected readonly facts = computed(() => {
    const { method, quality, sendSpeed } = this.status();
    const speed = formatBitrate(sendSpeed * 8, this.locale());
    return [
      this.#words.method(method),
      quality === 'original' ? this.t('original') : quality,
      sendSpeed > 0 ? this.t('sending', { speed }) : this.t('quiet'),
    ];
  });
  protected readonly lines = computed(() => {
    const { streams, username } = this.status();
    const decisions = decisionsOf(streams);
    const lines = this.#words.lines(streams).map(({ name, text }, index) => ({
      name,
      text,
      reasons: (decisions[index]?.reasons ?? []).map((code) =>
        code === 'quality-chosen' ? this.t('qualityChosen', { name: username }) : this.#words.reason(code),
      ),
    }));
    // Ten sound tracks that all go as they are say nothing ten times.
    return [...new Map(lines.map((line) => [JSON.stringify(line), line])).values()];
  });
  protected readonly encoders = computed(() => encodersOf(this.status()).map((row) => this.#encoder(row)));
  protected readonly steps = computed(() =>
    this.status().timeline.map(({ step, startMs, endMs }) => ({
      name: this.#words.step(step),
      start: startMs,
      end: endMs,
    })),
  );

  #encoder({ id, kind, size, activity, aheadPercent }: RenditionFacts) {
    const { state, encoder, framesPerSecond, speed, cpu, aheadSeconds, error } = activity;
    const number = (value: number, digits = 0) =>
      value.toLocaleString(this.locale(), { maximumFractionDigits: digits });
    const percent = (value: number) =>
      new Intl.NumberFormat(this.locale(), { style: 'percent' }).format(value);
    const name = this.t('encoder', { kind: this.t(kind), size }).trim();
    const seconds = new Intl.NumberFormat(this.locale(), {
      style: 'unit',
      unit: 'second',
      maximumFractionDigits: 0,
    }).format(aheadSeconds);
    return {
      id,
      name,
      state: this.t(work[state]),
      facts: [
        encoder ?? '',
        framesPerSecond === null ? '' : this.t('frames', { count: number(framesPerSecond) }),
        speed === null ? '' : this.t('speed', { speed: number(speed, 1) }),
        cpu === null ? '' : this.t('cpu', { percent: percent(cpu) }),
      ].filter(Boolean),
      error,
      aheadPercent,
      ahead: this.t('ahead', { seconds }),
      aheadLabel: this.t('aheadBar', { name, seconds }),
    };
  }
}
