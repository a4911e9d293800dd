import { filterNameOf, type FoundItem, type FoundTitle } from '@hearth/contract/discover';
import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/http/caller.js';
import { notFound, ProblemError } from '../../common/problem-error.js';
import { type ProviderEntry, ProviderService } from '../../provider/provider.service.js';
import { AudienceService } from '../audience/audience.service.js';
import { filtersOf } from './catalog-filters.js';
import { FoundItems } from './found-items.service.js';
import { HomeShelf, isHome } from './home-shelf.service.js';
import { refuse } from './provider-refusal.js';

/** Longest place in a list that a provider is asked to go on from (contract: `catalogQuestion`). */
const longestCursor = 500;

export interface CatalogPlace {
  /** The provider's. */
  readonly id: string;
  readonly type: string;
  readonly catalogId: string;
}

/** Lists and titles of one provider. */
@Injectable()
export class BrowseService {
  constructor(
    private readonly providers: ProviderService,
    private readonly found: FoundItems,
    private readonly home: HomeShelf,
    private readonly audiences: AudienceService,
  ) {}

  /**
   * A page of a list.
   * @param query filters (`filterParameter`), and `cursor`
   * @throws ProblemError VALIDATION_FAILED, NOT_FOUND, PROVIDER_TIMEOUT, PROVIDER_FAILED
   */
  async page(
    { id, type, catalogId }: CatalogPlace,
    query: Readonly<Record<string, unknown>>,
    caller: Caller,
  ): Promise<{ items: FoundItem[]; nextCursor: string | null }> {
    const { manifest } = await this.entry(id, caller);
    const catalog = manifest.catalogs.find((each) => each.type === type && each.id === catalogId);
    if (!catalog) throw notFound('list');
    const { cursor, ...parameters } = query;
    const from = cursorOf(cursor);
    const extra = filtersOf(catalog, filtersIn(parameters));
    if (isHome(manifest)) return this.home.page(id, catalog, extra, caller.accountId, from);
    const question = { type, id: catalogId, extra, ...(from !== undefined && { cursor: from }) };
    const { items, next } = await this.providers.ask.catalog(id, question).catch(refuse);
    return {
      items: await this.found.list(
        items.map((item) => ({ providerId: id, item })),
        caller.accountId,
      ),
      nextCursor: next,
    };
  }

  /** @throws ProblemError NOT_FOUND, PROVIDER_TIMEOUT, PROVIDER_FAILED */
  async title(id: string, type: string, itemId: string, caller: Caller): Promise<FoundTitle> {
    await this.entry(id, caller);
    const title = await this.providers.ask.title(id, { type, id: itemId, externalIds: {} }).catch(refuse);
    if (!title) throw notFound('title');
    return this.found.title(id, title, caller.accountId);
  }

  private async entry(id: string, caller: Caller): Promise<ProviderEntry> {
    // What somebody may not see is not there.
    if (!(await this.audiences.seesUnrated(caller))) throw notFound('provider');
    const entry = (await this.providers.list(caller.accountId)).find(
      (each) => each.id === id && each.enabled,
    );
    if (!entry) throw notFound('provider');
    return entry;
  }
}

/** By name. @throws ProblemError VALIDATION_FAILED naming what is none */
function filtersIn(parameters: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const named = Object.entries(parameters).map(([path, value]) => ({
    path,
    name: filterNameOf(path),
    value,
  }));
  const errors = named
    .filter(({ name }) => name === undefined)
    .map(({ path }) => ({ path, message: 'no filter: those are called “filter.” and their name' }));
  if (errors.length > 0) throw new ProblemError('VALIDATION_FAILED', { errors });
  return Object.fromEntries(named.map(({ name = '', value }) => [name, value]));
}

function cursorOf(cursor: unknown): string | undefined {
  if (cursor === undefined) return undefined;
  if (typeof cursor === 'string' && cursor !== '' && cursor.length <= longestCursor) return cursor;
  throw new ProblemError('VALIDATION_FAILED', {
    errors: [{ path: 'cursor', message: 'not a cursor of this list' }],
  });
}
