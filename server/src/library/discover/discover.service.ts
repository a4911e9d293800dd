import type { DiscoverRow, DiscoverSearch, FoundItem } from '@hearth/contract/discover';
import type { ProviderItem } from '@hearth/contract/provider-exchange';
import type { Catalog } from '@hearth/contract/provider-manifest';
import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/http/caller.js';
import { EventBus } from '../../events/event-bus.js';
import { type ProviderEntry, ProviderService } from '../../provider/provider.service.js';
import { AudienceService } from '../audience/audience.service.js';
import { filtersOf, usualFilters } from './catalog-filters.js';
import { FoundItems } from './found-items.service.js';
import { type Ask, type Asked, Gathering } from './gathering.js';
import { HomeShelf, isHome } from './home-shelf.service.js';
import { KeptGatherings } from './kept-gatherings.js';
import { byFit, mergeFound } from './merge-found.js';

const mostInRow = 30;
/** Catalogs of one provider that one search asks. */
const mostSearched = 6;
const mostFound = 100;

/** What providers list and find for somebody who has not chosen one of them. */
@Injectable()
export class DiscoverService {
  private readonly underWay = new KeptGatherings();

  constructor(
    private readonly providers: ProviderService,
    private readonly found: FoundItems,
    private readonly home: HomeShelf,
    private readonly audiences: AudienceService,
    private readonly events: EventBus,
  ) {}

  /** What answered within `waitMs`; later rows are kept, and `discover.found` with an empty text says that they came. */
  async rows(
    caller: Caller,
    waitMs: number,
    { limit = 20, away: onlyAway = false }: { limit?: number; away?: boolean } = {},
  ): Promise<DiscoverRow[]> {
    const { accountId } = caller;
    const rows = (await this.entries(caller)).flatMap(rowsOf);
    const asked = rows.filter(({ entry }) => !onlyAway || !isHome(entry.manifest)).slice(0, limit);
    const away = asked.filter(({ entry }) => !isHome(entry.manifest));
    const gathering = await this.gather(accountId, '', away, (row, signal) => this.row(row, signal), waitMs);
    const parts = new Map(away.map((each, index) => [each, gathering.parts[index]]));
    return Promise.all(
      asked.map(async (each) => {
        const { entry, catalogs: [catalog] } = each; // prettier-ignore
        const part = parts.get(each);
        return {
          providerId: entry.id,
          providerName: entry.manifest.name,
          type: catalog?.type ?? '',
          catalogId: catalog?.id ?? '',
          name: catalog?.name ?? '',
          items: part
            ? await this.found.list(listedBy(entry, part.items), accountId)
            : await this.homeRow(each, accountId),
          searching: part?.state === 'asking',
          error: part?.message ?? null,
        };
      }),
    );
  }

  /** All catalogs that can be searched; what was found within `waitMs`, each title once. */
  async search(caller: Caller, query: string, waitMs: number): Promise<DiscoverSearch> {
    const { accountId } = caller;
    // The library's own titles are found by its own search, beside this one.
    const away = (await this.entries(caller)).filter(({ manifest }) => !isHome(manifest));
    const asked = away.flatMap(searchedOf);
    const put: Ask = (each, signal) => this.searched(each, query, signal);
    const gathering = await this.gather(accountId, query, asked, put, waitMs);
    const merged = mergeFound(gathering.parts.map(({ entry, items }) => listedBy(entry, items)));
    return {
      items: await this.found.list(byFit(merged, query).slice(0, mostFound), accountId),
      parts: gathering.parts.map(({ id, name, state, count, ms, message }) => ({
        id,
        name,
        state,
        count,
        ms,
        message,
      })),
      searching: gathering.searching,
    };
  }

  private async entries(caller: Caller): Promise<ProviderEntry[]> {
    if (!(await this.audiences.seesUnrated(caller))) return [];
    const entries = await this.providers.list(caller.accountId);
    return entries.filter(
      ({ enabled, hidden, configured, manifest }) =>
        enabled && !hidden && configured && manifest.hints.adult !== true,
    );
  }

  private async gather(accountId: string, q: string, asked: readonly Asked[], put: Ask, waitMs: number) {
    const key = JSON.stringify([
      q,
      asked.map(({ entry, catalogs }) => [entry.id, catalogs.map(({ type, id }) => [type, id])]),
    ]);
    const gathering = this.underWay.get(accountId, key, () => {
      const onLater = (searching: boolean) =>
        this.events.publish('discover.found', { q, searching }, accountId);
      return new Gathering(asked, put, onLater);
    });
    await gathering.settled(waitMs);
    return gathering;
  }

  private async row(
    { entry, catalogs: [catalog] }: Asked,
    signal: AbortSignal,
  ): Promise<readonly ProviderItem[]> {
    if (!catalog) return [];
    const { type, id } = catalog;
    const extra = usualFilters(catalog) ?? {};
    return (await this.providers.ask.catalog(entry.id, { type, id, extra }, { signal })).items.slice(
      0,
      mostInRow,
    );
  }

  private async homeRow({ entry, catalogs: [catalog] }: Asked, accountId: string): Promise<FoundItem[]> {
    if (!catalog) return [];
    const list = { ...catalog, pageSize: mostInRow };
    return (await this.home.page(entry.id, list, usualFilters(catalog) ?? {}, accountId)).items;
  }

  /** What some of its catalogs found; only where all fail has the provider failed. */
  private async searched({ entry, catalogs }: Asked, search: string, signal: AbortSignal) {
    const answers = await Promise.allSettled(
      catalogs.map(({ type, id, extra }) =>
        this.providers.ask.catalog(
          entry.id,
          { type, id, extra: filtersOf({ extra }, { search }) },
          { signal },
        ),
      ),
    );
    const [failure] = answers.filter((answer) => answer.status === 'rejected');
    const pages = answers.filter((answer) => answer.status === 'fulfilled');
    if (failure && pages.length === 0) throw failure.reason;
    return pages.flatMap(({ value }) => value.items);
  }
}

const listedBy = ({ id: providerId }: ProviderEntry, items: readonly ProviderItem[]) =>
  items.map((item) => ({ providerId, item }));

/** The first list of each type that can be had without choosing anything. */
function rowsOf(entry: ProviderEntry): Asked[] {
  const usable = entry.manifest.catalogs.filter((catalog) => usualFilters(catalog) !== null);
  const firsts = new Map(usable.toReversed().map((catalog) => [catalog.type, catalog]));
  return usable
    .filter((catalog) => firsts.get(catalog.type) === catalog)
    .map((catalog) => ({ entry, catalogs: [catalog] }));
}

/** Lists that take a text to search for, and nothing else that has no usual value. */
function searchedOf(entry: ProviderEntry): Asked[] {
  const catalogs = entry.manifest.catalogs.filter(isSearchable).slice(0, mostSearched);
  return catalogs.length === 0 ? [] : [{ entry, catalogs }];
}

const isSearchable = ({ extra }: Catalog): boolean =>
  extra.some(({ name, type }) => name === 'search' && type === 'text') &&
  usualFilters({ extra: extra.filter(({ name }) => name !== 'search') }) !== null;
