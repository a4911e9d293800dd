import type { providerSubtitle, SubtitleQuestion } from '@hearth/contract/provider-exchange';
import type { z } from 'zod';
import type { FoundSubtitle } from './opensubtitles-answers.js';

/** They want numbers alone: `tt0017136` is 17136. */
const imdbNumber = (id: string | undefined): number | undefined =>
  /^tt\d{5,12}$/u.test(id ?? '') ? Number(id?.slice(2)) : undefined;

/** What is asked, names in alphabetical order, or they redirect; null where nothing tells which title it is. */
export function searchParameters(
  question: SubtitleQuestion,
): Record<string, string | number | undefined> | null {
  const { languages, videoHash, season, episode, name, year } = question;
  const imdb = imdbNumber(question.externalIds['imdb']);
  if (imdb === undefined && videoHash === undefined && name === undefined) return null;
  const isEpisode = season !== undefined && episode !== undefined;
  return {
    episode_number: isEpisode ? episode : undefined,
    imdb_id: isEpisode ? undefined : imdb,
    languages: languages
      .map((language) => language.toLowerCase())
      .sort()
      .join(','),
    moviehash: videoHash,
    parent_imdb_id: isEpisode ? imdb : undefined,
    query: imdb === undefined ? name?.toLowerCase() : undefined,
    season_number: isEpisode ? season : undefined,
    year: imdb === undefined && !isEpisode ? year : undefined,
  };
}

/** Subtitles that are one file; those in several parts fit no video that is whole. */
export function subtitlesOf({ attributes }: FoundSubtitle): z.input<typeof providerSubtitle>[] {
  const [file, second] = attributes.files;
  if (!file || second) return [];
  return [
    {
      id: String(file.file_id),
      language: attributes.language,
      name: attributes.release ?? file.file_name,
      url: null,
      hearingImpaired: attributes.hearing_impaired,
      score: scoreOf(attributes),
    },
  ];
}

/** 1 for the very file; else who made it and how many took it. */
function scoreOf(attributes: FoundSubtitle['attributes']): number {
  if (attributes.moviehash_match) return 1;
  if (attributes.machine_translated || attributes.ai_translated) return 0.2;
  const popularity = Math.min(1, Math.log10(1 + (attributes.download_count ?? 0)) / 6);
  return 0.4 + 0.3 * popularity + (attributes.from_trusted ? 0.1 : 0);
}
