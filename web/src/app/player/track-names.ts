import type { AudioTrack, SubtitleTrack } from '@hearth/contract/playback';
import { formatLanguage } from '../core/format';

/** Words around the names of tracks. */
export interface TrackWords {
  readonly unknown: string;
  readonly forced: string;
  readonly hearing: string;
  readonly channels: (count: number) => string;
}

const said = (language: string | null, locale: string, words: TrackWords) =>
  language === null || language === 'und' ? words.unknown : formatLanguage(language, locale);

/** A label repeats the language more often than not; only what it adds is worth showing. */
function added(label: string, name: string, language: string | null): string {
  const known = [name.toLowerCase(), language?.toLowerCase() ?? ''];
  const parts = label.split(' · ').map((part) => part.trim());
  return parts.filter((part) => !known.includes(part.toLowerCase())).join(' · ');
}

const joined = (first: string, rest: readonly string[]) => [first, ...rest.filter(Boolean)].join(' · ');

/** “German · forced”, “English · Commentary”. */
export function subtitleName(track: SubtitleTrack, locale: string, words: TrackWords): string {
  const name = said(track.language, locale, words);
  const label = added(track.label, name, track.language);
  // With no language, the label is all there is.
  if (track.language === null && label) return label;
  return joined(name, [label, track.forced ? words.forced : '', track.hearingImpaired ? words.hearing : '']);
}

/** “English · 6 channels”; a label that tells more stands instead of the number. */
export function audioName(track: AudioTrack, locale: string, words: TrackWords): string {
  const name = said(track.language, locale, words);
  const label = added(track.label, name, track.language);
  return joined(name, [label || (track.channels === null ? '' : words.channels(track.channels))]);
}
