import type { FoundItem } from '@hearth/contract/discover';
import type { Catalog, ProviderManifest } from '@hearth/contract/provider-manifest';
import { type TitleCard, titleQuery } from '@hearth/contract/title';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { ProblemError } from '../../common/problem-error.js';
import { TitleListService } from '../catalogue/title-list.service.js';
import type { Filters } from './catalog-filters.js';

/** The one whose lists the library gives itself: what they show depends on who looks (record 25). */
export const isHome = ({ runtime }: ProviderManifest): boolean => runtime === 'home';

/** The household's own titles as lists of Discover. */
@Injectable()
export class HomeShelf {
  constructor(@Inject(TitleListService) private readonly titles: Pick<TitleListService, 'list'>) {}

  /**
   * What can be played now.
   * @throws ProblemError VALIDATION_FAILED for filters the library does not take, or a cursor of another list
   */
  async page(
    providerId: string,
    { type, pageSize }: Pick<Catalog, 'type' | 'pageSize'>,
    { search, sort, year }: Filters,
    accountId: string,
    cursor?: string,
  ): Promise<{ items: FoundItem[]; nextCursor: string | null }> {
    const years = year === undefined ? undefined : yearsOf(year);
    const filters = { type, q: search, sort, year: years, available: true };
    const query = titleQuery.safeParse({ ...filters, limit: pageSize, cursor });
    if (!query.success) throw refusal(query.error);
    const { items, nextCursor } = await this.titles.list(query.data, accountId);
    return { items: items.map((card) => foundOf(card, providerId)), nextCursor };
  }
}

/** What the library's own query does not take, by the names of the list's filters. */
const refusal = ({ issues }: z.ZodError): ProblemError =>
  new ProblemError('VALIDATION_FAILED', {
    errors: issues.map(({ path, message }) => ({
      path: path[0] === 'q' ? 'search' : path.join('.'),
      message,
    })),
  });

/** Both ends, as the library's own filter wants them. */
function yearsOf(range: string): string {
  const [from = '', to = ''] = range.split('-');
  return `${from || '1870'}-${to || '2200'}`;
}

const foundOf = (
  { id, type, name, year, endYear, poster, genres, rating, contentRating, runtimeSeconds }: TitleCard,
  providerId: string,
): FoundItem => ({
  ...{
    id,
    titleId: id,
    providerId,
    type,
    name,
    year,
    endYear,
    genres,
    rating,
    contentRating,
    runtimeSeconds,
  },
  ...{ poster, posterShape: 'poster', backdrop: null, description: null, externalIds: {} },
});
