import type { RenditionActivity } from '@hearth/contract/session-activity';
import { I18n, translator } from '../core/i18n/i18n';
import { inject } from '@angular/core';
import { playerMessages } from './messages';

/** What one converter is doing, in words and numbers. */
export interface ActivityLine {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly facts: readonly string[];
}

const states = {
  idle: 'stateIdle',
  queued: 'stateQueued',
  running: 'stateRunning',
  throttled: 'stateThrottled',
  failed: 'stateFailed',
} as const;

/** Words for converters. Call where injection works. */
export function statsWords() {
  const t = translator(playerMessages);
  const i18n = inject(I18n);
  const number = (value: number, digits = 0) =>
    value.toLocaleString(i18n.locale(), { maximumFractionDigits: digits });
  const nameOf = (id: string) => {
    const [, kind, rest = ''] = /^([va])\d+-([^-]+)/.exec(id) ?? [];
    if (kind === 'v') return t('statPictureOf', { quality: rest });
    return kind === 'a' ? t('statSoundOf', { quality: rest.toUpperCase().replace(/\d+$/, '') }) : id;
  };
  const facts = (one: RenditionActivity): string[] => [
    ...(one.queuePosition === null ? [] : [t('statQueue', { position: one.queuePosition })]),
    ...(one.encoder === null ? [] : [one.encoder]),
    ...(one.framesPerSecond === null || !one.renditionId.startsWith('v')
      ? []
      : [t('statFps', { rate: number(one.framesPerSecond) })]),
    ...(one.speed === null ? [] : [`${number(one.speed, 1)}×`]),
    ...(one.cpu === null ? [] : [t('statCpu', { percent: number(one.cpu * 100) })]),
    ...(one.aheadSeconds > 0 ? [t('statAhead', { seconds: number(one.aheadSeconds, 1) })] : []),
  ];
  return {
    number,
    /** Those that do something, or could not. */
    lines: (renditions: readonly RenditionActivity[]): ActivityLine[] =>
      renditions
        .filter(({ state, aheadSeconds }) => state !== 'idle' || aheadSeconds > 0)
        .map((one) => ({
          id: one.renditionId,
          name: nameOf(one.renditionId),
          state: t(states[one.state]),
          // A number and its unit stay on one line.
          facts: [...facts(one).map((fact) => fact.replaceAll(' ', '\u00a0')), one.error ?? ''].filter(
            Boolean,
          ),
        })),
  };
}
