import type { PlaybackSession } from '@hearth/contract/playback';
import { Injectable } from '@nestjs/common';
import { Logger } from '../common/log/logger.js';
import { notFound } from '../common/problem-error.js';
import { Database } from '../database/database.js';
import { type PlayableFile, PlayableService } from '../library/playable.service.js';
import { isInTorrent } from '../library/torrent/torrent-places.service.js';
import type { PlayItem } from '../user/play-state.service.js';
import { SkipMarkersService } from './markers/skip-markers.service.js';
import { PlaybackSessionEntity } from './playback-session.entity.js';
import { ThumbnailsService } from './thumbnails/thumbnails.service.js';

type Extras = Pick<PlaybackSession, 'thumbnailsUrl' | 'markers'>;

/** What makes watching pleasant and nobody waits for. */
@Injectable()
export class WatchingExtrasService {
  constructor(
    private readonly thumbnails: ThumbnailsService,
    private readonly markers: SkipMarkersService,
    private readonly playables: PlayableService,
    private readonly database: Database,
    private readonly logger: Logger,
  ) {}

  /** What is there of it already. */
  async of(file: PlayableFile, accountId: string): Promise<Extras> {
    return {
      thumbnailsUrl: await this.thumbnails.url(file, accountId),
      markers: await this.markers.of(file),
    };
  }

  /** What was made of a session's file since it began. @throws ProblemError NOT_FOUND */
  async ofSession(id: string, accountId: string): Promise<Extras> {
    const session = await this.database.read.findOneBy(PlaybackSessionEntity, { id, accountId });
    if (!session?.fileId) throw notFound('playback session');
    return this.of((await this.playables.fileFor(session.fileId, accountId)).file, accountId);
  }

  /** Sees to it that the rest is made. Returns at once: nobody's start waits for it. */
  want(file: PlayableFile, { episodeId }: PlayItem): void {
    // That would fetch all of a torrent.
    if (isInTorrent(file)) return;
    const wanted = [
      this.thumbnails.want(file),
      ...(episodeId === null ? [] : [this.markers.want(episodeId)]),
    ];
    for (const job of wanted)
      job.catch((error: unknown) => this.logger.warn('Extras of a file could not be asked for', { error }));
  }
}
