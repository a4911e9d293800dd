import { ProbeFailed, type ProbeFailureCode } from '../../ffmpeg/media-probe.js';
import { inspectionFrom, toReply, type WorkerReply } from '../../ffmpeg/probe-messages.js';
import type { MusicReading, MusicTags, PhotoReading } from './tag-reader.port.js';

/** What the pool and its threads say to each other: errors as plain values, for a clone loses their class. */
export interface TagRequest {
  readonly task: 'music' | 'photo' | 'picture';
  readonly path: string;
}
interface PlainMusic {
  readonly probed: WorkerReply;
  readonly tags: MusicTags | null;
}
export type TagReply =
  | { readonly music: PlainMusic }
  | { readonly photo: PhotoReading }
  | { readonly picture: Uint8Array | null }
  | { readonly failure: { readonly code: ProbeFailureCode; readonly reason: string } };

export const plainMusic = ({ inspection, tags }: MusicReading): PlainMusic => ({
  probed: toReply(inspection),
  tags,
});

const wrong = (reply: TagReply): ProbeFailed =>
  'failure' in reply
    ? new ProbeFailed(reply.failure.code, reply.failure.reason)
    : new ProbeFailed('probe-crashed', 'The reader of tags answered another question.');

/** @throws ProbeFailed */
export function musicFrom(reply: TagReply): MusicReading {
  if (!('music' in reply)) throw wrong(reply);
  return { inspection: inspectionFrom(reply.music.probed), tags: reply.music.tags };
}

/** @throws ProbeFailed */
export function photoFrom(reply: TagReply): PhotoReading {
  if (!('photo' in reply)) throw wrong(reply);
  return reply.photo;
}

/** @throws ProbeFailed */
export function pictureFrom(reply: TagReply): Uint8Array | null {
  if (!('picture' in reply)) throw wrong(reply);
  return reply.picture;
}
