import type { WatchCard } from '@hearth/contract/title';
import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { SignedImages } from '../images/signed-images.service.js';
import { EpisodeCardsService } from './episode-cards.service.js';
import { TitleCardsService } from './title-cards.service.js';

/** A film, or an episode of a series. */
export interface WatchItem {
  titleId: string;
  episodeId: string | null;
}

/** Cards of single things to watch, for home rows and history: seven statements however many they are. */
@Injectable()
export class WatchCardsService {
  constructor(
    private readonly database: Database,
    private readonly cards: TitleCardsService,
    private readonly episodes: EpisodeCardsService,
    private readonly images: SignedImages,
  ) {}

  /** Loads all cards at once. @returns a look-up that gives no card for what is gone */
  async of(items: readonly WatchItem[], accountId: string): Promise<(item: WatchItem) => WatchCard[]> {
    const titleIds = [...new Set(items.map((item) => item.titleId))];
    const episodeIds = items.flatMap((item) => item.episodeId ?? []);
    const [titles, episodes, backdropIds] = await Promise.all([
      this.cards.byId(titleIds, accountId),
      this.episodes.byId(episodeIds, accountId),
      this.backdropIds(titleIds),
    ]);
    const backdrops = await this.images.lookup([...backdropIds.values()], accountId);
    return ({ titleId, episodeId }) => {
      const title = titles.get(titleId);
      const episode = episodeId === null ? null : episodes.get(episodeId);
      if (!title || episode === undefined) return [];
      return [{ title, episode, backdrop: backdrops(backdropIds.get(titleId) ?? null) }];
    };
  }

  private async backdropIds(titleIds: readonly string[]): Promise<Map<string, string | null>> {
    if (titleIds.length === 0) return new Map();
    const rows = await this.database.read
      .createQueryBuilder()
      .select('t.id', 'id')
      .addSelect('t.backdrop_id', 'backdrop_id')
      .from('title', 't')
      .where('t.id IN (:...titleIds)', { titleIds })
      .getRawMany<{ id: string; backdrop_id: string | null }>();
    return new Map(rows.map((row) => [row.id, row.backdrop_id]));
  }
}
