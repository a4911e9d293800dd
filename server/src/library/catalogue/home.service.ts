import type { Home } from '@hearth/contract/title';
import { Injectable } from '@nestjs/common';
import { BegunTitlesService } from './begun-titles.service.js';
import { GenreRowsService } from './genre-rows.service.js';
import { NextUpService } from './next-up.service.js';
import { TitleCardsService } from './title-cards.service.js';
import { TitlePagesService } from './title-pages.service.js';
import { WatchCardsService } from './watch-cards.service.js';

const rowLength = 20;

/** Everything the home screen shows, in a number of statements that does not grow with the library. */
@Injectable()
export class HomeService {
  constructor(
    private readonly begun: BegunTitlesService,
    private readonly cards: TitleCardsService,
    private readonly watchCards: WatchCardsService,
    private readonly nextUp: NextUpService,
    private readonly pages: TitlePagesService,
    private readonly genreRows: GenreRowsService,
  ) {}

  async home(accountId: string): Promise<Home> {
    // Side by side: PostgreSQL answers what does not depend on each other over several connections.
    const [begun, followed, recent, genres] = await Promise.all([
      this.begun.of(accountId, rowLength),
      this.nextUp.followed(accountId, rowLength),
      this.recentlyAdded(accountId),
      this.genreRows.rows(accountId, rowLength),
    ]);
    const begunTitles = new Set(begun.map((item) => item.titleId));
    const next = [...followed].flatMap(([titleId, episodeId]) =>
      begunTitles.has(titleId) ? [] : { titleId, episodeId },
    );
    const ids = [...recent, ...genres.flatMap((row) => row.ids)];
    const [watch, titles] = await Promise.all([
      this.watchCards.of([...begun, ...next], accountId),
      this.cards.byId([...new Set(ids)], accountId),
    ]);
    const pick = (wanted: readonly string[]) => wanted.flatMap((id) => titles.get(id) ?? []);
    return {
      continueWatching: begun.flatMap(watch),
      nextUp: next.flatMap(watch),
      recentlyAdded: pick(recent),
      genres: genres.map((row) => ({ genre: row.genre, items: pick(row.ids) })),
    };
  }

  private async recentlyAdded(accountId: string): Promise<string[]> {
    const places = await this.pages.page({
      filter: { available: true },
      sort: 'added',
      order: 'desc',
      limit: rowLength,
      after: undefined,
      total: Infinity,
      accountId,
    });
    return places.map((place) => place.id);
  }
}
