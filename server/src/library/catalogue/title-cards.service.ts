import type { TitleCard } from '@hearth/contract/title';
import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { AudienceService } from '../audience/audience.service.js';
import { type ImageLookup, SignedImages } from '../images/signed-images.service.js';
import { shownType, type StoredTitleType } from '../torrent/title-type.js';
import { flag, isoTime, parseList, playStateColumns, playStateOf, type PlayStateColumns } from './raw-row.js';

interface CardRow extends PlayStateColumns {
  id: string;
  type: StoredTitleType;
  name: string;
  year: number | null;
  end_year: number | null;
  runtime_seconds: number | null;
  rating: number | null;
  content_rating: string | null;
  genres: string;
  available: boolean | number;
  max_height: number | null;
  hdr: boolean | number;
  added_at: number;
  favorite: string | null;
  poster_id: string | null;
}

interface EpisodeCounts {
  title_id: string;
  episodes: number;
  unwatched: number;
}

const titleColumns = [
  'type',
  'name',
  'year',
  'end_year',
  'runtime_seconds',
  'rating',
  'content_rating',
  'genres',
  'available',
  'max_height',
  'hdr',
  'added_at',
  'poster_id',
];

/** Titles as cards, with the caller's play state and favourite, for every list there is: three statements a page. */
@Injectable()
export class TitleCardsService {
  constructor(
    private readonly database: Database,
    private readonly images: SignedImages,
    private readonly audiences: AudienceService,
  ) {}

  /** Cards in the order of `ids`; ids that nothing answers to, or nothing this account sees, are left out. */
  async list(ids: readonly string[], accountId: string): Promise<TitleCard[]> {
    const cards = await this.byId(ids, accountId);
    return ids.flatMap((id) => cards.get(id) ?? []);
  }

  async byId(all: readonly string[], accountId: string): Promise<Map<string, TitleCard>> {
    const ids = await this.audiences.withoutOthersTorrents(all, accountId);
    if (ids.length === 0) return new Map();
    const rows = await this.rows(ids, accountId);
    const series = rows.filter((row) => shownType(row.type) === 'series').map((row) => row.id);
    const counts = await this.episodeCounts(series, accountId);
    const posters = await this.images.lookup(
      rows.map((row) => row.poster_id),
      accountId,
    );
    return new Map(rows.map((row) => [row.id, toCard(row, counts.get(row.id), posters)]));
  }

  private async rows(ids: readonly string[], accountId: string): Promise<CardRow[]> {
    const query = this.database.read
      .createQueryBuilder()
      .select('t.id', 'id')
      .from('title', 't')
      .leftJoin('play_state', 'ps', 'ps.account_id = :accountId AND ps.item_id = t.id', { accountId })
      .leftJoin('favorite', 'f', 'f.account_id = :accountId AND f.title_id = t.id')
      .addSelect('f.title_id', 'favorite')
      .where('t.id IN (:...ids)', { ids });
    for (const column of titleColumns) query.addSelect(`t.${column}`, column);
    for (const [sql, name] of playStateColumns) query.addSelect(sql, name);
    return (await this.audiences.narrowTitles(query, accountId)).getRawMany<CardRow>();
  }

  private async episodeCounts(
    seriesIds: readonly string[],
    accountId: string,
  ): Promise<Map<string, EpisodeCounts>> {
    if (seriesIds.length === 0) return new Map();
    const rows = await this.database.read
      .createQueryBuilder()
      .select('e.title_id', 'title_id')
      .addSelect('COUNT(*)', 'episodes')
      .addSelect('SUM(CASE WHEN ps.watched = :true THEN 0 ELSE 1 END)', 'unwatched')
      .from('episode', 'e')
      .leftJoin('play_state', 'ps', 'ps.account_id = :accountId AND ps.item_id = e.id')
      .where('e.title_id IN (:...seriesIds)')
      .groupBy('e.title_id')
      .setParameters({ accountId, seriesIds, true: true })
      .getRawMany<EpisodeCounts>();
    return new Map(rows.map((row) => [row.title_id, row]));
  }
}

function toCard(row: CardRow, counts: EpisodeCounts | undefined, posters: ImageLookup): TitleCard {
  const type = shownType(row.type);
  const isSeries = type === 'series';
  return {
    id: row.id,
    type,
    name: row.name,
    year: row.year,
    endYear: row.end_year,
    runtimeSeconds: row.runtime_seconds,
    rating: row.rating,
    contentRating: row.content_rating,
    genres: parseList(row.genres),
    poster: posters(row.poster_id),
    available: flag(row.available),
    maxHeight: row.max_height,
    hdr: flag(row.hdr),
    addedAt: isoTime(row.added_at),
    state: isSeries ? null : playStateOf(row),
    favorite: row.favorite !== null,
    episodeCount: isSeries ? (counts?.episodes ?? 0) : null,
    unwatchedCount: isSeries ? (counts?.unwatched ?? 0) : null,
  };
}
