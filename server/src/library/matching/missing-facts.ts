import type { ExternalIds, ProviderTitle } from '@hearth/contract/provider-exchange';
import { Title } from '../entities/title.entity.js';
import { emptyNfo, type Nfo } from '../sidecar/nfo.js';
import { type Filled, type FilledField, filledFields } from './title-match.entity.js';

/** The first that says something. */
function first<T>(titles: readonly ProviderTitle[], read: (title: ProviderTitle) => T | null): T | null {
  for (const title of titles) {
    const said = read(title);
    if (said !== null) return said;
  }
  return null;
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Of what providers once put into a title, what nobody has changed since. */
export function stillTheirs(title: Title, { externalIds = {}, credits, ...fields }: Filled): Filled {
  const same = Object.entries(fields).filter(([field, value]) => isSame(title[field as FilledField], value));
  const ids = Object.entries(externalIds).filter(([authority, id]) => title.externalIds[authority] === id);
  return { ...Object.fromEntries(same), externalIds: Object.fromEntries(ids), ...(credits && { credits }) };
}

/** A title without what is theirs. @param withPictures also those: it is another title now */
export function takenBack(title: Title, theirs: Filled, withPictures: boolean): Title {
  const kept: readonly FilledField[] = withPictures
    ? ['externalIds']
    : ['externalIds', 'posterId', 'backdropId'];
  const emptied = filledFields
    .filter((field) => field in theirs && !kept.includes(field))
    .map((field) => [field, field === 'genres' ? [] : null] as const);
  const own = Object.entries(title.externalIds).filter(
    ([authority]) => !(authority in (theirs.externalIds ?? {})),
  );
  return changed(title, { ...Object.fromEntries(emptied), externalIds: Object.fromEntries(own) });
}

/** What providers know that the title lacks: never what a file, an NFO or a person said. */
export function missingFacts(title: Title, titles: readonly ProviderTitle[]): Filled {
  const genres = titles.find((each) => each.genres.length > 0)?.genres ?? [];
  const ids = Object.entries(idsOf(titles)).filter(([authority]) => !(authority in title.externalIds));
  const said: Filled = {
    overview: first(titles, ({ description }) => description),
    tagline: first(titles, ({ tagline }) => tagline),
    studio: first(titles, ({ studio }) => studio),
    rating: first(titles, ({ rating }) => rating),
    originalName: first(titles, ({ originalName }) => originalName),
    endYear: title.type === 'series' ? first(titles, ({ endYear }) => endYear) : null,
    runtimeSeconds: first(titles, ({ runtimeSeconds }) => runtimeSeconds),
    genres: genres.map((genre) => genre.slice(0, 60)).slice(0, 20),
  };
  const missing = Object.entries(said).filter(
    ([field, value]) =>
      !isEmpty(value) && isEmpty(title[field as FilledField]) && !title.lockedFields.includes(field),
  );
  return { ...Object.fromEntries(missing), ...(ids.length > 0 && { externalIds: Object.fromEntries(ids) }) };
}

const isEmpty = (value: unknown): boolean => value === null || (Array.isArray(value) && value.length === 0);

/** A title with what was missing. */
export function filledIn(title: Title, facts: Filled): Title {
  const fields = filledFields
    .filter((field) => facts[field] !== undefined)
    .map((field) => [field, facts[field]] as const);
  const externalIds = { ...facts.externalIds, ...title.externalIds };
  return changed(title, { ...Object.fromEntries<unknown>(fields), externalIds });
}

const changed = (title: Title, change: Partial<Title>): Title => Object.assign(new Title(), title, change);

/** The first one's word counts most. */
const idsOf = (titles: readonly ProviderTitle[]): ExternalIds =>
  titles.reduceRight<ExternalIds>((ids, { externalIds }) => ({ ...ids, ...externalIds }), {});

/** What of a title changes. */
export const changeOf = (from: Title, to: Title): Partial<Title> =>
  Object.fromEntries(
    filledFields.filter((field) => !isSame(from[field], to[field])).map((field) => [field, to[field]]),
  );

/** The pictures that a title lacks; a poster has to be one in shape. */
export function missingArtwork(
  { posterId, backdropId }: Title,
  titles: readonly ProviderTitle[],
): { field: 'posterId' | 'backdropId'; url: string }[] {
  const posterUrl = first(titles, (each) => (each.posterShape === 'poster' ? each.posterUrl : null));
  const backdropUrl = first(titles, (each) => each.backdropUrl);
  return [
    ...(posterId === null && posterUrl !== null ? [{ field: 'posterId' as const, url: posterUrl }] : []),
    ...(backdropId === null && backdropUrl !== null
      ? [{ field: 'backdropId' as const, url: backdropUrl }]
      : []),
  ];
}

/** Who made it and who is in it, as an NFO would say. */
export function creditsOf(titles: readonly ProviderTitle[]): Nfo {
  const people = titles.find(({ credits }) => credits.length > 0)?.credits ?? [];
  return { ...emptyNfo, people: people.map(({ name, role, character }) => ({ name, role, character })) };
}
