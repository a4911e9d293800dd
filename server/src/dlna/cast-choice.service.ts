import type { CastItem } from '@hearth/contract/renderer';
import { Injectable } from '@nestjs/common';
import { notFound } from '../common/problem-error.js';
import { AudienceService } from '../library/audience/audience.service.js';
import { NextUpService } from '../library/catalogue/next-up.service.js';
import { TitleFactsService } from '../library/catalogue/title-facts.service.js';
import type { WatchItem } from '../library/catalogue/watch-cards.service.js';
import { PlayableService } from '../library/playable.service.js';
import { SharedTorrents } from '../library/torrent/shared-torrents.service.js';

/** Which film or episode is meant by what is sent to a screen. */
@Injectable()
export class CastChoice {
  constructor(
    private readonly audiences: AudienceService,
    private readonly facts: TitleFactsService,
    private readonly nextUp: NextUpService,
    private readonly playables: PlayableService,
    private readonly torrents: SharedTorrents,
  ) {}

  /** Of a series, the episode that comes next; what is in a torrent is made ready. @throws ProblemError NOT_FOUND, also where the account may not see it */
  async of({ titleId, episodeId, fileId }: CastItem, accountId: string) {
    await this.torrents.shelved(fileId ?? episodeId ?? titleId ?? '');
    const what =
      fileId === undefined
        ? await this.chosen(titleId, episodeId, accountId)
        : await this.held(fileId, accountId);
    const found = (await this.facts.of([what], accountId))(what);
    if (!found) throw notFound('title');
    await this.torrents.ready({ ...what, fileId });
    return { what, found };
  }

  private async chosen(
    titleId: string | undefined,
    episodeId: string | undefined,
    accountId: string,
  ): Promise<WatchItem> {
    if (episodeId !== undefined) {
      const episode = (await this.facts.episodes([episodeId], accountId)).get(episodeId);
      if (!episode) throw notFound('episode');
      return { titleId: episode.titleId, episodeId };
    }
    const title =
      titleId === undefined ? undefined : (await this.facts.titles([titleId], accountId)).get(titleId);
    if (!title) throw notFound('title');
    if (title.type === 'movie') return { titleId: title.id, episodeId: null };
    const next = await this.nextUp.ofTitle(title.id, accountId);
    if (next === null) throw notFound('episode');
    return { titleId: title.id, episodeId: next };
  }

  private async held(fileId: string, accountId: string): Promise<WatchItem> {
    await this.audiences.mustSeeFile(fileId, accountId);
    const { file } = await this.playables.file(fileId);
    if (file.titleId === null) throw notFound('title of this file');
    const [episode] = await this.playables.episodesOfFile(fileId);
    return { titleId: file.titleId, episodeId: episode?.id ?? null };
  }
}
