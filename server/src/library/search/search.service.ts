import type { SearchResults } from '@hearth/contract/title';
import { Inject, Injectable } from '@nestjs/common';
import { basename } from 'node:path/posix';
import { Database } from '../../database/database.js';
import { EpisodeCardsService } from '../catalogue/episode-cards.service.js';
import { TitleCardsService } from '../catalogue/title-cards.service.js';
import { AudienceService } from '../audience/audience.service.js';
import { filmKinds, type SearchKind } from './search-index.js';
import { SeenSearch } from './seen-search.service.js';
import { TaggedSearch } from './tagged-search.service.js';

/** Search as you type over the whole library: hits from the index, then everything they show in a few statements. */
@Injectable()
export class SearchService {
  constructor(
    private readonly database: Database,
    private readonly seenSearch: SeenSearch,
    private readonly titleCards: TitleCardsService,
    private readonly episodeCards: EpisodeCardsService,
    private readonly audiences: AudienceService,
    @Inject(TaggedSearch) private readonly tagged: Pick<TaggedSearch, 'kinds' | 'show'>,
  ) {}

  async search(query: string, limit: number, accountId: string): Promise<SearchResults> {
    const kinds = [...filmKinds, ...(await this.tagged.kinds())];
    const hits = await this.seenSearch.find(query, kinds, limit, accountId);
    const ids = (kind: SearchKind) => hits.filter((hit) => hit.kind === kind).map((hit) => hit.id);
    return {
      titles: await this.titleCards.list(ids('title'), accountId),
      episodes: await this.episodes(ids('episode'), accountId),
      people: await this.people(ids('person'), accountId),
      files: await this.files(ids('file')),
      ...(await this.tagged.show(ids, { query, limit, accountId })),
    };
  }

  private async episodes(ids: string[], accountId: string): Promise<SearchResults['episodes']> {
    const episodes = await this.episodeCards.byId(ids, accountId);
    const titleIds = [...new Set([...episodes.values()].map((episode) => episode.titleId))];
    const names = await this.byIds<{ id: string; name: string }>('title', titleIds, { name: 'x.name' });
    return ids.flatMap((id) => {
      const episode = episodes.get(id);
      if (!episode) return [];
      return [{ episode, titleName: names.get(episode.titleId)?.name ?? '' }];
    });
  }

  /** People without a title left that this account sees are not shown. */
  private async people(ids: string[], accountId: string): Promise<SearchResults['people']> {
    const people = await this.byIds<{ id: string; name: string }>('person', ids, { name: 'x.name' });
    const titleCounts = await this.titleCounts(ids, accountId);
    return inOrder(ids, people).flatMap((person) => {
      const titleCount = titleCounts.get(person.id);
      return titleCount === undefined ? [] : [{ ...person, titleCount }];
    });
  }

  /** Of people that have any. */
  private async titleCounts(ids: readonly string[], accountId: string): Promise<Map<string, number>> {
    if (ids.length === 0) return new Map();
    const query = this.database.read
      .createQueryBuilder()
      .select('c.person_id', 'id')
      .addSelect('COUNT(DISTINCT c.title_id)', 'titles')
      .from('credit', 'c')
      .where('c.person_id IN (:...ids)', { ids })
      .groupBy('c.person_id');
    const rows = await (
      await this.audiences.narrowByTitle(query, accountId, 'c.title_id')
    ).getRawMany<{ id: string; titles: number }>();
    return new Map(rows.map((row) => [row.id, row.titles]));
  }

  private async files(ids: string[]): Promise<SearchResults['files']> {
    const columns = { titleId: 'x.title_id', relativePath: 'x.relative_path' };
    const files = await this.byIds<{ id: string; titleId: string | null; relativePath: string }>(
      'media_file',
      ids,
      columns,
    );
    return inOrder(ids, files).map(({ id, titleId, relativePath }) => ({
      fileId: id,
      titleId,
      fileName: basename(relativePath),
    }));
  }

  private async byIds<Row extends { id: string }>(
    table: string,
    ids: readonly string[],
    columns: Readonly<Record<string, string>>,
  ): Promise<Map<string, Row>> {
    if (ids.length === 0) return new Map();
    const query = this.database.read.createQueryBuilder().select('x.id', 'id').from(table, 'x');
    for (const [name, sql] of Object.entries(columns)) query.addSelect(sql, name);
    const rows = await query.where('x.id IN (:...ids)', { ids }).getRawMany<Row>();
    return new Map(rows.map((row) => [row.id, row]));
  }
}

const inOrder = <T>(ids: readonly string[], byId: ReadonlyMap<string, T>): T[] =>
  ids.flatMap((id) => byId.get(id) ?? []);
