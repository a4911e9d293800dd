import type { TitleQuery } from '@hearth/contract/title';
import type { SortKey } from '@hearth/dlna/protocol/sort-criteria';

export type TitleSorting = Pick<Required<TitleQuery>, 'sort' | 'order'>;

const columns: Readonly<Record<string, TitleQuery['sort']>> = {
  'dc:title': 'name',
  'dc:date': 'year',
  'upnp:originalDiscNumber': 'name',
  'res@duration': 'runtime',
  'xbmc:rating': 'rating',
  'xbmc:dateadded': 'added',
};

/** The first key that titles can be sorted by, else the list's own order. Our lists have one key, and the id. */
export function titleSorting(keys: readonly SortKey[], natural: TitleSorting): TitleSorting {
  for (const { property, descending } of keys) {
    const sort = columns[property];
    if (sort) return { sort, order: descending ? 'desc' : 'asc' };
  }
  return natural;
}
