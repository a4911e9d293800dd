import type { Episode, Season } from '@hearth/contract/title';
import { Injectable } from '@nestjs/common';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { Database } from '../../database/database.js';
import { AudienceService } from '../audience/audience.service.js';
import { type ImageLookup, SignedImages } from '../images/signed-images.service.js';
import { flag, type PlayStateColumns, playStateColumns, playStateOf } from './raw-row.js';

interface EpisodeRow extends PlayStateColumns {
  id: string;
  title_id: string;
  season_number: number;
  number: number;
  name: string | null;
  overview: string | null;
  air_date: string | null;
  runtime_seconds: number | null;
  still_id: string | null;
  available: boolean | number;
}

interface SeasonRow {
  id: string;
  number: number;
  name: string | null;
  poster_id: string | null;
  episodes: number;
  unwatched: number;
}

const columns = [
  'title_id',
  'season_number',
  'number',
  'name',
  'overview',
  'air_date',
  'runtime_seconds',
  'still_id',
  'available',
];

/** Episodes and seasons with the caller's play state, of series that the caller sees: two statements a call. */
@Injectable()
export class EpisodeCardsService {
  constructor(
    private readonly database: Database,
    private readonly images: SignedImages,
    private readonly audiences: AudienceService,
  ) {}

  /** Episodes of a series, or of one season by its number, in order. */
  async ofTitle(titleId: string, accountId: string, season?: number): Promise<Episode[]> {
    return this.load(accountId, (query) => {
      query.where('e.title_id = :titleId', { titleId });
      if (season !== undefined) query.andWhere('e.season_number = :season', { season });
    });
  }

  async byId(ids: readonly string[], accountId: string): Promise<Map<string, Episode>> {
    if (ids.length === 0) return new Map();
    const episodes = await this.load(accountId, (query) => query.where('e.id IN (:...ids)', { ids }));
    return new Map(episodes.map((episode) => [episode.id, episode]));
  }

  /** Seasons of a series in order, specials (0) last, as people look for them. */
  async seasons(titleId: string, accountId: string): Promise<Season[]> {
    const rows = await this.seasonRows(titleId, accountId);
    const posters = await this.images.lookup(
      rows.map((row) => row.poster_id),
      accountId,
    );
    const sorted = rows.sort(
      (a, b) => Number(a.number === 0) - Number(b.number === 0) || a.number - b.number,
    );
    return sorted.map((row) => ({
      id: row.id,
      number: row.number,
      name: row.name ?? seasonName(row.number),
      episodeCount: row.episodes,
      unwatchedCount: row.unwatched,
      poster: posters(row.poster_id),
    }));
  }

  private async seasonRows(titleId: string, accountId: string): Promise<SeasonRow[]> {
    const query = this.database.read
      .createQueryBuilder()
      .select('s.id', 'id')
      .addSelect('s.number', 'number')
      .addSelect('s.name', 'name')
      .addSelect('s.poster_id', 'poster_id')
      .addSelect('COUNT(e.id)', 'episodes')
      .addSelect('COUNT(CASE WHEN ps.watched = :true THEN NULL ELSE e.id END)', 'unwatched')
      .from('season', 's')
      .leftJoin('episode', 'e', 'e.season_id = s.id')
      .leftJoin('play_state', 'ps', 'ps.account_id = :accountId AND ps.item_id = e.id')
      .where('s.title_id = :titleId')
      .groupBy('s.id')
      .addGroupBy('s.number')
      .addGroupBy('s.name')
      .addGroupBy('s.poster_id')
      .setParameters({ titleId, accountId, true: true });
    return (await this.audiences.narrowByTitle(query, accountId, 's.title_id')).getRawMany<SeasonRow>();
  }

  private async load(
    accountId: string,
    narrow: (query: SelectQueryBuilder<ObjectLiteral>) => unknown,
  ): Promise<Episode[]> {
    const query = this.database.read
      .createQueryBuilder()
      .select('e.id', 'id')
      .from('episode', 'e')
      .leftJoin('play_state', 'ps', 'ps.account_id = :accountId AND ps.item_id = e.id', { accountId });
    for (const column of columns) query.addSelect(`e.${column}`, column);
    for (const [sql, name] of playStateColumns) query.addSelect(sql, name);
    narrow(query);
    query.orderBy('e.season_number', 'ASC').addOrderBy('e.number', 'ASC');
    const rows = await (
      await this.audiences.narrowByTitle(query, accountId, 'e.title_id')
    ).getRawMany<EpisodeRow>();
    const stills = await this.images.lookup(
      rows.map((row) => row.still_id),
      accountId,
    );
    return rows.map((row) => toEpisode(row, stills));
  }
}

const seasonName = (number: number): string => (number === 0 ? 'Specials' : `Season ${number}`);

/** Without a name an episode goes by its number. */
const toEpisode = (row: EpisodeRow, stills: ImageLookup): Episode => ({
  id: row.id,
  titleId: row.title_id,
  seasonNumber: row.season_number,
  number: row.number,
  name: row.name ?? `Episode ${row.number}`,
  overview: row.overview,
  airDate: row.air_date,
  runtimeSeconds: row.runtime_seconds,
  still: stills(row.still_id),
  available: flag(row.available),
  state: playStateOf(row),
});
