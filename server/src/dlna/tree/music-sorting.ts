import type { SortKey } from '@hearth/dlna/protocol/sort-criteria';

export interface MusicSorting {
  readonly sort: 'name' | 'artist' | 'year' | 'added';
  readonly descending: boolean;
}

const sorts: Readonly<Record<string, MusicSorting['sort']>> = {
  'dc:title': 'name',
  'upnp:album': 'name',
  'upnp:artist': 'artist',
  'dc:creator': 'artist',
  'dc:date': 'year',
};

/** The first key that music can be sorted by, else names. */
export function musicSorting(keys: readonly SortKey[]): MusicSorting {
  for (const { property, descending } of keys) {
    const sort = sorts[property];
    if (sort) return { sort, descending };
  }
  return { sort: 'name', descending: false };
}
