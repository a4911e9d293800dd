import type { playbackRoutes } from '@hearth/contract/playback';
import type { RouteInput } from '@hearth/contract/route';
import { Injectable } from '@nestjs/common';
import { notFound } from '../common/problem-error.js';
import { AudienceService } from '../library/audience/audience.service.js';
import { PlayableService } from '../library/playable.service.js';
import { TitleCardsService } from '../library/catalogue/title-cards.service.js';
import { type PlayItem, PlayStateService } from '../user/play-state.service.js';

type Mark = RouteInput<typeof playbackRoutes.watched>;

/** Watched marks by hand: for a film, an episode, a season, a whole series. */
@Injectable()
export class WatchedService {
  constructor(
    private readonly playables: PlayableService,
    private readonly playStates: PlayStateService,
    private readonly titles: TitleCardsService,
    private readonly audiences: AudienceService,
  ) {}

  /** @throws ProblemError NOT_FOUND */
  async mark(mark: Mark, accountId: string): Promise<void> {
    const items = await this.items(mark, accountId);
    for (const titleId of new Set(items.map((item) => item.titleId)))
      await this.audiences.mustSeeTitle(titleId, accountId);
    await this.playStates.mark(accountId, items, mark.watched);
  }

  /** All that a file holds. @throws ProblemError NOT_FOUND */
  async markFile(fileId: string, watched: boolean, accountId: string): Promise<void> {
    await this.audiences.mustSeeFile(fileId, accountId);
    const { file } = await this.playables.file(fileId);
    if (file.titleId === null || file.extraKind !== null) return;
    const episodes = await this.playables.episodesOfFile(fileId);
    const items: PlayItem[] = episodes.map(({ id, titleId }) => ({ titleId, episodeId: id }));
    const film = { titleId: file.titleId, episodeId: null };
    await this.playStates.mark(accountId, items.length > 0 ? items : [film], watched);
  }

  private async items({ titleId, seasonId, episodeId }: Mark, accountId: string): Promise<PlayItem[]> {
    if (episodeId !== undefined) {
      const episode = await this.playables.episode(episodeId);
      return [{ titleId: episode.titleId, episodeId }];
    }
    const episodes = await this.playables.episodes(
      seasonId === undefined ? { titleId: titleId ?? '' } : { seasonId },
    );
    if (episodes.length > 0) return episodes.map((one) => ({ titleId: one.titleId, episodeId: one.id }));
    const [film] = await this.titles.list([titleId ?? ''], accountId);
    if (!film) throw notFound(seasonId === undefined ? 'title' : 'season');
    return film.type === 'movie' ? [{ titleId: film.id, episodeId: null }] : [];
  }
}
