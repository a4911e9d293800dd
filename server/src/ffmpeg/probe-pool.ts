import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { isAddress } from '../common/bytes/media-address.js';
import { forAddresses, WorkerPool, type PoolTrouble, type WorkerPoolOptions } from '../common/worker-pool.js';
import type { ByteSpan } from './indexed-attachment.js';
import type { KeyframeFacts } from './keyframe-facts.js';
import {
  ProbeFailed,
  type Inspection,
  type Inspector,
  type ProbeFailureCode,
  type ProbeOptions,
} from './media-probe.js';
import {
  attachmentFrom,
  inspectionFrom,
  keyframesFrom,
  originalFrom,
  presentFrom,
  subtitlesFrom,
  type WorkerReply,
  type WorkerRequest,
} from './probe-messages.js';
import type { PresentBytes, PresentLines } from './present-lines.js';

export type ProbePoolOptions = Partial<Omit<WorkerPoolOptions, 'failure'>>;

const reasons: Readonly<Record<PoolTrouble, readonly [ProbeFailureCode, string]>> = {
  cancelled: ['cancelled', 'The probe was cancelled.'],
  stopping: ['cancelled', 'The server is stopping.'],
  busy: ['busy', 'Too many files are waiting to be probed.'],
  timeout: ['timeout', 'Reading the file took too long.'],
  crashed: ['probe-crashed', 'The probe crashed on this file.'],
  ended: ['probe-crashed', 'The probe ended on this file.'],
};

function failure(trouble: PoolTrouble, cause?: unknown): ProbeFailed {
  const [code, reason] = reasons[trouble];
  return new ProbeFailed(code, reason, cause === undefined ? {} : { cause });
}

/** Runs the in-process probe in a few threads: the event loop never waits for a disk. */
export class ProbePool implements Inspector {
  private readonly files: WorkerPool<WorkerRequest, WorkerReply>;
  /** What waits for peers keeps no thread from files; none are started while nothing is read from an address. */
  private readonly addresses: WorkerPool<WorkerRequest, WorkerReply>;

  constructor(options: ProbePoolOptions = {}) {
    const common = {
      idleMs: 10_000,
      queueLimit: 2_000,
      startWorker: () =>
        new Worker(new URL('./probe-worker.js', import.meta.url), {
          resourceLimits: { maxOldGenerationSizeMb: 128 },
        }),
      failure,
    };
    const size = Math.min(2, availableParallelism());
    this.files = new WorkerPool({ ...common, size, timeoutMs: 10_000, ahead: 4, ...options });
    this.addresses = new WorkerPool({ ...common, ...forAddresses, ...options });
  }

  /** Threads alive now. */
  get threads(): number {
    return this.files.threads + this.addresses.threads;
  }

  inspect(path: string, { signal }: ProbeOptions = {}): Promise<Inspection> {
    return this.of(path).ask({ task: 'inspect', path }, inspectionFrom, signal);
  }

  /** A text track as WebVTT by the container's index; null where there is no such index. @throws ProbeFailed */
  subtitles(path: string, streamIndex: number, { signal }: ProbeOptions = {}): Promise<string | null> {
    return this.of(path).ask({ task: 'subtitles', path, streamIndex }, subtitlesFrom, signal);
  }

  /** Key frames of a video stream by the container's index; null where there is no such index. @throws ProbeFailed */
  keyframes(path: string, streamIndex: number, { signal }: ProbeOptions = {}): Promise<KeyframeFacts | null> {
    return this.of(path).ask({ task: 'keyframes', path, streamIndex }, keyframesFrom, signal);
  }

  /** `indexedOriginal` in a thread. @throws ProbeFailed */
  original(
    path: string,
    streamIndex: number,
    aspect: number | null,
    { signal }: ProbeOptions = {},
  ): Promise<Uint8Array | null> {
    return this.of(path).ask({ task: 'original', path, streamIndex, aspect }, originalFrom, signal);
  }

  /** Lines of a text track that are here, without `known` ones; null where no index lists them. @throws ProbeFailed */
  present(bytes: PresentBytes, streamIndex: number, known: readonly number[]): Promise<PresentLines | null> {
    return this.addresses.ask({ task: 'present', bytes, streamIndex, known }, presentFrom);
  }

  /** Where an attached file lies; null where there is none of this number. @throws ProbeFailed */
  attachment(path: string, streamIndex: number, { signal }: ProbeOptions = {}): Promise<ByteSpan | null> {
    return this.of(path).ask({ task: 'attachment', path, streamIndex }, attachmentFrom, signal);
  }

  /** Ends the threads; what waits or runs is rejected as cancelled. */
  async close(): Promise<void> {
    await Promise.all([this.files.close(), this.addresses.close()]);
  }

  private of(path: string): WorkerPool<WorkerRequest, WorkerReply> {
    return isAddress(path) ? this.addresses : this.files;
  }
}
