import { z } from 'zod';
import { id, idParams, timestamp } from './common.js';
import { qualityName } from './playback.js';
import { signature } from './media.js';
import { defineRoute } from './route.js';

/** A film or episode to take along, or a smaller version kept on the server so that it never has to be made again. */
export const download = z.object({
  id,
  fileId: id,
  titleId: id,
  titleName: z.string(),
  episodeId: id.nullable(),
  quality: qualityName,
  state: z.enum(['waiting', 'converting', 'ready', 'failed']),
  /** 0–100 while it is converted, else null. */
  progress: z.number().nullable(),
  /** Bytes; about, until it is ready. */
  size: z.number(),
  /** Signed; ranges are answered, so that an interrupted download goes on. Empty until it is ready. */
  url: z.string(),
  /** To save it under. */
  fileName: z.string(),
  /** Never thrown out to make room. */
  kept: z.boolean(),
  error: z.string().nullable(),
  createdAt: timestamp,
});
export type Download = z.infer<typeof download>;

export const downloadRoutes = {
  list: defineRoute({
    method: 'GET',
    path: '/api/downloads',
    access: 'member',
    summary: 'What you asked for, newest first.',
    reply: z.object({ items: z.array(download) }),
  }),
  create: defineRoute({
    method: 'POST',
    path: '/api/downloads',
    access: 'member',
    summary: 'Asks for a file at a quality: `original` is ready at once, others are converted first.',
    status: 201,
    body: z.object({ fileId: id, quality: qualityName }),
    reply: download,
  }),
  remove: defineRoute({
    method: 'DELETE',
    path: '/api/downloads/:id',
    access: 'member',
    summary: 'Takes it off your list; a conversion that nobody else wants ends.',
    status: 204,
    params: idParams,
  }),
  versions: defineRoute({
    method: 'GET',
    path: '/api/versions',
    access: 'admin',
    summary: 'Smaller versions that were made and lie on the server.',
    reply: z.object({ items: z.array(download), bytes: z.number() }),
  }),
  optimise: defineRoute({
    method: 'POST',
    path: '/api/versions',
    access: 'admin',
    summary: 'Makes a smaller version and keeps it: who needs that quality plays it without any converting.',
    status: 201,
    body: z.object({ fileId: id, quality: z.string().regex(/^\d{2,4}p$/, 'a height such as 720p') }),
    reply: download,
  }),
  removeVersion: defineRoute({
    method: 'DELETE',
    path: '/api/versions/:id',
    access: 'admin',
    summary: 'Deletes a version that was made; the file itself is never touched.',
    status: 204,
    params: idParams,
  }),
  bytes: defineRoute({
    method: 'GET',
    path: '/api/media/versions/:id',
    access: 'signed',
    summary: 'The bytes of a version (RFC 9110 ranges, HEAD).',
    params: idParams,
    query: z.object(signature),
    produces: 'video/mp4',
  }),
};
