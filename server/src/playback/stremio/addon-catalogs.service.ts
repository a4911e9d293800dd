import type { TitleCard, TitleType } from '@hearth/contract/title';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Database } from '../../database/database.js';
import { AudienceService } from '../../library/audience/audience.service.js';
import { TitleCardsService } from '../../library/catalogue/title-cards.service.js';
import { TitleFacetsService } from '../../library/catalogue/title-facets.service.js';
import { TitleListService } from '../../library/catalogue/title-list.service.js';
import { TitleOffsetsService } from '../../library/catalogue/title-offsets.service.js';
import { type AddonReference, isImdb } from './addon-ids.js';
import { pageSize } from './addon-meta.js';

/** What a list of the add-on is asked for. */
export interface AddonFilter {
  readonly search: string;
  readonly genre: string;
  readonly skip: number;
}

export type KnownTitle = TitleCard & { readonly externalIds: Readonly<Record<string, string>> };

const externalIds = z.record(z.string(), z.string());

/** Lists of the home library, the newest first, as one account sees it. */
@Injectable()
export class AddonCatalogs {
  constructor(
    private readonly database: Database,
    private readonly audiences: AudienceService,
    private readonly lists: TitleListService,
    private readonly offsets: TitleOffsetsService,
    private readonly cards: TitleCardsService,
    private readonly facets: TitleFacetsService,
  ) {}

  async page(
    type: TitleType,
    { search, genre, skip }: AddonFilter,
    accountId: string,
  ): Promise<KnownTitle[]> {
    const wanted = { type, ...(genre !== '' && { genre: [genre] }), ...(search !== '' && { q: search }) };
    const filter = await this.lists.resolve(wanted, accountId);
    const list = { filter, sort: 'added', order: 'desc', accountId } as const;
    const { ids } = await this.offsets.page(list, skip, pageSize);
    const cards = await this.cards.list(ids, accountId);
    const known = await this.externalIds(ids);
    return cards.map((card) => ({ ...card, externalIds: known.get(card.id) ?? {} }));
  }

  /** Genres that there are, the most frequent first. */
  async genres(type: TitleType, accountId: string): Promise<string[]> {
    return (await this.facets.facets({ type }, accountId)).genres.map(({ value }) => value);
  }

  /** The title that an id of an add-on stands for; null: none that this account sees. */
  async titleId(
    type: TitleType,
    { imdb, titleId }: AddonReference,
    accountId: string,
  ): Promise<string | null> {
    const query = this.database.read.createQueryBuilder().select('t.id', 'id').from('title', 't');
    query.where('t.type = :type', { type });
    if (titleId !== undefined) query.andWhere('t.id = :titleId', { titleId });
    // JSON in a text, on both databases; the id holds nothing that LIKE would read.
    else
      query.andWhere('t.external_ids LIKE :imdb', {
        imdb: `%"imdb":"${imdb && isImdb(imdb) ? imdb : '-'}"%`,
      });
    await this.audiences.narrowTitles(query, accountId);
    return (await query.orderBy('t.id').limit(1).getRawOne<{ id: string }>())?.id ?? null;
  }

  private async externalIds(ids: readonly string[]): Promise<Map<string, Record<string, string>>> {
    if (ids.length === 0) return new Map();
    const rows = await this.database.read
      .createQueryBuilder()
      .select('t.id', 'id')
      .addSelect('t.external_ids', 'ids')
      .from('title', 't')
      .where('t.id IN (:...ids)', { ids })
      .getRawMany<{ id: string; ids: string }>();
    return new Map(rows.map((row) => [row.id, externalIds.parse(JSON.parse(row.ids))]));
  }
}
