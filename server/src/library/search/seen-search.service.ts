import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { AudienceService } from '../audience/audience.service.js';
import { type SearchHit, SearchIndex, type SearchKind } from './search-index.js';

/** For accounts with limits more is looked for than is wanted, and again as much as this times more. */
const growth = 5;
/** Hits of one kind that are looked through. */
const mostHits = 10_000;
/** Ids in one statement; SQLite takes 32 766. */
const idsAtOnce = 5000;

/** The rows of each kind as `x`, and which title says whether they are seen; without one, their library does. */
const rowsOf: Record<SearchKind, { table: string; id: string; titleId: string | null }> = {
  title: { table: 'title', id: 'x.id', titleId: 'x.id' },
  episode: { table: 'episode', id: 'x.id', titleId: 'x.title_id' },
  person: { table: 'credit', id: 'x.person_id', titleId: 'x.title_id' },
  file: { table: 'media_file', id: 'x.id', titleId: 'x.title_id' },
  artist: { table: 'artist', id: 'x.id', titleId: null },
  album: { table: 'album', id: 'x.id', titleId: null },
  track: { table: 'track', id: 'x.id', titleId: null },
  photo: { table: 'photo', id: 'x.id', titleId: null },
};

/** The search index as one account sees it. Accounts without limits pay nothing. */
@Injectable()
export class SeenSearch {
  constructor(
    private readonly database: Database,
    private readonly searchIndex: SearchIndex,
    private readonly audiences: AudienceService,
  ) {}

  /** As `SearchIndex.find`, without what is hidden: that takes no place from what is not. */
  async find(
    query: string,
    kinds: readonly SearchKind[],
    limit: number,
    accountId: string,
  ): Promise<SearchHit[]> {
    if (!(await this.audiences.of(accountId))) return this.searchIndex.find(query, kinds, limit);
    const hits: SearchHit[] = [];
    for (const kind of kinds) hits.push(...(await this.findSeen(query, kind, limit, accountId)));
    return hits;
  }

  private async findSeen(
    query: string,
    kind: SearchKind,
    limit: number,
    accountId: string,
  ): Promise<SearchHit[]> {
    for (let wanted = limit * growth; ; wanted = Math.min(wanted * growth, mostHits)) {
      const hits = await this.searchIndex.find(query, [kind], wanted);
      const seen = await this.seen(kind, hits, accountId);
      const isAll = hits.length < wanted || wanted >= mostHits;
      if (isAll || seen.length >= limit) return seen.slice(0, limit);
    }
  }

  private async seen(kind: SearchKind, hits: readonly SearchHit[], accountId: string): Promise<SearchHit[]> {
    const seen = new Set<string>();
    const { table, id, titleId } = rowsOf[kind];
    for (let at = 0; at < hits.length; at += idsAtOnce) {
      const ids = hits.slice(at, at + idsAtOnce).map((hit) => hit.id);
      const query = this.database.read.createQueryBuilder().select(id, 'id').distinct().from(table, 'x');
      query.where(`${id} IN (:...ids)`, { ids });
      if (titleId === null) await this.audiences.narrowLibraries(query, accountId, 'x.library_id');
      else await this.audiences.narrowByTitle(query, accountId, titleId);
      for (const row of await query.getRawMany<{ id: string }>()) seen.add(row.id);
    }
    return hits.filter((hit) => seen.has(hit.id));
  }
}
