import type { ExternalIds, ProviderTitle } from '@hearth/contract/provider-exchange';
import { Title } from '../entities/title.entity.js';
import { emptyNfo, type Nfo } from '../sidecar/nfo.js';
import { type Filled, type FilledField, filledFields } from './title-match.entity.js';

/** What providers say of a title, and how that stands to what lies beside its files. */
export interface Told {
  /** The one that counts most first. */
  readonly titles: readonly ProviderTitle[];
  /** Those of them that are believed before an NFO. */
  readonly outranking: readonly ProviderTitle[];
  /** Somebody is believed before an NFO, whether they answered or not. */
  readonly nfoYields: boolean;
}

/** What an NFO says that somebody else may be believed about: not its names, years, ids and people, which say what a file is. */
const outrankable: ReadonlySet<string> = new Set<FilledField>([
  ...(['overview', 'tagline', 'studio', 'rating', 'originalName', 'genres'] as const),
  ...(['posterId', 'backdropId'] as const),
]);

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
export function stillTheirs(title: Title, { externalIds = {}, credits, instead, ...fields }: Filled): Filled {
  const same = Object.fromEntries(
    Object.entries(fields).filter(([field, value]) => isSame(title[field as FilledField], value)),
  );
  const ids = Object.entries(externalIds).filter(([authority, id]) => title.externalIds[authority] === id);
  return withInstead(
    { ...same, externalIds: Object.fromEntries(ids), ...(credits && { credits }) },
    Object.fromEntries(Object.entries(instead ?? {}).filter(([field]) => field in same)),
  );
}

const withInstead = (filled: Filled, instead: Filled['instead'] = {}): Filled =>
  Object.keys(instead).length > 0 ? { ...filled, instead } : filled;

/** With what an NFO said back in its place. */
export function givenBack(
  title: Title,
  { instead = {}, ...theirs }: Filled,
): { title: Title; theirs: Filled } {
  const left = Object.entries(theirs).filter(([field]) => !(field in instead));
  return { title: changed(title, instead), theirs: Object.fromEntries<unknown>(left) };
}

/** A title without what is theirs. @param withPictures also those: it is another title now */
export function takenBack(title: Title, theirs: Filled, withPictures: boolean): Title {
  const kept: readonly FilledField[] = withPictures
    ? ['externalIds']
    : ['externalIds', 'posterId', 'backdropId'];
  const emptied = filledFields
    .filter((field) => field in theirs && !kept.includes(field))
    .map((field) => [field, theirs.instead?.[field] ?? (field === 'genres' ? [] : null)] as const);
  const own = Object.entries(title.externalIds).filter(
    ([authority]) => !(authority in (theirs.externalIds ?? {})),
  );
  return changed(title, { ...Object.fromEntries(emptied), externalIds: Object.fromEntries(own) });
}

/** What providers know that the title lacks, or know better than an NFO; never what a file or a person said. */
export function missingFacts(title: Title, { titles, outranking }: Told): Filled {
  const ids = Object.entries(idsOf(titles)).filter(([authority]) => !(authority in title.externalIds));
  const isOpen = ([field, value]: [string, unknown]): boolean =>
    !isEmpty(value) && !title.lockedFields.includes(field);
  const here = (field: string): unknown => title[field as FilledField];
  const missing = Object.entries(saidBy(titles, title.type)).filter(
    (said) => isOpen(said) && isEmpty(here(said[0])),
  );
  const better = Object.entries(saidBy(outranking, title.type)).filter(
    (said) => isOpen(said) && outrankable.has(said[0]) && !isEmpty(here(said[0])),
  );
  return withInstead(
    {
      ...Object.fromEntries([...missing, ...better]),
      ...(ids.length > 0 && { externalIds: Object.fromEntries(ids) }),
    },
    Object.fromEntries(better.map(([field]) => [field, here(field)])),
  );
}

function saidBy(titles: readonly ProviderTitle[], type: Title['type']): Filled {
  const genres = titles.find((each) => each.genres.length > 0)?.genres ?? [];
  return {
    overview: first(titles, ({ description }) => description),
    tagline: first(titles, ({ tagline }) => tagline),
    studio: first(titles, ({ studio }) => studio),
    rating: first(titles, ({ rating }) => rating),
    originalName: first(titles, ({ originalName }) => originalName),
    endYear: type === 'series' ? first(titles, ({ endYear }) => endYear) : null,
    runtimeSeconds: first(titles, ({ runtimeSeconds }) => runtimeSeconds),
    genres: genres.map((genre) => genre.slice(0, 60)).slice(0, 20),
  };
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

/**
 * The pictures that a title lacks, or that are believed before those beside its files; a poster has to be one in shape.
 * @param theirs what it has from providers: that is not fetched again
 */
export function missingArtwork(
  title: Title,
  { titles, outranking }: Told,
  theirs: Filled,
): { field: PictureField; url: string }[] {
  return pictureFields.flatMap((field) => {
    if (title[field] !== null && field in theirs) return [];
    const url = first(title[field] === null ? titles : outranking, (each) => urlOf(each, field));
    return url === null ? [] : [{ field, url }];
  });
}

const pictureFields = ['posterId', 'backdropId'] as const;
export type PictureField = (typeof pictureFields)[number];

const urlOf = ({ posterShape, posterUrl, backdropUrl }: ProviderTitle, field: PictureField): string | null =>
  field === 'backdropId' ? backdropUrl : posterShape === 'poster' ? posterUrl : null;

/** Who made it and who is in it, as an NFO would say. */
export function creditsOf(titles: readonly ProviderTitle[]): Nfo {
  const people = titles.find(({ credits }) => credits.length > 0)?.credits ?? [];
  return { ...emptyNfo, people: people.map(({ name, role, character }) => ({ name, role, character })) };
}
