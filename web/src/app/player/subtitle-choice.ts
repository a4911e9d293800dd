import type { Preferences } from '@hearth/contract/account';
import type { AudioTrack, SubtitleTrack } from '@hearth/contract/playback';

export type Taste = Pick<Preferences, 'subtitleMode' | 'subtitleLanguages' | 'audioLanguages' | 'language'>;

const primary = (tag: string | null | undefined): string => tag?.toLowerCase().split('-')[0] ?? '';
const undetermined = new Set(['', 'und', 'mul', 'mis', 'zxx']);

/** The track people hear: browsers play the default one, else the first. */
export function heardTrack(tracks: readonly AudioTrack[]): AudioTrack | undefined {
  return tracks.find((track) => track.isDefault) ?? tracks[0];
}

/** Languages a person reads, first choice first: what they said, else what they hear and the app speaks. */
function readable(taste: Taste): string[] {
  const said =
    taste.subtitleLanguages.length > 0 ? taste.subtitleLanguages : [...taste.audioLanguages, taste.language];
  return [...new Set(said.map(primary))];
}

/** The best of `tracks` in the first of `languages` that has one: no sound descriptions unless nothing else is there. */
function bestOf(tracks: readonly SubtitleTrack[], languages: readonly string[]): SubtitleTrack | undefined {
  for (const language of languages) {
    const found = tracks.filter((track) => primary(track.language) === language);
    const plain = found.filter((track) => !track.hearingImpaired);
    const best = plain.find((track) => track.isDefault) ?? plain[0] ?? found[0];
    if (best) return best;
  }
  return undefined;
}

/**
 * Which subtitles switch themselves on, by `subtitleMode`: `off` none; `forced` only those that translate foreign signs
 * and lines; `foreign` full ones when the sound is in a language the person does not understand, else as `forced`;
 * `always` full ones. Null: none.
 */
export function chooseSubtitles(
  tracks: readonly SubtitleTrack[],
  audio: AudioTrack | undefined,
  taste: Taste,
): string | null {
  if (taste.subtitleMode === 'off') return null;
  const languages = readable(taste);
  const full = tracks.filter((track) => !track.forced);
  const heard = primary(audio?.language);
  const understood = new Set([...taste.audioLanguages, taste.language].map(primary));
  const foreign = !undetermined.has(heard) && !understood.has(heard);
  if (taste.subtitleMode === 'always' || (taste.subtitleMode === 'foreign' && foreign)) {
    const chosen = bestOf(full, languages);
    if (chosen) return chosen.id;
  }
  // Forced ones belong to the sound: those in its own language, else in one the person reads.
  const forced = tracks.filter((track) => track.forced);
  const order = undetermined.has(heard) || foreign ? languages : [heard, ...languages];
  return bestOf(forced, order)?.id ?? null;
}

/** What `c` switches to: off when something is on; else the last choice, else what suits best, else the first. */
export function toggledSubtitles(
  tracks: readonly SubtitleTrack[],
  current: string | null,
  last: string | null,
  taste: Taste,
): string | null {
  if (current !== null) return null;
  if (tracks.some((track) => track.id === last)) return last;
  const full = tracks.filter((track) => !track.forced);
  return (bestOf(full, readable(taste)) ?? full[0] ?? tracks[0])?.id ?? null;
}
