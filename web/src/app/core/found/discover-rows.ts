import { computed, inject, type Signal } from '@angular/core';
import { type DiscoverRow, discoverRoutes } from '@hearth/contract/discover';
import { type Reading, resource } from '../api/resource';
import { Live } from '../live/live';
import { reloadOn } from '../live/reload-on';

/** What providers list. */
export interface DiscoverRows extends Reading<{ rows: DiscoverRow[] }> {
  /** Those to be shown: one that is on its way is one, too; what is empty or failed is none. */
  readonly shown: Signal<DiscoverRow[]>;
}

/**
 * What providers list for this person, a row a list: what answered by now, and the others when they do. Call where
 * injection works (a field).
 * @param which all of them, unless it says how many, or that those of the library are none
 */
export function discoverRows(which: { limit?: number; away?: true } = {}): DiscoverRows {
  const found = resource(discoverRoutes.rows, () => which);
  inject(Live).on('discover.found', ({ q }) => {
    if (q === '') found.reload();
  });
  reloadOn(['provider.changed'], () => found.reload());
  const shown = computed(() =>
    (found.value()?.rows ?? []).filter(({ items, searching }) => items.length > 0 || searching),
  );
  return { ...found, shown };
}
