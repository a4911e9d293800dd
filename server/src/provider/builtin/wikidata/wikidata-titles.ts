import type { ExternalIds, providerTitle } from '@hearth/contract/provider-exchange';
import { z } from 'zod';
import type { WikidataItem } from './wikidata-answers.js';

/** Where ids stand: https://www.wikidata.org/wiki/Wikidata:WikiProject_Movies/Properties */
const properties: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  movie: { imdb: 'P345', tmdb: 'P4947', tvdb: 'P12196', archive: 'P724' },
  series: { imdb: 'P345', tmdb: 'P4983', tvdb: 'P4835', tvmaze: 'P8600' },
};

/** The property that holds ids of an authority; undefined where there is none. */
export const propertyOf = (authority: string, type: string): string | undefined =>
  properties[type]?.[authority];

const publicationDate = 'P577';
const startTime = 'P580';
const endTime = 'P582';

const time = z.object({ time: z.string() });

/** The statement to believe: preferred ones first, none that is deprecated. */
function valueOf({ claims }: WikidataItem, property: string): unknown {
  const kept = (claims[property] ?? []).filter(({ rank }) => rank !== 'deprecated');
  return (kept.find(({ rank }) => rank === 'preferred') ?? kept[0])?.mainsnak.datavalue.value;
}

/** Times are written as `+1927-01-10T00:00:00Z`, where month and day may be 00. */
function yearOf(item: WikidataItem, property: string): number | null {
  const read = time.safeParse(valueOf(item, property));
  const found = read.success ? /^\+(\d{4})-/u.exec(read.data.time) : null;
  const year = Number(found?.[1]);
  return year >= 1800 && year <= 2200 ? year : null;
}

/** What of a title can be read; null for an item without a name. */
export function titleOf(item: WikidataItem, type: string): z.input<typeof providerTitle> | null {
  const name = item.labels['en']?.value ?? item.labels['mul']?.value;
  if (!name) return null;
  const ids = Object.entries(properties[type] ?? {}).flatMap(([authority, property]) => {
    const value = valueOf(item, property);
    return typeof value === 'string' && value.length <= 200 ? [[authority, value] as const] : [];
  });
  const externalIds: ExternalIds = { ...Object.fromEntries(ids), wikidata: item.id };
  return {
    id: item.id,
    type,
    name,
    year: yearOf(item, type === 'series' ? startTime : publicationDate) ?? yearOf(item, publicationDate),
    endYear: yearOf(item, endTime),
    externalIds,
  };
}
