import { Injectable } from '@nestjs/common';
import { notFound } from '../../common/problem-error.js';
import { torrentFileId } from '../../library/torrent/torrent-places.service.js';
import { TorrentShelf } from '../../library/torrent/torrent-shelf.service.js';
import { TorrentService } from '../../torrent/torrent.service.js';

/** A file of a torrent; left out: the one to play first. */
export interface TorrentFileName {
  readonly infoHash: string;
  readonly fileIndex?: number | undefined;
}

/** Files of torrents by the ids that everything plays by. */
@Injectable()
export class TorrentFiles {
  constructor(
    private readonly torrents: TorrentService,
    private readonly shelf: TorrentShelf,
  ) {}

  /**
   * Waits for the swarm where nobody knows yet what is in the torrent.
   * @throws ProblemError NOT_FOUND, also for those whose it is not; TORRENT_METADATA_TIMEOUT, TORRENT_NOT_READY
   */
  async id(
    { infoHash, fileIndex }: TorrentFileName,
    accountId: string,
    signal?: AbortSignal,
  ): Promise<string> {
    if (!(await this.torrents.maySee(infoHash, accountId))) throw notFound('torrent');
    const { files, bestFileIndex } = await this.torrents.metadata(infoHash, signal);
    const index = fileIndex ?? bestFileIndex;
    const file = files.find((one) => one.index === index);
    if (!file?.playable) throw notFound('file that can be played in this torrent');
    await this.shelf.ensure(infoHash);
    return torrentFileId(infoHash, file.index);
  }
}
