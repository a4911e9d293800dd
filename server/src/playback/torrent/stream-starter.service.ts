import { type ClientCapabilities, clientCapabilities } from '@hearth/contract/playback';
import { Injectable } from '@nestjs/common';
import { Logger } from '../../common/log/logger.js';
import { ProblemError } from '../../common/problem-error.js';
import { TorrentService } from '../../torrent/torrent.service.js';
import { PlaybackService } from '../playback.service.js';
import type { RunningStream, StreamWish } from './running-stream.js';
import { StreamPriming } from './stream-priming.service.js';
import { TemporaryTorrents } from './temporary-torrents.service.js';

/** Every client that plays HLS plays this; whole files are not what was asked for. */
const everywhere = { videoCodecs: ['h264'], audioCodecs: ['aac'] };

function capabilities(quality: StreamWish['quality']): ClientCapabilities {
  const maxHeight = quality === 'original' ? {} : { maxHeight: parseInt(quality, 10) };
  return clientCapabilities.parse({
    ...everywhere,
    containers: ['hls'],
    streaming: everywhere,
    ...maxHeight,
  });
}

const lookMs = 250;

/** From a link to a playlist that plays at once. */
@Injectable()
export class StreamStarter {
  constructor(
    private readonly torrents: TorrentService,
    private readonly temporary: TemporaryTorrents,
    private readonly playback: PlaybackService,
    private readonly priming: StreamPriming,
    private readonly logger: Logger,
  ) {}

  /** @throws ProblemError TORRENT_INVALID, TORRENT_LIMIT_REACHED… */
  async join(stream: RunningStream): Promise<void> {
    stream.timeline.begin('peers');
    stream.infoHash = await this.temporary.use(stream.wish.link, stream.caller, stream, stream.signal);
  }

  /** What goes wrong is told by the stream's status. */
  async run(stream: RunningStream): Promise<void> {
    const watch = setInterval(() => this.look(stream), lookMs);
    try {
      this.look(stream);
      await this.play(stream);
    } catch (error) {
      if (stream.isOver) return;
      if (!(error instanceof ProblemError)) this.logger.warn('A stream could not begin', { error });
      stream.failed(error instanceof ProblemError ? error.message : 'Something broke on the server.');
    } finally {
      clearInterval(watch);
    }
  }

  /** Takes back what was done for it. */
  async undo(stream: RunningStream): Promise<void> {
    if (stream.sessionId !== null)
      await this.playback.stop(stream.sessionId, stream.caller).catch((error: unknown) => {
        if (!(error instanceof ProblemError)) throw error; // has ended by itself
      });
    if (stream.infoHash !== null)
      await this.temporary.release(stream.infoHash, stream.caller.accountId, stream);
  }

  private async play(stream: RunningStream): Promise<void> {
    const { infoHash, wish, caller, timeline, signal } = stream;
    if (infoHash === null) return;
    const torrent = { infoHash, fileIndex: wish.fileIndex };
    const client = capabilities(wish.quality);
    const session = await this.playback.start({ torrent, client }, caller, timeline, signal);
    stream.sessionId = session.sessionId;
    // Whoever stopped it meanwhile could not know of the session.
    if (stream.isOver) return this.undo(stream);
    stream.duration = session.durationSeconds || null;
    stream.streamUrl = session.url;
    stream.status = 'converting';
    stream.message = 'Preparing the first seconds.';
    await this.priming.prime(session.url, signal);
    if (signal.aborted) return;
    stream.status = 'ready';
    stream.message = 'Ready.';
  }

  /** While it is fetched: whom from. */
  private look(stream: RunningStream): void {
    if (stream.status !== 'downloading') return;
    const facts = this.torrents.facts(stream.infoHash ?? '');
    const peers = facts?.peers ?? 0;
    if (peers > 0 && stream.timeline.current === 'peers') stream.timeline.begin('metadata');
    if (peers > 0) stream.message = `Fetching from ${peers} ${peers === 1 ? 'other' : 'others'}.`;
    else stream.message = 'Looking for others who have it.';
  }
}
