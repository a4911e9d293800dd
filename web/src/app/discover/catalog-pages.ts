import { inject, Injectable } from '@angular/core';
import { discoverRoutes, filterParameter, type FoundItem } from '@hearth/contract/discover';
import { Api } from '../core/api/api';
import { Pages } from '../core/api/pages';
import { Session } from '../core/session/session';

/** One list with its filters as they stand in a query. */
export interface CatalogQuery {
  readonly providerId: string;
  readonly type: string;
  readonly catalogId: string;
  readonly filters: Readonly<Record<string, string>>;
}

/** Lists seen lately, as far as they were read, so that Back shows one as it was. */
@Injectable({ providedIn: 'root' })
export class CatalogPages {
  static readonly limit = 5;
  readonly #api = inject(Api);
  readonly #session = inject(Session);
  readonly #lists = new Map<string, Pages<FoundItem>>();

  of(query: CatalogQuery): Pages<FoundItem> {
    const key = JSON.stringify([this.#session.user()?.id, query]);
    const list = this.#lists.get(key) ?? this.#open(query);
    this.#lists.delete(key);
    this.#lists.set(key, list);
    const oldest = this.#lists.keys().next();
    if (this.#lists.size > CatalogPages.limit && !oldest.done) this.#lists.delete(oldest.value);
    return list;
  }

  #open({ providerId, type, catalogId, filters }: CatalogQuery): Pages<FoundItem> {
    let seen = new Set<string>();
    return new Pages(async (cursor) => {
      const named = Object.entries(filters).map(([name, value]) => [filterParameter(name), value] as const);
      const question = { ...Object.fromEntries(named), id: providerId, type, catalogId, cursor };
      const page = await this.#api.call(discoverRoutes.browse, question);
      if (cursor === undefined) seen = new Set();
      // Pages of some providers overlap; one that brings nothing new would be followed by the same for ever.
      const items = page.items.filter(({ id }) => !seen.has(id) && seen.add(id));
      return { items, total: seen.size, nextCursor: items.length > 0 ? page.nextCursor : null };
    });
  }
}
