import type { TitleReference } from '@hearth/contract/provider-exchange';
import type { SearchFunction, TorznabCaps, TorznabCategory } from './torznab-caps.js';

export type TorznabQuery = Readonly<Record<string, string>> & { readonly t: SearchFunction };

const idParameters: Readonly<Record<'movie' | 'tvsearch', readonly (readonly [parameter: string, authority: string])[]>> = {
  movie: [['imdbid', 'imdb'], ['tmdbid', 'tmdb'], ['traktid', 'trakt']],
  tvsearch: [['tvdbid', 'tvdb'], ['imdbid', 'imdb'], ['tmdbid', 'tmdb'], ['tvmazeid', 'tvmaze'], ['rid', 'tvrage'], ['traktid', 'trakt']],
}; // prettier-ignore

const two = (number: number): string => String(number).padStart(2, '0');

/** How a title is searched for, the surest way first: by an id that the indexer takes, then by name. */
export function queriesFor(
  question: TitleReference,
  caps: TorznabCaps,
  chosen: readonly string[],
): TorznabQuery[] {
  const wanted = question.type === 'movie' ? 'movie' : 'tvsearch';
  const common = { limit: String(caps.limit), ...categories(wanted, caps.categories, chosen) };
  const byId = idQuery(wanted, question, caps.functions[wanted]);
  const byName = nameQuery(wanted, question, caps);
  return [byId, byName].filter((query) => query !== null).map((query) => ({ ...common, ...query }));
}

/** Numbers of Torznab's tree (2000: films, 5000: television), and those of the indexer itself. */
function categories(
  wanted: 'movie' | 'tvsearch',
  known: readonly TorznabCategory[],
  chosen: readonly string[],
): { cat?: string } {
  const family = wanted === 'movie' ? '2' : '5';
  const fits = (id: string): boolean => (id.length === 4 && id.startsWith(family)) || Number(id) >= 100_000;
  const all =
    chosen.length > 0 ? chosen.filter(fits) : known.map(({ id }) => id).filter((id) => id === `${family}000`);
  return all.length > 0 ? { cat: all.join(',') } : {};
}

function idQuery(
  t: 'movie' | 'tvsearch',
  question: TitleReference,
  parameters: ReadonlySet<string> | undefined,
): TorznabQuery | null {
  const found = idParameters[t].find(
    ([parameter, authority]) => parameters?.has(parameter) && question.externalIds[authority] !== undefined,
  );
  if (!found) return null;
  const [parameter, authority] = found;
  const episode = t === 'tvsearch' ? episodeParameters(question) : {};
  // Without them, a search by id alone would bring every episode there is.
  if (Object.keys(episode).some((name) => !parameters?.has(name))) return null;
  const id = question.externalIds[authority] ?? '';
  return { t, [parameter]: authority === 'imdb' ? id.replace(/^tt/, '') : id, ...episode };
}

function nameQuery(
  wanted: 'movie' | 'tvsearch',
  question: TitleReference,
  { functions }: TorznabCaps,
): TorznabQuery | null {
  const name = question.originalName ?? question.name;
  if (!name) return null;
  if (wanted === 'movie') {
    const q = question.year === undefined ? name : `${name} ${question.year}`;
    return { t: functions.movie?.has('q') ? 'movie' : 'search', q };
  }
  const episode = episodeParameters(question);
  const takesAll =
    functions.tvsearch?.has('q') && Object.keys(episode).every((each) => functions.tvsearch?.has(each));
  return takesAll
    ? { t: 'tvsearch', q: name, ...episode }
    : { t: 'search', q: `${name} ${episodeWords(question)}`.trim() };
}

/** Daily shows go by their date: `season=2023&ep=02/13`. */
function episodeParameters({ season, episode, airDate }: TitleReference): { season?: string; ep?: string } {
  const [year, month, day] = dailyDate({ season, airDate });
  if (year) return { season: year, ep: `${month}/${day}` };
  return {
    ...(season !== undefined && { season: String(season) }),
    ...(season !== undefined && episode !== undefined && { ep: String(episode) }),
  };
}

function episodeWords({ season, episode, airDate }: TitleReference): string {
  const date = dailyDate({ season, airDate });
  if (date.length > 0) return date.join(' ');
  if (season === undefined) return '';
  return `S${two(season)}${episode === undefined ? '' : `E${two(episode)}`}`;
}

/** Seasons of daily shows are years, or nobody counts them. */
const dailyDate = ({ season, airDate }: Pick<TitleReference, 'season' | 'airDate'>): string[] =>
  airDate !== undefined && (season === undefined || season >= 1900) ? airDate.split('-') : [];
