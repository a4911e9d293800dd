import type { FileMatch } from '@hearth/contract/library';
import type { ParsedName } from '../naming/parsed-name.js';
import type { TrackPlacement } from '../music/place-track.js';
import type { PhotoPlacement } from '../photos/place-photo.js';
import type { Nfo } from '../sidecar/nfo.js';

/** Where a file belongs. */
export type Placement =
  | MoviePlacement
  | EpisodePlacement
  | TrackPlacement
  | PhotoPlacement
  | { readonly kind: 'unmatched'; readonly reason: string };

export interface MoviePlacement {
  readonly kind: 'movie';
  readonly name: string;
  readonly year: number | null;
}

export interface EpisodePlacement {
  readonly kind: 'episode';
  readonly name: string;
  readonly year: number | null;
  readonly season: number;
  readonly numbers: readonly number[];
  /** Parallel to `numbers`, where the name counts from the start of the series. */
  readonly absolute: readonly number[];
  readonly airDate: string | null;
}

/** The NFO files around one media file. */
export interface NfoFacts {
  readonly movie: Nfo | null;
  readonly series: Nfo | null;
  /** One for each episode in the file. */
  readonly episodes: readonly Nfo[];
}

export const noNfo: NfoFacts = Object.freeze({ movie: null, series: null, episodes: [] });

const unmatched = (reason: string): Placement => ({ kind: 'unmatched', reason });

/**
 * Decides what a file is. A person's word comes first, then the NFO, then the name.
 * Pure: the same arguments always give the same placement.
 */
export function place(parsed: ParsedName, nfo: NfoFacts, manual: FileMatch | null): Placement {
  if (manual) return fromMatch(manual);
  if (nfo.movie?.name) return { kind: 'movie', name: nfo.movie.name, year: nfo.movie.year ?? parsed.year };
  const numbered = nfo.episodes.filter((episode) => episode.episode !== null);
  if (parsed.kind === 'episode' || numbered.length > 0) return placeEpisode(parsed, nfo, numbered);
  if (parsed.kind === 'unknown' || !parsed.title) return unmatched('The name does not say what this is');
  return { kind: 'movie', name: parsed.title, year: parsed.year };
}

function fromMatch(match: FileMatch): Placement {
  if (match.kind === 'movie') return { kind: 'movie', name: match.name, year: match.year };
  return {
    kind: 'episode',
    name: match.name,
    year: match.year,
    season: match.season,
    numbers: match.episodes,
    absolute: [],
    airDate: null,
  };
}

function placeEpisode(parsed: ParsedName, nfo: NfoFacts, numbered: readonly Nfo[]): Placement {
  const name = nfo.series?.name ?? numbered[0]?.seriesName ?? parsed.title;
  if (!name) return unmatched('It looks like an episode, but of which series the name does not say');
  const year = nfo.series ? (nfo.series.year ?? parsed.year) : parsed.year;
  const numbering = fromNfo(numbered, parsed) ?? fromNumbers(parsed) ?? fromDate(parsed.date);
  if (!numbering) return unmatched('It looks like an episode, but the name has no episode number');
  return { kind: 'episode', name, year, ...numbering };
}

type Numbering = Pick<EpisodePlacement, 'season' | 'numbers' | 'absolute' | 'airDate'>;

function fromNfo(numbered: readonly Nfo[], parsed: ParsedName): Numbering | null {
  const first = numbered[0];
  if (!first) return null;
  const season = first.season ?? parsed.season ?? 1;
  const inSeason = numbered.filter((episode) => (episode.season ?? season) === season);
  const numbers = unique(inSeason.flatMap((episode) => episode.episode ?? []));
  return { season, numbers, absolute: [], airDate: first.airDate };
}

function fromNumbers(parsed: ParsedName): Numbering | null {
  const absolute = unique(parsed.absoluteEpisodes);
  if (parsed.episodes.length > 0) {
    const numbers = unique(parsed.episodes);
    const isParallel = absolute.length === numbers.length;
    return {
      season: parsed.season ?? 1,
      numbers,
      absolute: isParallel ? absolute : [],
      airDate: parsed.date,
    };
  }
  // Counted from the start of the series and nothing else known: season 1 under that number.
  if (absolute.length > 0)
    return { season: parsed.season ?? 1, numbers: absolute, absolute, airDate: parsed.date };
  return null;
}

/** Daily programmes: the year is the season, month and day the number. */
function fromDate(date: string | null): Numbering | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date ?? '');
  if (!match) return null;
  const [, year, month, day] = match.map(Number);
  if (!year || !month || !day) return null;
  return { season: year, numbers: [month * 100 + day], absolute: [], airDate: date };
}

const unique = (numbers: readonly number[]): number[] =>
  [...new Set(numbers)]
    .filter((number) => number >= 0 && number <= 99_999)
    .sort((a, b) => a - b)
    .slice(0, 400);
