import { z } from 'zod';

/** One step of “why am I waiting”, in ms from the request to play; `endMs` is null while it lasts. */
export const waitStep = z.object({
  step: z.enum([
    'decision',
    'index',
    'queue',
    'encoder-start',
    'first-segment',
    'peers',
    'metadata',
    'head-piece',
  ]),
  startMs: z.number(),
  endMs: z.number().nullable(),
});
export type WaitStep = z.infer<typeof waitStep>;

/** One encoder or packager that works for a session. */
export const renditionActivity = z.object({
  renditionId: z.string(),
  state: z.enum(['idle', 'queued', 'running', 'throttled', 'failed']),
  /** 1 is next; null when not waiting. */
  queuePosition: z.int().nullable(),
  /** Frames a second, and times real time; null while unknown. */
  framesPerSecond: z.number().nullable(),
  speed: z.number().nullable(),
  /** `libx264`, `h264_vaapi`…, null for copies. */
  encoder: z.string().nullable(),
  /** Share of one core, 0–1 and above; null where it cannot be measured. */
  cpu: z.number().nullable(),
  /** Seconds of media ready beyond what was last asked for. */
  aheadSeconds: z.number(),
  error: z.string().nullable(),
});
export type RenditionActivity = z.infer<typeof renditionActivity>;
