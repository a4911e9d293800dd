import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { TorrentMetadata } from '@hearth/contract/torrent';
import { In } from 'typeorm';
import { Logger } from '../../common/log/logger.js';
import { Turns } from '../../common/turns.js';
import { Database } from '../../database/database.js';
import { type TorrentNewsItem, TorrentService } from '../../torrent/torrent.service.js';
import { EpisodeFile } from '../entities/episode-file.entity.js';
import { Episode } from '../entities/episode.entity.js';
import { ExternalSubtitle } from '../entities/external-subtitle.entity.js';
import { MediaFile } from '../entities/media-file.entity.js';
import { Season } from '../entities/season.entity.js';
import { Title } from '../entities/title.entity.js';
import { insertRows } from '../store/chunks.js';
import { forgetFiles } from '../store/forget.js';
import { contentsOf } from './torrent-contents.js';
import { makeHiddenLibrary } from './hidden-library.js';
import { torrentLibraryId, torrentTitleId } from './torrent-ids.js';
import { torrentRows } from './torrent-rows.js';

/**
 * Rows for what is in torrents, so that it plays as everything else does (ADR 0020): they come as soon as the contents
 * of a torrent are known, and go with it.
 */
@Injectable()
export class TorrentShelf implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger: Logger;
  private unwatch: () => void = () => undefined;
  private readonly turns = new Turns();

  constructor(
    private readonly database: Database,
    @Inject(TorrentService) private readonly torrents: Pick<TorrentService, 'watch' | 'known'>,
    logger: Logger,
  ) {
    this.logger = logger.scoped('torrents');
  }

  onApplicationBootstrap(): void {
    this.unwatch = this.torrents.watch((news) => void this.follow(news));
  }

  /** So that the database is not closed under it. */
  async onApplicationShutdown(): Promise<void> {
    this.unwatch();
    await this.turns.settled;
  }

  /** Sees to it that there are rows of a torrent whose contents are known. */
  ensure(infoHash: string): Promise<void> {
    return this.turns.run(async () => {
      if (await this.database.read.existsBy(Title, { id: torrentTitleId(infoHash) })) return;
      const metadata = await this.torrents.known(infoHash);
      if (metadata && metadata.files.length > 0) await this.add(metadata);
    });
  }

  private follow({ infoHash, kind }: TorrentNewsItem): Promise<void> {
    const work =
      kind === 'known' ? this.ensure(infoHash) : kind === 'gone' ? this.remove(infoHash) : undefined;
    return (work ?? Promise.resolve()).catch((error: unknown) => {
      this.logger.error('The library could not follow a torrent', { infoHash, error });
    });
  }

  private async add(metadata: TorrentMetadata): Promise<void> {
    const contents = contentsOf(metadata);
    if (!contents) return;
    const rows = torrentRows(metadata, contents, Date.now());
    await this.database.writeAlone('torrents', async (manager) => {
      if (await manager.existsBy(Title, { id: rows.title.id })) return;
      await makeHiddenLibrary(manager);
      // What was kept has a place of its own already.
      const kept = await manager.find(MediaFile, {
        where: { id: In(rows.files.map(({ id }) => id)) },
        select: { id: true },
      });
      const keptIds = new Set(kept.map(({ id }) => id));
      const isNew = ({ fileId }: { fileId: string }): boolean => !keptIds.has(fileId);
      const files = rows.files.filter(({ id }) => !keptIds.has(id));
      if (files.length === 0) return;
      const links = rows.links.filter(isNew);
      const linked = new Set(links.map(({ episodeId }) => episodeId));
      await insertRows(manager, Title, [rows.title]);
      await insertRows(manager, Season, rows.seasons);
      await insertRows(
        manager,
        Episode,
        rows.episodes.filter(({ id }) => linked.has(id)),
      );
      await insertRows(manager, MediaFile, files);
      await insertRows(manager, EpisodeFile, links);
      await insertRows(manager, ExternalSubtitle, rows.subtitles.filter(isNew));
    });
  }

  /** What was kept in a library stays. */
  private remove(infoHash: string): Promise<void> {
    return this.turns.run(() =>
      this.database.write(async (manager) => {
        const where = { titleId: torrentTitleId(infoHash), libraryId: torrentLibraryId };
        const rows = await manager.find(MediaFile, { where, select: { id: true } });
        if (rows.length > 0)
          await forgetFiles(
            manager,
            rows.map(({ id }) => id),
          );
      }),
    );
  }
}
