import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { ByteSource } from '../../common/bytes/byte-source.js';
import { ByteTimelineService } from '../renderer/byte-timeline.service.js';
import { Positions, type Watching } from '../renderer/positions.service.js';
import { type OpenedFile, RendererPlaybackService } from '../renderer/renderer-playback.service.js';

/** An app, as far as it can be told from others. */
export interface AddonApp {
  readonly address: string;
  readonly userAgent: string;
}

/**
 * Files as apps of Stremio fetch them. Those say nothing of where they are: what they fetch tells it, as with televisions
 * (record 17).
 */
@Injectable()
export class AddonPlays {
  private transfers = 0;

  constructor(
    @Inject(RendererPlaybackService) private readonly playback: Pick<RendererPlaybackService, 'openBytes'>,
    @Inject(ByteTimelineService) private readonly timelines: Pick<ByteTimelineService, 'atOnce'>,
    @Inject(Positions) private readonly positions: Pick<Positions, 'note'>,
  ) {}

  /** @throws ProblemError NOT_FOUND, SOURCE_UNAVAILABLE, STREAM_LIMIT_REACHED, FORBIDDEN */
  async open(
    fileId: string,
    accountId: string,
    { address, userAgent }: AddonApp,
  ): Promise<{ source: ByteSource; mediaType: string }> {
    const id = createHash('sha256').update(`${address}\n${userAgent}`).digest('base64url').slice(0, 16);
    const device = { id: `stremio-${id}`, name: 'Stremio' };
    const file = await this.playback.openBytes(fileId, accountId, device);
    const { media, mediaType, durationSeconds } = file;
    if (!media.format.video || !durationSeconds)
      return { source: bytesOf(file, () => () => undefined), mediaType };
    const watching = { device, accountId, fileId, durationSeconds };
    return { source: bytesOf(file, (start) => this.follow(watching, file.size, start)), mediaType };
  }

  /** @returns to be told how far a transfer came that begins at this byte */
  private follow(watching: Watching, size: number, start: number): Tell {
    const transferId = this.transfers++;
    const secondsAt = this.timelines.atOnce(watching.fileId, watching.durationSeconds);
    return (end, ended) => {
      const [from, to] = [secondsAt(start / size), secondsAt(end / size)];
      this.positions.note(watching, { transferId, from, to, ended });
    };
  }
}

/** @param end the byte after the last one that was sent @param ended no more is sent */
type Tell = (end: number, ended: boolean) => void;

function bytesOf(file: OpenedFile, begin: (start: number) => Tell): ByteSource {
  const { size, modified } = file;
  return {
    ...{ size, lastModified: modified, etag: `${size.toString(36)}-${modified.getTime().toString(36)}` },
    close: () => Promise.resolve(),
    async *read(start, end, signal) {
      const stream = file.read(start, end);
      const leave = (): void => void stream.destroy();
      signal.addEventListener('abort', leave, { once: true });
      const tell = begin(start);
      let at = start;
      try {
        for await (const chunk of stream as AsyncIterable<Buffer>) {
          yield chunk;
          // It is asked for the next one once this one was taken.
          tell((at += chunk.length), false);
        }
      } finally {
        signal.removeEventListener('abort', leave);
        stream.destroy();
        tell(at, true);
      }
    },
  };
}
