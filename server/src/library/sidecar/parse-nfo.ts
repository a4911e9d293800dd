import { emptyNfo, type Nfo, type NfoPerson } from './nfo.js';
import { parseXml, type XmlElement } from './nfo-xml.js';

/** Larger files are no metadata. */
export const largestNfo = 1024 * 1024;

const roots = [
  ['movie', 'movie'],
  ['musicvideo', 'movie'],
  ['tvshow', 'series'],
  ['episodedetails', 'episode'],
] as const;

/**
 * Everything a `.nfo` file says: one entry, or one for each episode of a file that holds several. Empty for a file
 * that says nothing. Never throws: people edit these by hand.
 */
export function parseNfo(bytes: Uint8Array): Nfo[] {
  const text = decode(bytes.subarray(0, largestNfo));
  const document = parseXml(text);
  const found = document
    ? roots.flatMap(([tag, kind]) => document.children(tag, 50).map((element) => readElement(element, kind)))
    : [];
  const entries = found.filter(saysSomething);
  if (entries.length > 0) return entries;
  const externalIds = idsInText(text);
  return Object.keys(externalIds).length > 0 ? [{ ...emptyNfo, externalIds }] : [];
}

const saysSomething = (nfo: Nfo): boolean =>
  nfo.name !== null ||
  nfo.overview !== null ||
  nfo.episode !== null ||
  nfo.contentRating !== null ||
  Object.keys(nfo.externalIds).length > 0;

function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes); // what old Windows tools wrote
  }
}

function readElement(element: XmlElement, kind: 'movie' | 'series' | 'episode'): Nfo {
  const airDate = isoDate(element.textOf('aired', 'premiered', 'releasedate'));
  return {
    kind,
    name: element.textOf('title', 'localtitle'),
    originalName: element.textOf('originaltitle'),
    sortName: element.textOf('sorttitle'),
    seriesName: element.textOf('showtitle'),
    year: yearOf(element.textOf('year')) ?? yearOf(airDate),
    overview: element.textOf('plot', 'outline', 'review'),
    tagline: element.textOf('tagline'),
    genres: genresOf(element),
    rating: ratingOf(element),
    contentRating: contentRatingOf(element.textOf('mpaa', 'certification')),
    studio: element.textOf('studio'),
    runtimeSeconds: runtimeOf(element),
    set: element.child('set')?.textOf('name') ?? element.textOf('set'),
    externalIds: idsOf(element),
    people: peopleOf(element),
    season: wholeNumber(element.textOf('season'), 0, 9999),
    episode: wholeNumber(element.textOf('episode'), 0, 99999),
    airDate,
  };
}

function wholeNumber(text: string | null, least: number, most: number): number | null {
  if (text === null || !/^\d{1,6}$/.test(text)) return null;
  const value = Number(text);
  return value >= least && value <= most ? value : null;
}

const yearOf = (text: string | null): number | null =>
  wholeNumber(/^\d{4}(?!\d)/.exec(text ?? '')?.[0] ?? null, 1870, 2200);

function isoDate(text: string | null): string | null {
  const date = /^\d{4}-\d\d-\d\d/.exec(text ?? '')?.[0];
  return date && !Number.isNaN(Date.parse(date)) ? date : null;
}

function genresOf(element: XmlElement): string[] {
  const all = element.children('genre').flatMap((genre) => (genre.text ?? '').split(/\s*[/|,;]\s*/));
  return [...new Set(all.map((genre) => genre.trim().slice(0, 60)).filter(Boolean))].slice(0, 20);
}

function ratingOf(element: XmlElement): number | null {
  const ratings = element.child('ratings')?.children('rating', 20) ?? [];
  const chosen = ratings.find((rating) => rating.attribute('default') === 'true') ?? ratings[0];
  const value = chosen?.textOf('value') ?? element.textOf('rating');
  if (value === null) return null;
  const scale = Number(chosen?.attribute('max') ?? 10) || 10;
  const number = (Number.parseFloat(value.replace(',', '.')) / scale) * 10;
  return number > 0 && number <= 10 ? Math.round(number * 10) / 10 : null;
}

/** `Rated PG-13 for violence` and `US:PG-13 / UK:12` become `PG-13`. */
function contentRatingOf(text: string | null): string | null {
  const first = text
    ?.split(/\s+\/\s+/)[0]
    ?.replace(/^(?:[a-z]{2}:|rated )\s*/i, '')
    .split(/ for /i)[0];
  return first?.trim().slice(0, 20) || null;
}

/** Minutes in `runtime` (`120`, `120 min`); exact seconds of the file where the writer put them. */
function runtimeOf(element: XmlElement): number | null {
  const details = element.child('fileinfo')?.child('streamdetails')?.child('video');
  const seconds = wholeNumber(details?.textOf('durationinseconds') ?? null, 1, 999_999);
  const minutes = wholeNumber(/^\d+/.exec(element.textOf('runtime') ?? '')?.[0] ?? null, 1, 9999);
  return seconds ?? (minutes === null ? null : minutes * 60);
}

function peopleOf(element: XmlElement): NfoPerson[] {
  const actors = element.children('actor', 100).map((actor) => ({
    name: actor.textOf('name'),
    role: 'actor' as const,
    character: actor.textOf('role'),
  }));
  const crew = (tag: string, role: 'director' | 'writer') =>
    element
      .children(tag, 20)
      .flatMap((person) =>
        (person.text ?? '').split(/\s*[/|]\s*/).map((name) => ({ name: name.trim(), role, character: null })),
      );
  return [
    ...actors,
    ...crew('director', 'director'),
    ...crew('credits', 'writer'),
    ...crew('writer', 'writer'),
  ].flatMap(({ name, role, character }) =>
    name ? [{ name: name.slice(0, 200), role, character: character?.slice(0, 200) ?? null }] : [],
  );
}

const validId: Record<string, RegExp> = { imdb: /^tt\d{5,10}$/, tmdb: /^\d{1,10}$/, tvdb: /^\d{1,10}$/ };

function idsOf(element: XmlElement): Record<string, string> {
  const ids: Record<string, string> = {};
  const add = (provider: string, value: string | null): void => {
    const pattern = validId[provider] ?? /^[\w.-]{1,64}$/;
    if (value !== null && pattern.test(value) && /^[a-z0-9]{2,20}$/.test(provider)) ids[provider] ??= value;
  };
  for (const unique of element.children('uniqueid', 20)) {
    add((unique.attribute('type') ?? '').toLowerCase().replace(/^themoviedb$/, 'tmdb'), unique.text);
  }
  const plain = element.textOf('id');
  if (plain?.startsWith('tt')) add('imdb', plain);
  for (const provider of ['imdb', 'tmdb', 'tvdb'])
    add(provider, element.textOf(`${provider}id`, `${provider}_id`));
  return ids;
}

/** Ids in the URLs of a text: the way to name a film without XML. https://kodi.wiki/view/NFO_files/Parsing */
function idsInText(text: string): Record<string, string> {
  const found = {
    imdb: /imdb\.[a-z.]+\/(?:[a-z]{2}\/)?title\/(tt\d{5,10})/i.exec(text)?.[1],
    tmdb: /themoviedb\.org\/(?:movie|tv)\/(\d{1,10})/i.exec(text)?.[1],
    tvdb: /thetvdb\.com\/\S*?(?:[?&]id=|series\/)(\d{1,10})/i.exec(text)?.[1],
  };
  return Object.fromEntries(
    Object.entries(found).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}
