import type { ByteSpan } from './indexed-attachment.js';
import type { KeyframeFacts } from './keyframe-facts.js';
import type { MediaInfo } from './media-info.js';
import { ProbeFailed, type Inspection, type ProbeFailureCode } from './media-probe.js';
import type { PresentBytes, PresentLines } from './present-lines.js';

/** What the pool and its threads say to each other: errors as plain values, for a clone loses their class. */
export type WorkerRequest =
  | { readonly task: 'inspect'; readonly path: string }
  | { readonly task: 'subtitles'; readonly path: string; readonly streamIndex: number }
  | { readonly task: 'keyframes'; readonly path: string; readonly streamIndex: number }
  | {
      readonly task: 'original';
      readonly path: string;
      readonly streamIndex: number;
      readonly aspect: number | null;
    }
  | {
      readonly task: 'present';
      readonly bytes: PresentBytes;
      readonly streamIndex: number;
      readonly known: readonly number[];
    }
  | { readonly task: 'attachment'; readonly path: string; readonly streamIndex: number };
type Failure = { readonly code: ProbeFailureCode; readonly reason: string };
type PlainInspection = Omit<Inspection, 'media'> & {
  readonly media: { readonly info: MediaInfo } | { readonly failure: Failure };
};
export type WorkerReply =
  | { readonly inspection: PlainInspection }
  /** null: the container's index does not list the track */
  | { readonly subtitles: string | null }
  /** null: the container has no index of key frames */
  | { readonly keyframes: KeyframeFacts | null }
  /** null: the container's index does not list the track, or it has no form of its own */
  | { readonly original: Uint8Array | null }
  /** null: the container's index does not list the track */
  | { readonly present: PresentLines | null }
  /** null: no attached file has this number */
  | { readonly attachment: ByteSpan | null }
  | { readonly failure: Failure };
type ReplyKey = 'inspection' | 'subtitles' | 'keyframes' | 'original' | 'present' | 'attachment';

export function toReply(inspection: Inspection): WorkerReply {
  const { media } = inspection;
  if (media.ok) return { inspection: { ...inspection, media: { info: media.info } } };
  const { code, reason } = media.failure;
  return { inspection: { ...inspection, media: { failure: { code, reason } } } };
}

/** @throws ProbeFailed if the file could not even be opened. */
export function inspectionFrom(reply: WorkerReply): Inspection {
  const { media, ...identity } = expect(reply, 'inspection').inspection;
  if ('info' in media) return { ...identity, media: { ok: true, info: media.info } };
  return {
    ...identity,
    media: { ok: false, failure: new ProbeFailed(media.failure.code, media.failure.reason) },
  };
}

/** @throws ProbeFailed */
export function subtitlesFrom(reply: WorkerReply): string | null {
  return expect(reply, 'subtitles').subtitles;
}

/** @throws ProbeFailed */
export function keyframesFrom(reply: WorkerReply): KeyframeFacts | null {
  return expect(reply, 'keyframes').keyframes;
}

/** @throws ProbeFailed */
export function originalFrom(reply: WorkerReply): Uint8Array | null {
  return expect(reply, 'original').original;
}

/** @throws ProbeFailed */
export function presentFrom(reply: WorkerReply): PresentLines | null {
  return expect(reply, 'present').present;
}

/** @throws ProbeFailed */
export function attachmentFrom(reply: WorkerReply): ByteSpan | null {
  return expect(reply, 'attachment').attachment;
}

function expect<K extends ReplyKey>(reply: WorkerReply, key: K): Extract<WorkerReply, Record<K, unknown>> {
  if ('failure' in reply) throw new ProbeFailed(reply.failure.code, reply.failure.reason);
  if (!isReply(reply, key)) throw new ProbeFailed('probe-crashed', 'The probe answered another question.');
  return reply;
}

function isReply<K extends ReplyKey>(
  reply: WorkerReply,
  key: K,
): reply is Extract<WorkerReply, Record<K, unknown>> {
  return key in reply;
}
