import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { AudienceService } from '../audience/audience.service.js';
import { SeenSearch } from '../search/seen-search.service.js';
import {
  type Condition,
  KeysetLists,
  type OrderedList,
  type Page,
  type PageRequest,
  type Window,
} from './keyset-lists.service.js';

/** What every list of objects can be narrowed by. */
export interface ObjectFilter {
  /** Words, as in the search. */
  readonly q?: string;
}

/** A list of which there is a search. */
export type SearchedList = OrderedList & { readonly table: 'album' | 'artist' | 'track' | 'photo' };

/** Words leave at most this many, the best ones. */
const mostMatches = 1000;

/** The objects of one kind, as one account sees them: in pages, or one alone. */
@Injectable()
export abstract class ObjectList<Filter extends ObjectFilter, Facts extends { readonly libraryId: string }> {
  constructor(
    protected readonly database: Database,
    private readonly lists: KeysetLists,
    protected readonly audiences: AudienceService,
    private readonly search: SeenSearch,
  ) {}

  /** In the order of `ids`; whether they are hidden is not asked. */
  abstract byIds(ids: readonly string[]): Promise<Facts[]>;

  /** Where and in which order they are; what is hidden, and the words, are seen to here. */
  protected abstract list(filter: Filter): SearchedList;

  /** By number. */
  async slice(filter: Filter, window: Window, accountId: string): Promise<Page<Facts>> {
    return this.lists.slice(await this.seen(filter, accountId), window, (ids) => this.byIds(ids));
  }

  /** By key. @throws ProblemError VALIDATION_FAILED for a cursor of another list */
  async page(
    filter: Filter,
    request: PageRequest,
    accountId: string,
  ): Promise<Page<Facts> & { nextCursor: string | null }> {
    return this.lists.page(await this.seen(filter, accountId), request, (ids) => this.byIds(ids));
  }

  /** Undefined where there is none, or it is hidden. */
  async one(id: string, accountId: string): Promise<Facts | undefined> {
    const [object] = await this.byIds([id]);
    return object && (await this.audiences.seesLibrary(object.libraryId, accountId)) ? object : undefined;
  }

  private async seen(filter: Filter, accountId: string): Promise<OrderedList> {
    const list = this.list(filter);
    const seen = await this.audiences.libraryConditions(accountId, 'x.library_id');
    return { ...list, where: [...seen, ...list.where, ...(await this.found(list, filter, accountId))] };
  }

  private async found({ table }: SearchedList, { q }: ObjectFilter, accountId: string): Promise<Condition[]> {
    if (q === undefined || q === '') return [];
    const found = (await this.search.find(q, [table], mostMatches, accountId)).map(({ id }) => id);
    return [{ sql: 'x.id IN (:...found)', parameters: { found: found.length > 0 ? found : [''] } }];
  }
}
