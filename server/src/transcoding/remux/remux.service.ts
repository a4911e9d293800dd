import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { Injectable, type OnApplicationShutdown, Optional } from '@nestjs/common';
import { type PoolTrouble, WorkerPool, type WorkerPoolOptions } from '../../common/worker-pool.js';
import type { MediaInfo } from '../../ffmpeg/media-info.js';
import type { MediaInput } from '../media-input.js';
import type { AudioCopy, VideoCopy } from '../rendition.js';
import { type SegmentTable, segmentCount } from '../timeline/segment-table.js';
import { RemuxFailed, type RemuxFailureCode } from './remux-failure.js';
import { bytesFrom, type RemuxReply, type RemuxRequest } from './remux-messages.js';
import { canRemux } from './remux-support.js';

const codes: Readonly<Record<PoolTrouble, readonly [RemuxFailureCode, string]>> = {
  cancelled: ['cancelled', 'Nobody waits for the segment any more.'],
  stopping: ['cancelled', 'The server is stopping.'],
  busy: ['busy', 'Too many segments are waiting to be made.'],
  timeout: ['timeout', 'Reading the file took too long.'],
  crashed: ['crashed', 'Reading the file failed.'],
  ended: ['crashed', 'Reading the file failed.'],
};

function failure(trouble: PoolTrouble, cause?: unknown): RemuxFailed {
  const [code, reason] = codes[trouble];
  return new RemuxFailed(code, reason, cause === undefined ? {} : { cause });
}

export type RemuxOptions = Partial<Omit<WorkerPoolOptions, 'failure'>>;

/**
 * Copies streams into CMAF segments (ISO/IEC 23000-19) straight from the file, in worker threads: no process, no file,
 * no state. A segment is the same whoever asks, and those of one rendition follow one another without a gap.
 */
@Injectable()
export class RemuxService implements OnApplicationShutdown {
  private readonly pool: WorkerPool<RemuxRequest, RemuxReply>;

  constructor(@Optional() options: RemuxOptions = {}) {
    this.pool = new WorkerPool({
      size: Math.min(2, availableParallelism()),
      timeoutMs: 20_000, // a disk that wakes up takes ten
      idleMs: 60_000,
      queueLimit: 200,
      ahead: 1,
      startWorker: () =>
        new Worker(new URL('./remux-worker.js', import.meta.url), {
          resourceLimits: { maxOldGenerationSizeMb: 256 },
        }),
      failure,
      ...options,
    });
  }

  /** Whether it is worth asking: media container and codec are among those read here. */
  supports(media: MediaInfo, rendition: VideoCopy | AudioCopy): boolean {
    return canRemux(media, rendition);
  }

  /** The initialisation segment. @throws RemuxFailed; with `fallBack` ffmpeg may do better */
  init(input: MediaInput, rendition: VideoCopy | AudioCopy, signal?: AbortSignal): Promise<Uint8Array> {
    return this.pool.ask(this.request(input, rendition, 'init'), bytesFrom, signal);
  }

  /** Segment `index` of the table: one `moof` and one `mdat`. @throws RemuxFailed */
  segment(
    input: MediaInput,
    rendition: VideoCopy | AudioCopy,
    table: SegmentTable,
    index: number,
    signal?: AbortSignal,
  ): Promise<Uint8Array> {
    const count = segmentCount(table);
    if (!(index >= 0 && index < count))
      return Promise.reject(new RangeError(`There is no segment ${index}.`));
    const micros = (at: number): number | null =>
      at <= 0 || at >= count ? null : Math.round(((table.boundaries[at] ?? 0) * 1e6) / table.timescale);
    const piece = { from: micros(index), to: micros(index + 1), sequence: index + 1 };
    return this.pool.ask(this.request(input, rendition, piece), bytesFrom, signal);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.close();
  }

  private request(
    { path, contentKey }: MediaInput,
    { stream }: VideoCopy | AudioCopy,
    piece: RemuxRequest['piece'],
  ): RemuxRequest {
    return { path, contentKey, stream, piece };
  }
}
