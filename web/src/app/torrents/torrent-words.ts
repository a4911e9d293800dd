import { inject } from '@angular/core';
import type { NameGuess, Torrent } from '@hearth/contract/torrent';
import { formatBytes, formatDuration, formatEpisodeCode, formatSpeed } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { torrentMessages } from './messages';

/** Numbers and guesses of torrents as people read them. Call where injection works. */
export function torrentWords() {
  const t = translator(torrentMessages);
  const { locale } = inject(I18n);
  const bytes = (value: number) => formatBytes(value, locale());
  const percent = (value: number) =>
    new Intl.NumberFormat(locale(), {
      style: 'percent',
      // Never 100 % before it is all there.
      maximumFractionDigits: value > 0 && value < 10 ? 1 : 0,
      roundingMode: 'floor',
    }).format(value / 100);
  const peers = ({ peers: count, seeders }: Pick<Torrent, 'peers' | 'seeders'>) =>
    seeders === null ? t('peers', { count }) : t('peersOf', { count, seeders });
  return {
    bytes,
    percent,
    peers,
    speed: (value: number) => formatSpeed(value, locale()),
    time: (seconds: number) => formatDuration(seconds, locale()),
    /** `Long Crossing (2020) · S1 E2 · 1080p`; empty where the name says no more than itself. */
    guess: (guess: NameGuess) => guessText(guess),
    /** What stands below its name. */
    facts(one: Torrent): string[] {
      const size =
        one.size === null
          ? t('sizeUnknown')
          : one.progress >= 100
            ? bytes(one.size)
            : t('progressOf', { have: bytes(one.haveBytes), size: bytes(one.size) });
      return [
        size,
        peers(one),
        ...(one.etaSeconds === null ? [] : [t('left', { time: formatDuration(one.etaSeconds, locale()) })]),
        ...(one.kept === 'yes' ? [t('kept')] : one.kept === 'pending' ? [t('keeping')] : []),
        ...(one.shared && one.mine ? [t('sharedByYou')] : []),
        ...(one.mine || one.addedBy === null
          ? []
          : [t(one.shared ? 'sharedBy' : 'addedBy', { name: one.addedBy })]),
      ];
    },
  };
}

/** `Long Crossing (2020) · S1 E2 · 1080p` */
export function guessText({ title, year, season, episodes, resolution, source }: NameGuess): string {
  if (!title) return '';
  const [first] = episodes;
  const last = episodes.at(-1);
  const code =
    season !== null && first !== undefined
      ? `${formatEpisodeCode(season, first)}${last !== undefined && last !== first ? `–${last}` : ''}`
      : season !== null
        ? `S${season}`
        : '';
  return [year === null ? title : `${title} (${year})`, code, resolution, source].filter(Boolean).join(' · ');
}
