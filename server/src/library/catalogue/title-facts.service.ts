import { resumePosition } from '@hearth/contract/resume';
import type { TitleType } from '@hearth/contract/title';
import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { AudienceService } from '../audience/audience.service.js';
import { shownType, type StoredTitleType } from '../torrent/title-type.js';
import { parseList, type PlayStateColumns, playStateColumns } from './raw-row.js';
import { applyTitleFilter } from './title-filter.js';
import type { WatchItem } from './watch-cards.service.js';

/** What there is to say of a film or a series, with ids instead of URLs: for surfaces that make their own. */
export interface TitleFacts {
  id: string;
  type: TitleType;
  name: string;
  year: number | null;
  overview: string | null;
  genres: string[];
  posterId: string | null;
  /** ms since the epoch */
  addedAt: number;
  /** The first billed, at most six. */
  actors: string[];
  /** Where the account stopped in a film; 0 at the start, at the end, and for series. */
  resumeSeconds: number;
}

export interface EpisodeFacts {
  id: string;
  titleId: string;
  seasonNumber: number;
  number: number;
  name: string | null;
  overview: string | null;
  /** `YYYY-MM-DD` */
  airDate: string | null;
  stillId: string | null;
  addedAt: number;
  resumeSeconds: number;
}

export interface SeasonFacts {
  number: number;
  name: string | null;
  posterId: string | null;
  episodeCount: number;
}

interface TitleRow extends PlayStateColumns {
  id: string;
  type: StoredTitleType;
  name: string;
  year: number | null;
  overview: string | null;
  genres: string;
  poster_id: string | null;
  added_at: number;
}

interface EpisodeRow extends PlayStateColumns {
  id: string;
  title_id: string;
  season_number: number;
  number: number;
  name: string | null;
  overview: string | null;
  air_date: string | null;
  still_id: string | null;
  added_at: number;
}

const mostActors = 6;
const titleColumns = ['type', 'name', 'year', 'overview', 'genres', 'poster_id', 'added_at'];
const episodeColumns = ['title_id', 'season_number', 'number', 'name', 'overview', 'air_date', 'still_id', 'added_at']; // prettier-ignore

const resumeOf = (row: PlayStateColumns): number =>
  resumePosition(row.position_seconds ?? 0, row.duration_seconds ?? 0);

/** Titles and episodes in plain facts, those only that the account may see: two statements a call. */
@Injectable()
export class TitleFactsService {
  constructor(
    private readonly database: Database,
    private readonly audiences: AudienceService,
  ) {}

  /** By id; what is gone, away or not for this account is missing. */
  async titles(ids: readonly string[], accountId: string): Promise<Map<string, TitleFacts>> {
    const wanted = await this.audiences.withoutOthersTorrents([...new Set(ids)], accountId);
    if (wanted.length === 0) return new Map();
    const query = this.database.read
      .createQueryBuilder()
      .select('t.id', 'id')
      .from('title', 't')
      .leftJoin('play_state', 'ps', 'ps.account_id = :viewer AND ps.item_id = t.id', { viewer: accountId });
    for (const column of titleColumns) query.addSelect(`t.${column}`, column);
    for (const [sql, name] of playStateColumns) query.addSelect(sql, name);
    const audience = await this.audiences.of(accountId);
    applyTitleFilter(query, { ids: wanted, available: true, audience }, accountId, 'each');
    const [rows, actors] = await Promise.all([query.getRawMany<TitleRow>(), this.actors(wanted)]);
    return new Map(rows.map((row) => [row.id, toTitle(row, actors.get(row.id) ?? [])]));
  }

  /** By id, the same. */
  async episodes(ids: readonly string[], accountId: string): Promise<Map<string, EpisodeFacts>> {
    const wanted = [...new Set(ids)];
    if (wanted.length === 0) return new Map();
    const rows = await this.episodeRows('e.id IN (:...wanted)', { wanted }, accountId);
    return new Map(rows.map((row) => [row.id, toEpisode(row)]));
  }

  /** Of one season of a series, in order. */
  async season(titleId: string, seasonNumber: number, accountId: string): Promise<EpisodeFacts[]> {
    if ((await this.audiences.withoutOthersTorrents([titleId], accountId)).length === 0) return [];
    const where = 'e.title_id = :titleId AND e.season_number = :seasonNumber';
    return (await this.episodeRows(where, { titleId, seasonNumber }, accountId)).map(toEpisode);
  }

  /** Seasons of a series with something to see in them; specials (0) last, as people look for them. */
  async seasons(titleId: string, accountId: string): Promise<SeasonFacts[]> {
    if ((await this.audiences.withoutOthersTorrents([titleId], accountId)).length === 0) return [];
    const query = this.database.read
      .createQueryBuilder()
      .select('s.number', 'number')
      .addSelect('s.name', 'name')
      .addSelect('s.poster_id', 'posterId')
      .addSelect('COUNT(*)', 'episodeCount')
      .from('season', 's')
      .innerJoin('title', 't', 't.id = s.title_id')
      .innerJoin('episode', 'e', 'e.season_id = s.id AND e.available = :there', { there: true })
      .where('s.title_id = :titleId', { titleId });
    const audience = await this.audiences.of(accountId);
    applyTitleFilter(query, { available: true, audience }, accountId, 'each');
    for (const column of ['s.number', 's.name', 's.poster_id']) query.addGroupBy(column);
    const rows = await query
      .orderBy('CASE WHEN s.number = 0 THEN 1 ELSE 0 END', 'ASC')
      .addOrderBy('s.number', 'ASC')
      .getRawMany<Record<'number' | 'episodeCount', number> & Record<'name' | 'posterId', string | null>>();
    return rows.map(({ number, name, posterId, episodeCount }) => ({ number, name, posterId, episodeCount }));
  }

  /** Both of what is to be watched, by one call. @returns a look-up that gives nothing for what is not there */
  async of(items: readonly WatchItem[], accountId: string) {
    const episodeIds = items.flatMap((item) => item.episodeId ?? []);
    const titleIds = items.map((item) => item.titleId);
    const [episodes, titles] = await Promise.all([
      this.episodes(episodeIds, accountId),
      this.titles(titleIds, accountId),
    ]);
    return ({ titleId, episodeId }: WatchItem) => {
      const title = titles.get(titleId);
      const episode = episodeId === null ? null : episodes.get(episodeId);
      return title && episode !== undefined ? { title, episode } : undefined;
    };
  }

  /** Episodes are seen by whom their series is. */
  private async episodeRows(where: string, parameters: object, accountId: string): Promise<EpisodeRow[]> {
    const query = this.database.read
      .createQueryBuilder()
      .select('e.id', 'id')
      .from('episode', 'e')
      .innerJoin('title', 't', 't.id = e.title_id')
      .leftJoin('play_state', 'ps', 'ps.account_id = :viewer AND ps.item_id = e.id', { viewer: accountId })
      .where(where, parameters)
      .andWhere('e.available = :there', { there: true });
    for (const column of episodeColumns) query.addSelect(`e.${column}`, column);
    for (const [sql, name] of playStateColumns) query.addSelect(sql, name);
    const audience = await this.audiences.of(accountId);
    applyTitleFilter(query, { available: true, audience }, accountId, 'each');
    return query.orderBy('e.season_number', 'ASC').addOrderBy('e.number', 'ASC').getRawMany<EpisodeRow>();
  }

  private async actors(titleIds: readonly string[]): Promise<Map<string, string[]>> {
    if (titleIds.length === 0) return new Map();
    const rows = await this.database.read
      .createQueryBuilder()
      .select('c.title_id', 'title_id')
      .addSelect('p.name', 'name')
      .from('credit', 'c')
      .innerJoin('person', 'p', 'p.id = c.person_id')
      .where("c.title_id IN (:...titleIds) AND c.role = 'actor'", { titleIds })
      .orderBy('c.position', 'ASC')
      .getRawMany<{ title_id: string; name: string }>();
    const byTitle = Map.groupBy(rows, (row) => row.title_id);
    return new Map([...byTitle].map(([id, cast]) => [id, cast.slice(0, mostActors).map(({ name }) => name)]));
  }
}

const toTitle = (row: TitleRow, actors: string[]): TitleFacts => ({
  id: row.id,
  type: shownType(row.type),
  name: row.name,
  year: row.year,
  overview: row.overview,
  genres: parseList(row.genres),
  posterId: row.poster_id,
  addedAt: row.added_at,
  actors,
  resumeSeconds: resumeOf(row),
});

const toEpisode = (row: EpisodeRow): EpisodeFacts => ({
  id: row.id,
  titleId: row.title_id,
  seasonNumber: row.season_number,
  number: row.number,
  name: row.name,
  overview: row.overview,
  airDate: row.air_date,
  stillId: row.still_id,
  addedAt: row.added_at,
  resumeSeconds: resumeOf(row),
});
