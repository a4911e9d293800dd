import { WorkLimit } from '../common/work-limit.js';
import type { MediaInfo } from './media-info.js';
import {
  ProbeFailed,
  type Inspection,
  type Inspector,
  type MediaProbe,
  type ProbeFailureCode,
  type ProbeOptions,
} from './media-probe.js';

const PROCESSES = 2;
/** Outcomes in which another reader may do better. */
const worthASecondOpinion: ReadonlySet<ProbeFailureCode> = new Set([
  'not-media',
  'damaged',
  'no-streams',
  'probe-crashed',
]);

/** The probe the server uses: the pool first, ffprobe where the pool can't read the media file or its answer has holes. */
export class Prober implements MediaProbe, Inspector {
  private readonly processes = new WorkLimit(PROCESSES);

  constructor(
    private readonly pool: Inspector,
    private readonly fallback: MediaProbe,
  ) {}

  async probe(path: string, options?: ProbeOptions): Promise<MediaInfo> {
    const { media } = await this.inspect(path, options);
    if (!media.ok) throw media.failure;
    return media.info;
  }

  async inspect(path: string, options?: ProbeOptions): Promise<Inspection> {
    const inspection = await this.pool.inspect(path, options);
    const { media } = inspection;
    if (media.ok ? isComplete(media.info) : !worthASecondOpinion.has(media.failure.code)) return inspection;
    try {
      return { ...inspection, media: { ok: true, info: await this.secondOpinion(path, options) } };
    } catch (error) {
      if (!(error instanceof ProbeFailed)) throw error;
      if (error.code === 'cancelled') throw error;
      // Of two failures the first to name damage is the more telling one.
      if (media.ok || media.failure.code !== 'not-media') return inspection;
      return { ...inspection, media: { ok: false, failure: error } };
    }
  }

  private async secondOpinion(path: string, options?: ProbeOptions): Promise<MediaInfo> {
    const cancelled = (): ProbeFailed => new ProbeFailed('cancelled', 'The probe was cancelled.');
    const release = await this.processes.acquire(options).catch(() => Promise.reject(cancelled()));
    try {
      return await this.fallback.probe(path, options);
    } finally {
      release();
    }
  }
}

/** Whether everything a playback decision needs is there. */
export function isComplete({ durationSeconds, streams }: MediaInfo): boolean {
  if (durationSeconds === null) return false;
  return streams.every((stream) => {
    if (stream.codec === 'unknown' && stream.kind !== 'attachment') return false;
    if (stream.kind === 'audio') return stream.channels > 0 && stream.sampleRate > 0;
    if (stream.kind !== 'video') return true;
    return (
      stream.width > 0 &&
      stream.height > 0 &&
      (stream.codecString !== null || !/^(h264|hevc|av1|vp9)$/.test(stream.codec))
    );
  });
}
