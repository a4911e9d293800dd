import type { TitleCard } from '@hearth/contract/title';
import { Injectable } from '@nestjs/common';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { Database } from '../../database/database.js';
import { AudienceService } from '../audience/audience.service.js';
import { TitleCardsService } from './title-cards.service.js';

const most = 20;
const mostByPeople = 200;
/** A shared person says more than a shared genre; a shared director or writer most. */
const personWeight = "CASE WHEN mine.role = 'actor' THEN 3 ELSE 5 END";
/** Titles of one genre that are looked at: the newest, for of a common genre there are too many to weigh. */
const perGenre = 1500;
/** Of those that a limited account sees: each must be read to tell. */
const seenPerGenre = 500;

interface Score {
  id: string;
  score: number;
}

/** Titles that share people and genres, computed here from what the library knows. */
@Injectable()
export class SimilarTitlesService {
  constructor(
    private readonly database: Database,
    private readonly cards: TitleCardsService,
    private readonly audiences: AudienceService,
  ) {}

  async similar(titleId: string, accountId: string): Promise<TitleCard[]> {
    const people = await this.byPeople(titleId, accountId);
    const scores = new Map(people.map(({ id, score }) => [id, score]));
    const genres = await this.byGenres(titleId, [...scores.keys()], accountId);
    for (const { id, score } of genres) scores.set(id, (scores.get(id) ?? 0) + score);
    const best = [...scores].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? 1 : -1)).slice(0, most);
    return this.cards.list(
      best.map(([id]) => id),
      accountId,
    );
  }

  private async byPeople(titleId: string, accountId: string): Promise<Score[]> {
    const query = this.database.read
      .createQueryBuilder()
      .select('theirs.title_id', 'id')
      .addSelect(`SUM(${personWeight})`, 'score')
      .from('credit', 'mine')
      .innerJoin('credit', 'theirs', 'theirs.person_id = mine.person_id AND theirs.title_id <> mine.title_id')
      .where('mine.title_id = :titleId', { titleId })
      .groupBy('theirs.title_id')
      .orderBy('score', 'DESC')
      .addOrderBy('theirs.title_id', 'DESC')
      .limit(mostByPeople);
    return (await this.audiences.narrowByTitle(query, accountId, 'theirs.title_id')).getRawMany<Score>();
  }

  /**
   * Share of genres in common (Jaccard), up to 4 points, among titles of the same type: of those that share people, and of
   * as many of the others as could be shown.
   */
  private async byGenres(
    titleId: string,
    withPeople: readonly string[],
    accountId: string,
  ): Promise<Score[]> {
    const genres = await this.database.read
      .createQueryBuilder()
      .select('g.genre', 'genre')
      .from('title_genre', 'g')
      .where('g.title_id = :titleId', { titleId })
      .getRawMany<{ genre: string }>();
    if (genres.length === 0) return [];
    const newest = await this.newest(
      titleId,
      genres.map(({ genre }) => genre),
      accountId,
    );
    // Counted there: the databases do so in a fraction of the time that giving out all these rows takes.
    const all = newest.map((query) => `SELECT n.id FROM (${query.getQuery()}) n`).join(' UNION ALL ');
    const shared = this.database.read
      .createQueryBuilder()
      .select('s.id', 'id')
      .addSelect('COUNT(*)', 'score')
      .from(`(${all})`, 's')
      .setParameters(Object.fromEntries(newest.flatMap((query) => Object.entries(query.getParameters()))))
      .groupBy('s.id');
    if (withPeople.length > 0)
      shared
        .orderBy('CASE WHEN s.id IN (:...withPeople) THEN 0 ELSE 1 END', 'ASC')
        .setParameter('withPeople', withPeople);
    const rows = await shared
      .addOrderBy('score', 'DESC')
      .addOrderBy('s.id', 'DESC')
      .limit(withPeople.length + most)
      .getRawMany<Score>();
    return rows.map(({ id, score }) => ({ id, score: (4 * score) / genres.length }));
  }

  /** For each genre the titles that came last. */
  private async newest(
    titleId: string,
    genres: readonly string[],
    accountId: string,
  ): Promise<SelectQueryBuilder<ObjectLiteral>[]> {
    const limited = (await this.audiences.of(accountId)) !== undefined;
    const queries = genres.map((genre, index) => {
      const query = this.database.read
        .createQueryBuilder()
        .select('g.title_id', 'id')
        .from('title_genre', 'g')
        .where(`g.genre = :genre${index} AND g.title_id <> :titleId`, { [`genre${index}`]: genre, titleId })
        .orderBy('g.title_id', 'DESC')
        .limit(limited ? seenPerGenre : perGenre);
      return this.audiences.narrowByTitle(query, accountId, 'g.title_id');
    });
    return Promise.all(queries);
  }
}
