import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { Injectable, type OnApplicationShutdown, Optional } from '@nestjs/common';
import { isAddress } from '../../common/bytes/media-address.js';
import {
  forAddresses,
  type PoolTrouble,
  WorkerPool,
  type WorkerPoolOptions,
} from '../../common/worker-pool.js';
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
  private readonly files: WorkerPool<RemuxRequest, RemuxReply>;
  /** What waits for peers keeps no thread from files; none are started while nothing is read from an address. */
  private readonly addresses: WorkerPool<RemuxRequest, RemuxReply>;

  constructor(@Optional() options: RemuxOptions = {}) {
    const common = {
      idleMs: 60_000,
      queueLimit: 200,
      startWorker: () =>
        new Worker(new URL('./remux-worker.js', import.meta.url), {
          resourceLimits: { maxOldGenerationSizeMb: 256 },
        }),
      failure,
    };
    const size = Math.min(2, availableParallelism());
    // A disk that wakes up takes ten seconds.
    this.files = new WorkerPool({ ...common, size, timeoutMs: 20_000, ahead: 1, ...options });
    this.addresses = new WorkerPool({ ...common, ...forAddresses, ...options });
  }

  /** Whether it is worth asking: media container and codec are among those read here. */
  supports(media: MediaInfo, rendition: VideoCopy | AudioCopy): boolean {
    return canRemux(media, rendition);
  }

  /** The initialisation segment. @throws RemuxFailed; with `fallBack` ffmpeg may do better */
  init(input: MediaInput, rendition: VideoCopy | AudioCopy, signal?: AbortSignal): Promise<Uint8Array> {
    return this.of(input).ask(this.request(input, rendition, 'init'), bytesFrom, signal);
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
    return this.of(input).ask(this.request(input, rendition, piece), bytesFrom, signal);
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.files.close(), this.addresses.close()]);
  }

  private of({ path }: MediaInput): WorkerPool<RemuxRequest, RemuxReply> {
    return isAddress(path) ? this.addresses : this.files;
  }

  private request(
    { path, contentKey }: MediaInput,
    { stream }: VideoCopy | AudioCopy,
    piece: RemuxRequest['piece'],
  ): RemuxRequest {
    return { path, contentKey, stream, piece };
  }
}
