import type { MediaInfo } from './media-info.js';

/** Port: reads what a media file is made of. Adapters: in process, ffprobe, and the pool that combines them. */
export interface MediaProbe {
  /** @param path absolute path of a file. @throws ProbeFailed (and nothing else). */
  probe(path: string, options?: ProbeOptions): Promise<MediaInfo>;
}

/** Port: everything a scan wants to know of one file, from one open. */
export interface Inspector {
  inspect(path: string, options?: ProbeOptions): Promise<Inspection>;
}

export type ProbeOptions = { readonly signal?: AbortSignal };

export type Inspection = Readonly<{
  /** bytes */
  size: number;
  /** milliseconds since the epoch, as in `fs.Stats.mtimeMs` */
  modifiedMs: number;
  inode: string;
  device: string;
  /** See `fingerprint.ts`; equal for equal contents wherever the file lies. */
  fingerprint: string;
  media: ProbeOutcome;
}>;

/** A file that cannot be probed still has a size and a fingerprint: the library lists it with the reason. */
export type ProbeOutcome =
  { readonly ok: true; readonly info: MediaInfo } | { readonly ok: false; readonly failure: ProbeFailed };

export type ProbeFailureCode =
  | 'not-found'
  | 'unreadable'
  | 'empty'
  | 'not-media'
  | 'damaged'
  | 'no-streams'
  /** Only reading all of it would tell, and it is not here. */
  | 'unindexed'
  | 'timeout'
  | 'cancelled'
  | 'busy'
  | 'ffprobe-missing'
  | 'probe-crashed';

/** The one error of a probe: a stable code and a reason to show to a person. */
export class ProbeFailed extends Error {
  override readonly name = 'ProbeFailed';

  constructor(
    readonly code: ProbeFailureCode,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(`${code}: ${reason}`, options);
  }
}
