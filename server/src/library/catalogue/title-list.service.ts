import type { TitleCard, titleFilter, TitleQuery } from '@hearth/contract/title';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { SeenSearch } from '../search/seen-search.service.js';
import { TitleCardsService } from './title-cards.service.js';
import { decodeCursor, encodeCursor } from './title-cursor.js';
import type { TitleFilter } from './title-filter.js';
import { type CountedPlaces, type PageRequest, TitlePagesService } from './title-pages.service.js';
import { titleSorts } from './title-sort.js';

export interface TitlePage {
  items: TitleCard[];
  total: number;
  nextCursor: string | null;
}

/** A text query inside a filter answers with at most this many titles, the best ones. */
const textMatches = 500;

/** Lists of titles: filtered, sorted, paged by keyset, with an exact total. */
@Injectable()
export class TitleListService {
  constructor(
    private readonly pages: TitlePagesService,
    private readonly cards: TitleCardsService,
    private readonly search: SeenSearch,
  ) {}

  /** @throws ProblemError VALIDATION_FAILED for a cursor of another list */
  async list(query: TitleQuery, accountId: string): Promise<TitlePage> {
    const { sort, limit, cursor, order: wanted, ...given } = query;
    const order = wanted ?? titleSorts[sort].natural;
    const after = cursor === undefined ? undefined : decodeCursor(cursor, sort, order);
    const filter = await this.resolve(given, accountId);
    const request = { filter, sort, order, accountId, limit: limit + 1 };
    const { total, places } = after
      ? await this.later({ ...request, after })
      : await this.pages.firstPage(request);
    const shown = places.slice(0, limit);
    const last = places.length > limit ? shown.at(-1) : undefined;
    return {
      items: await this.cards.list(
        shown.map((place) => place.id),
        accountId,
      ),
      total,
      nextCursor: last ? encodeCursor({ sort, order, key: last.key, id: last.id }) : null,
    };
  }

  private async later(request: Omit<PageRequest, 'total'>): Promise<CountedPlaces> {
    const total = await this.pages.count(request.filter, request.accountId);
    return { total, places: await this.pages.page({ ...request, total }) };
  }

  /** The filter with its text query answered by the search index. */
  async resolve({ q, ...filter }: z.output<typeof titleFilter>, accountId: string): Promise<TitleFilter> {
    if (!q) return filter;
    const hits = await this.search.find(q, ['title'], textMatches, accountId);
    return { ...filter, ids: hits.map((hit) => hit.id) };
  }
}
