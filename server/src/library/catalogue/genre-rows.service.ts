import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { AudienceService } from '../audience/audience.service.js';
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
  /** By audience. */
  private readonly known = new Map<string, { genres: string[]; until: number }>();

  constructor(
    private readonly database: Database,
    private readonly pages: TitlePagesService,
    private readonly audiences: AudienceService,
  ) {}

  async rows(accountId: string, length: number): Promise<GenreRow[]> {
    const genres = await this.commonGenres(accountId);
    const rows = genres.map(async (genre) => ({ genre, ids: await this.newest(genre, accountId, length) }));
    return (await Promise.all(rows)).filter((row) => row.ids.length > 0);
  }

  private async newest(genre: string, accountId: string, limit: number): Promise<string[]> {
    const filter = { genre: [genre], available: true };
    const order = { sort: 'added', order: 'desc', after: undefined } as const;
    const places = await this.pages.page({ filter, ...order, limit, total: Infinity, accountId });
    return places.map((place) => place.id);
  }

  private async commonGenres(accountId: string): Promise<string[]> {
    const name = JSON.stringify((await this.audiences.of(accountId)) ?? null);
    const known = this.known.get(name);
    if (known && known.until > Date.now()) return known.genres;
    const query = this.database.read
      .createQueryBuilder()
      .select('g.genre', 'genre')
      .from('title_genre', 'g')
      .groupBy('g.genre')
      .orderBy('COUNT(*)', 'DESC')
      .addOrderBy('g.genre', 'ASC')
      .limit(rowCount);
    const rows = await (
      await this.audiences.narrowByTitle(query, accountId, 'g.title_id')
    ).getRawMany<{ genre: string }>();
    const genres = rows.map((row) => row.genre);
    // A young library is counted again each time: its first scan is filling it.
    if (genres.length === rowCount) this.known.set(name, { genres, until: Date.now() + genresLifetimeMs });
    return genres;
  }
}
