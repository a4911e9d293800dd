import type { Preferences } from '@hearth/contract/account';
import { type AudioStream, type MediaInfo, streamsOf, type SubtitleStream } from '../../ffmpeg/media-info.js';

const primary = (language: string | null): string | undefined => language?.split('-')[0]?.toLowerCase();
const speaks = (stream: { language: string | null }, language: string): boolean =>
  primary(stream.language) === primary(language);

/**
 * The subtitle a person wants to see of a film, as their preferences say: what a player in the browser switches on by
 * itself. Null for none. @param heard the sound it begins with
 */
export function wantedSubtitle(
  media: MediaInfo,
  { subtitleMode, subtitleLanguages, language }: Preferences,
  heard: AudioStream | undefined,
): SubtitleStream | null {
  if (subtitleMode === 'off') return null;
  const tracks = streamsOf(media, 'subtitle');
  const languages = subtitleLanguages.length > 0 ? subtitleLanguages : [language];
  const whole = tracks.filter(({ flags }) => !flags.forced && !flags.commentary);
  const read = languages.flatMap((one) => whole.filter((track) => speaks(track, one)));
  const best = read.find(({ flags }) => !flags.hearingImpaired) ?? read[0] ?? null;
  const isForeign = heard?.language != null && !languages.some((one) => speaks(heard, one));
  if (subtitleMode === 'always' || (subtitleMode === 'foreign' && isForeign)) return best;
  // What is said in another language than the film's.
  const forced = tracks.filter(({ flags }) => flags.forced);
  const wanted = heard?.language ?? language;
  return (
    forced.find((track) => speaks(track, wanted)) ?? forced.find((track) => track.language === null) ?? null
  );
}
