import type { AudioStream, VideoStream } from '../../ffmpeg/media-info.js';
import type { CutSpan } from './track-source.js';
import { RemuxFailed, type RemuxFailureCode } from './remux-failure.js';

/** What the pool and its threads say to each other: errors as plain values, for a clone loses their class. */
export interface RemuxRequest {
  readonly path: string;
  readonly contentKey: string;
  readonly stream: VideoStream | AudioStream;
  readonly piece: 'init' | (CutSpan & { readonly sequence: number });
}

export type RemuxReply =
  | { readonly bytes: Uint8Array }
  | { readonly failure: { readonly code: RemuxFailureCode; readonly reason: string } };

/** @throws RemuxFailed */
export function bytesFrom(reply: RemuxReply): Uint8Array {
  if ('failure' in reply) throw new RemuxFailed(reply.failure.code, reply.failure.reason);
  return reply.bytes;
}
