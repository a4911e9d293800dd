import type { ProviderItem } from '@hearth/contract/provider-exchange';
import { nameKeyOf } from '../scan/sort-name.js';
import type { Listed } from './found-items.service.js';

const idKeys = ({ type, externalIds }: ProviderItem): string[] =>
  Object.entries(externalIds).map(([authority, id]) => `${type} ${authority} ${id}`);

/** Of items without a common authority: the same name in the same year. */
const nameKeys = ({ type, name, year }: ProviderItem): string[] =>
  year === null ? [] : [`${type} ${nameKeyOf(name)} ${year}`];

/** Two that an authority tells apart are two, whatever they are called. */
const areToldApart = (a: ProviderItem, b: ProviderItem): boolean =>
  Object.entries(a.externalIds).some(([authority, id]) => (b.externalIds[authority] ?? id) !== id);

/** What the first one does not say, the other does. */
function joined(first: ProviderItem, other: ProviderItem): ProviderItem {
  const filled = Object.entries(other).filter(([field]) => first[field as keyof ProviderItem] === null);
  return {
    ...first,
    ...Object.fromEntries(filled),
    genres: first.genres.length > 0 ? first.genres : other.genres,
    externalIds: { ...other.externalIds, ...first.externalIds },
  };
}

/**
 * Items of several providers with each title once: as the first provider has it, with the others' ids and what it left out.
 * @param lists by provider, the one that counts most first
 */
export function mergeFound(lists: readonly (readonly Listed[])[]): Listed[] {
  const merged: Listed[] = [];
  const places = new Map<string, number>();
  for (const listed of lists.flat()) {
    const keys = [...idKeys(listed.item), ...nameKeys(listed.item)];
    const at = keys
      .map((key) => places.get(key))
      .find(
        (place) => place !== undefined && merged[place] && !areToldApart(merged[place].item, listed.item),
      );
    const known = at === undefined ? undefined : merged[at];
    const place = at ?? merged.length;
    merged[place] = known ? { ...known, item: joined(known.item, listed.item) } : listed;
    for (const key of keys) if (!places.has(key)) places.set(key, place);
  }
  return merged;
}

/** Titles called what was looked for first, then those that begin with it; otherwise as providers rank them. */
export function byFit(found: readonly Listed[], query: string): Listed[] {
  const wanted = nameKeyOf(query);
  const fit = ({ item }: Listed): number => {
    const name = nameKeyOf(item.name);
    return name === wanted ? 0 : name.startsWith(wanted) ? 1 : 2;
  };
  return found.toSorted((a, b) => fit(a) - fit(b));
}
