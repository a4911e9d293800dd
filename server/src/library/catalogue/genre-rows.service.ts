import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { TitlePagesService } from './title-pages.service.js';

const rowCount = 4;
/** Which genres the house has most of changes slowly, and counting reads every title's genres. */
const genresLifetimeMs = 600_000;

export interface GenreRow {
  genre: string;
  ids: string[];
}

/** The genres a house has most of, with their newest titles. */
@Injectable()
export class GenreRowsService {
  private known: { genres: string[]; until: number } | undefined;

  constructor(
    private readonly database: Database,
    private readonly pages: TitlePagesService,
  ) {}

  async rows(accountId: string, length: number): Promise<GenreRow[]> {
    const genres = await this.commonGenres();
    const rows = genres.map(async (genre) => ({ genre, ids: await this.newest(genre, accountId, length) }));
    return (await Promise.all(rows)).filter((row) => row.ids.length > 0);
  }

  private async newest(genre: string, accountId: string, limit: number): Promise<string[]> {
    const filter = { genre: [genre], available: true };
    const order = { sort: 'added', order: 'desc', after: undefined } as const;
    const places = await this.pages.page({ filter, ...order, limit, total: Infinity, accountId });
    return places.map((place) => place.id);
  }

  private async commonGenres(): Promise<string[]> {
    if (this.known && this.known.until > Date.now()) return this.known.genres;
    const rows = await this.database.read
      .createQueryBuilder()
      .select('g.genre', 'genre')
      .from('title_genre', 'g')
      .groupBy('g.genre')
      .orderBy('COUNT(*)', 'DESC')
      .addOrderBy('g.genre', 'ASC')
      .limit(rowCount)
      .getRawMany<{ genre: string }>();
    const genres = rows.map((row) => row.genre);
    // A young library is counted again each time: its first scan is filling it.
    if (genres.length === rowCount) this.known = { genres, until: Date.now() + genresLifetimeMs };
    return genres;
  }
}
