import type { MediaInfo } from './media-info.js';
import { ProbeFailed, type Inspection, type ProbeFailureCode } from './media-probe.js';

/** What the pool and its threads say to each other: errors as plain values, for a clone loses their class. */
export type WorkerRequest = { readonly path: string };
type Failure = { readonly code: ProbeFailureCode; readonly reason: string };
type PlainInspection = Omit<Inspection, 'media'> & {
  readonly media: { readonly info: MediaInfo } | { readonly failure: Failure };
};
export type WorkerReply = { readonly inspection: PlainInspection } | { readonly failure: Failure };

export function toReply(inspection: Inspection): WorkerReply {
  const { media } = inspection;
  if (media.ok) return { inspection: { ...inspection, media: { info: media.info } } };
  const { code, reason } = media.failure;
  return { inspection: { ...inspection, media: { failure: { code, reason } } } };
}

/** @throws ProbeFailed if the file could not even be opened. */
export function fromReply(reply: WorkerReply): Inspection {
  if ('failure' in reply) throw new ProbeFailed(reply.failure.code, reply.failure.reason);
  const { media, ...identity } = reply.inspection;
  if ('info' in media) return { ...identity, media: { ok: true, info: media.info } };
  return {
    ...identity,
    media: { ok: false, failure: new ProbeFailed(media.failure.code, media.failure.reason) },
  };
}
