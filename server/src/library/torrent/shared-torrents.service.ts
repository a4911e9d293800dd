import { Inject, Injectable } from '@nestjs/common';
import { Logger } from '../../common/log/logger.js';
import { ProblemError } from '../../common/problem-error.js';
import { Database } from '../../database/database.js';
import { TorrentService } from '../../torrent/torrent.service.js';
import { Title } from '../entities/title.entity.js';
import { type LocatedFile, PlayableService } from '../playable.service.js';
import { infoHashOf, isTorrentId, torrentLibraryId } from './torrent-ids.js';
import { TorrentMedia } from './torrent-media.service.js';
import { isInTorrent } from './torrent-places.service.js';
import { TorrentShelf } from './torrent-shelf.service.js';

/** More than so many are not looked at for one list: each costs the beginning of a file. */
const mostPrepared = 8;

/** What of torrents everybody in the house may see. */
@Injectable()
export class SharedTorrents {
  private readonly asked = new Set<string>();

  constructor(
    private readonly database: Database,
    @Inject(TorrentService) private readonly torrents: Pick<TorrentService, 'torrent'>,
    private readonly playables: PlayableService,
    private readonly media: TorrentMedia,
    private readonly shelf: TorrentShelf,
    private readonly logger: Logger,
  ) {}

  /** Titles of torrents that were shared, as far as the account may see them; the newest first. */
  async titleIds(accountId: string): Promise<string[]> {
    const where = { libraryId: torrentLibraryId };
    const order = { addedAt: 'DESC', id: 'ASC' } as const;
    const rows = await this.database.read.find(Title, { where, order, select: { id: true } });
    const shared = await Promise.all(rows.map(({ id }) => this.isShared(id, accountId)));
    return rows.filter((_, index) => shared[index]).map(({ id }) => id);
  }

  /** Sees to it that it is known what is in these films. Returns at once: nobody's list waits for a swarm. */
  prepareTitles(titleIds: readonly string[]): void {
    this.prepare(titleIds, (id) => this.playables.filesOfTitle(id));
  }

  /** The same of episodes. */
  prepareEpisodes(episodeIds: readonly string[]): void {
    this.prepare(episodeIds, (id) => this.playables.filesOfEpisode(id));
  }

  /** Rows follow a torrent a moment after it is known what is in it: they are there now. @param id of any of them, or of anything else */
  async shelved(id: string): Promise<void> {
    const infoHash = infoHashOf(id);
    if (infoHash !== undefined) await this.shelf.ensure(infoHash);
  }

  /**
   * Waits until it is known what is in something of a torrent that is about to play elsewhere than here; at once for
   * everything else. @throws ProblemError TORRENT_REFUSED, TORRENT_NOT_READY
   */
  async ready(item: {
    titleId: string;
    episodeId: string | null;
    fileId?: string | undefined;
  }): Promise<void> {
    if (!isTorrentId(item.fileId ?? item.titleId)) return;
    const [located] = await this.filesOf(item);
    if (located) await this.media.ready(located);
  }

  private async filesOf({
    titleId,
    episodeId,
    fileId,
  }: Parameters<SharedTorrents['ready']>[0]): Promise<LocatedFile[]> {
    if (fileId !== undefined) return [await this.playables.file(fileId)];
    return episodeId === null
      ? this.playables.filesOfTitle(titleId)
      : this.playables.filesOfEpisode(episodeId);
  }

  private prepare(ids: readonly string[], filesOf: (id: string) => Promise<LocatedFile[]>): void {
    const fresh = ids.slice(0, mostPrepared).filter((id) => !this.asked.has(id));
    for (const id of fresh) {
      this.asked.add(id);
      this.look(id, filesOf)
        .catch((error: unknown) => {
          if (!(error instanceof ProblemError))
            this.logger.warn('A torrent could not be looked at', { error });
        })
        .finally(() => this.asked.delete(id));
    }
  }

  private async look(id: string, filesOf: (id: string) => Promise<LocatedFile[]>): Promise<void> {
    const [located] = await filesOf(id);
    if (located && isInTorrent(located.file)) await this.media.ready(located);
  }

  private async isShared(titleId: string, accountId: string): Promise<boolean> {
    const caller = { accountId, role: 'member', sessionId: null } as const;
    try {
      return (await this.torrents.torrent(infoHashOf(titleId) ?? '', caller)).shared;
    } catch (error) {
      if (error instanceof ProblemError) return false; // not for this account, or not any more
      throw error;
    }
  }
}
