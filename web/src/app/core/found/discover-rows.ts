import { inject } from '@angular/core';
import { type DiscoverRow, discoverRoutes } from '@hearth/contract/discover';
import { type Reading, resource } from '../api/resource';
import { Live } from '../live/live';
import { reloadOn } from '../live/reload-on';

/**
 * What providers list for this person, a row a list: what answered by now, and the others when they do. Call where
 * injection works (a field).
 * @param limit the most rows; left out, as many as the server gives
 */
export function discoverRows(limit?: number): Reading<{ rows: DiscoverRow[] }> {
  const found = resource(discoverRoutes.rows, () => (limit === undefined ? {} : { limit }));
  inject(Live).on('discover.found', ({ q }) => {
    if (q === '') found.reload();
  });
  reloadOn(['provider.changed'], () => found.reload());
  return found;
}

/** A list that is on its way is one, too; what failed or is empty is none. */
export const isRow = ({ items, searching }: DiscoverRow): boolean => items.length > 0 || searching;
