import { z } from 'zod';
import { id, idParams } from './common.js';
import { defineRoute } from './route.js';

/** What can be sent to a screen; torrents join later by the same shape. */
export const castItem = z
  .object({
    titleId: id.optional(),
    episodeId: id.optional(),
    fileId: id.optional(),
    trackId: id.optional(),
    photoId: id.optional(),
  })
  .refine((item) => Object.values(item).filter(Boolean).length === 1, {
    message: 'exactly one id is needed',
  });
export type CastItem = z.infer<typeof castItem>;

/** A UPnP renderer in the house, and what it does. */
export const renderer = z.object({
  id,
  name: z.string(),
  model: z.string(),
  /** `lost`: it was playing for somebody and answers no more; without an item: it has left the house. */
  state: z.enum(['idle', 'loading', 'playing', 'paused', 'stopped', 'lost']),
  /** Who sent what is playing; null when nothing of ours is. */
  accountId: id.nullable(),
  item: z.object({ name: z.string(), titleId: id.nullable(), episodeId: id.nullable() }).nullable(),
  positionSeconds: z.number(),
  durationSeconds: z.number(),
  /** 0–100; null where it has no volume. */
  volume: z.number().nullable(),
  muted: z.boolean(),
  /** What comes after. */
  queue: z.array(z.object({ name: z.string() })),
  canPause: z.boolean(),
  canSeek: z.boolean(),
  /** What went wrong the last time, in words a person can read. */
  problem: z.string().nullable(),
});
export type Renderer = z.infer<typeof renderer>;

const command = {
  access: 'member' as const,
  status: 200 as const,
  params: idParams,
  reply: renderer,
};

export const rendererRoutes = {
  list: defineRoute({
    method: 'GET',
    path: '/api/renderers',
    access: 'member',
    summary: 'Screens and speakers in the house that something can be played on.',
    query: z.object({ refresh: z.enum(['true', 'false']).default('false') }),
    reply: z.object({ items: z.array(renderer) }),
  }),
  play: defineRoute({
    ...command,
    method: 'POST',
    path: '/api/renderers/:id/play',
    summary: 'Plays there: the first now, the others after it.',
    body: z.object({
      items: z.array(castItem).min(1).max(200),
      /** Left out: where the person stopped. */
      positionSeconds: z.number().min(0).max(1e7).optional(),
      /** Also while somebody else plays something there, which otherwise is refused with `RENDERER_IN_USE`. */
      takeOver: z.boolean().optional(),
    }),
  }),
  enqueue: defineRoute({
    ...command,
    method: 'POST',
    path: '/api/renderers/:id/queue',
    summary: 'Plays after what is there.',
    body: z.object({ items: z.array(castItem).min(1).max(200) }),
  }),
  control: defineRoute({
    ...command,
    method: 'POST',
    path: '/api/renderers/:id/control',
    summary: 'Pause, go on, stop, next, previous.',
    body: z.object({ action: z.enum(['pause', 'resume', 'stop', 'next', 'previous']) }),
  }),
  seek: defineRoute({
    ...command,
    method: 'PUT',
    path: '/api/renderers/:id/position',
    summary: 'Seeks.',
    body: z.object({ positionSeconds: z.number().min(0).max(1e7) }),
  }),
  volume: defineRoute({
    ...command,
    method: 'PUT',
    path: '/api/renderers/:id/volume',
    summary: 'Volume and mute.',
    body: z.object({ volume: z.number().min(0).max(100).optional(), muted: z.boolean().optional() }),
  }),
};
