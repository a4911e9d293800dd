import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { OnApplicationShutdown } from '@nestjs/common';
import { type PoolTrouble, WorkerPool, type WorkerPoolOptions } from '../../common/worker-pool.js';
import { ProbeFailed, type ProbeFailureCode, type ProbeOptions } from '../../ffmpeg/media-probe.js';
import { musicFrom, photoFrom, pictureFrom, type TagReply, type TagRequest } from './tag-messages.js';
import { type MusicReading, type PhotoReading, TagReader } from './tag-reader.port.js';

export type TagPoolOptions = Partial<Omit<WorkerPoolOptions, 'failure'>>;

const reasons: Readonly<Record<PoolTrouble, readonly [ProbeFailureCode, string]>> = {
  cancelled: ['cancelled', 'Reading the tags was cancelled.'],
  stopping: ['cancelled', 'The server is stopping.'],
  busy: ['busy', 'Too many files are waiting to be read.'],
  timeout: ['timeout', 'Reading the file took too long.'],
  crashed: ['probe-crashed', 'The reader crashed on this file.'],
  ended: ['probe-crashed', 'The reader ended on this file.'],
};

/** Reads tags in a few threads of capped memory: a hostile file costs its own reading, and no event loop waits. */
export class TagPool extends TagReader implements OnApplicationShutdown {
  private readonly pool: WorkerPool<TagRequest, TagReply>;

  constructor(options: TagPoolOptions = {}) {
    super();
    this.pool = new WorkerPool({
      size: Math.min(2, availableParallelism()),
      // A photo of 48 megapixels in HEIC takes as long on a small machine.
      timeoutMs: 30_000,
      idleMs: 10_000,
      queueLimit: 2_000,
      ahead: 4,
      startWorker: () => {
        const worker = new Worker(new URL('./tag-worker.js', import.meta.url), {
          resourceLimits: { maxOldGenerationSizeMb: 128 },
          stdout: true,
        });
        // libheif complains there of each damaged file; the answer says the same.
        worker.stdout.resume();
        return worker;
      },
      failure: (trouble, cause) => {
        const [code, reason] = reasons[trouble];
        return new ProbeFailed(code, reason, cause === undefined ? {} : { cause });
      },
      ...options,
    });
  }

  override music(path: string, { signal }: ProbeOptions = {}): Promise<MusicReading> {
    return this.pool.ask({ task: 'music', path }, musicFrom, signal);
  }

  override photo(path: string, { signal }: ProbeOptions = {}): Promise<PhotoReading> {
    return this.pool.ask({ task: 'photo', path }, photoFrom, signal);
  }

  override picture(path: string, { signal }: ProbeOptions = {}): Promise<Uint8Array | null> {
    return this.pool.ask({ task: 'picture', path }, pictureFrom, signal);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.close();
  }
}
