import { playbackSession, playMethod, qualityName } from '@hearth/contract/playback';
import { z } from 'zod';
import type { Delivery } from '../transcoding/decision/decision.service.js';

/** What was decided for a session, as it is kept with it: enough to tell it, and to go on, after a restart. */
const sessionPlan = z.object({
  method: playMethod,
  reasons: z.array(z.string()),
  streams: playbackSession.shape.streams,
  quality: qualityName,
  /** Ids, the picture first; none for a direct play. */
  renditions: z.array(z.string()),
  failureKey: z.string(),
});
export type SessionPlan = z.infer<typeof sessionPlan>;

export function planOf({
  method,
  reasons,
  video,
  audio,
  subtitle,
  quality,
  renditions,
  failureKey,
}: Delivery): SessionPlan {
  return { method, reasons, streams: { video, audio, subtitle }, quality, renditions, failureKey };
}

/** Sessions of older versions have none: they were played as they are. */
export function readPlan(stored: unknown): SessionPlan {
  const plan = sessionPlan.safeParse(stored);
  if (plan.success) return plan.data;
  const streams = { video: null, audio: [], subtitle: null };
  return { method: 'direct', reasons: [], streams, quality: 'original', renditions: [], failureKey: '' };
}
