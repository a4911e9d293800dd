import type { TitleCard } from '@hearth/contract/title';
import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { AudienceService } from '../audience/audience.service.js';
import { TitleCardsService } from './title-cards.service.js';

const most = 20;
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
    const scores = new Map<string, number>();
    const alike = [
      ...(await this.byPeople(titleId, accountId)),
      ...(await this.byGenres(titleId, accountId)),
    ];
    for (const { id, score } of alike) scores.set(id, (scores.get(id) ?? 0) + score);
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
      .limit(200);
    return (await this.audiences.narrowByTitle(query, accountId, 'theirs.title_id')).getRawMany<Score>();
  }

  /** Share of genres in common (Jaccard), up to 4 points, among titles of the same type. */
  private async byGenres(titleId: string, accountId: string): Promise<Score[]> {
    const genres = await this.database.read
      .createQueryBuilder()
      .select('g.genre', 'genre')
      .from('title_genre', 'g')
      .where('g.title_id = :titleId', { titleId })
      .getRawMany<{ genre: string }>();
    const shared = new Map<string, number>();
    for (const { genre } of genres) {
      for (const id of await this.newestOf(genre, titleId, accountId))
        shared.set(id, (shared.get(id) ?? 0) + 1);
    }
    return [...shared].map(([id, count]) => ({ id, score: (4 * count) / genres.length }));
  }

  private async newestOf(genre: string, titleId: string, accountId: string): Promise<string[]> {
    const limited = (await this.audiences.of(accountId)) !== undefined;
    const query = this.database.read
      .createQueryBuilder()
      .select('g.title_id', 'id')
      .from('title_genre', 'g')
      .where('g.genre = :genre AND g.title_id <> :titleId', { genre, titleId })
      .orderBy('g.title_id', 'DESC')
      .limit(limited ? seenPerGenre : perGenre);
    const rows = await (
      await this.audiences.narrowByTitle(query, accountId, 'g.title_id')
    ).getRawMany<{ id: string }>();
    return rows.map((row) => row.id);
  }
}
