import type { TorrentStreamStatus } from '@hearth/contract/stream';
import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/http/caller.js';
import { torrentFileOf } from '../../library/torrent/torrent-places.service.js';
import { PlayableService } from '../../library/playable.service.js';
import { TorrentService } from '../../torrent/torrent.service.js';
import { ByteTimelineService } from '../renderer/byte-timeline.service.js';
import { TorrentFiles, type TorrentFileName } from './torrent-files.service.js';

/** Halvings that find a second to within a millionth of the file. */
const halvings = 20;

/** How a torrent that is streamed is doing, and where it is to be fetched from. */
@Injectable()
export class TorrentSeek {
  constructor(
    private readonly torrents: TorrentService,
    private readonly files: TorrentFiles,
    private readonly playables: PlayableService,
    private readonly timelines: ByteTimelineService,
  ) {}

  /** @throws ProblemError NOT_FOUND */
  async status(infoHash: string, caller: Caller): Promise<TorrentStreamStatus> {
    const torrent = await this.torrents.torrent(infoHash, caller);
    const { state, message, progress, downloadSpeed, uploadSpeed, peers } = torrent;
    const readers = [...(this.torrents.facts(infoHash)?.readers ?? [])];
    return { infoHash, state, message, progress, downloadSpeed, uploadSpeed, peers, readers };
  }

  /** Fetches from there first. @throws ProblemError NOT_FOUND, TORRENT_NOT_READY */
  async seek(
    name: TorrentFileName,
    to: { seconds?: number | undefined; byte?: number | undefined },
    caller: Caller,
  ): Promise<TorrentStreamStatus> {
    const fileId = await this.files.id(name, caller.accountId);
    const index = torrentFileOf(fileId)?.index ?? 0;
    const byte = to.byte ?? (await this.byteAt(fileId, to.seconds ?? 0));
    await this.torrents.seek(name.infoHash, index, byte);
    return this.status(name.infoHash, caller);
  }

  /** By the index where there is one, else by the mean bitrate. */
  private async byteAt(fileId: string, seconds: number): Promise<number> {
    const { file } = await this.playables.file(fileId);
    const length = file.media?.durationSeconds ?? 0;
    if (length <= 0) return 0;
    const secondsAt = await this.timelines.of(fileId);
    let [low, high] = [0, 1];
    for (let turn = 0; turn < halvings; turn += 1) {
      const middle = (low + high) / 2;
      if ((secondsAt ? secondsAt(middle) : middle * length) <= seconds) low = middle;
      else high = middle;
    }
    return Math.floor(low * Math.max(0, file.size - 1));
  }
}
