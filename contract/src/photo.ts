import { z } from 'zod';
import { id, idParams, page, pageQuery } from './common.js';
import { image } from './image.js';
import { defineRoute } from './route.js';

/** A folder of photos, or a month of them. */
export const photoAlbumCard = z.object({
  id,
  name: z.string(),
  kind: z.enum(['folder', 'month']),
  photoCount: z.int(),
  cover: image.nullable(),
  /** When the first and the last of them was taken: local times of the cameras, without zone, as ISO 8601. */
  from: z.string().nullable(),
  to: z.string().nullable(),
});
export type PhotoAlbumCard = z.infer<typeof photoAlbumCard>;

export const photo = z.object({
  id,
  name: z.string(),
  /** Local time of the camera, without zone, as ISO 8601; the file’s time where EXIF says nothing. */
  takenAt: z.string(),
  camera: z.string().nullable(),
  /** As shown, after EXIF's orientation. */
  image,
  /** Signed address of the file as it is. */
  originalUrl: z.string(),
  available: z.boolean(),
});
export type Photo = z.infer<typeof photo>;

export const photoRoutes = {
  albums: defineRoute({
    method: 'GET',
    path: '/api/photos/albums',
    access: 'member',
    summary: 'Photo albums: by folder or by month, newest first.',
    query: pageQuery.extend({ kind: z.enum(['folder', 'month']).default('folder') }),
    reply: page(photoAlbumCard),
  }),
  album: defineRoute({
    method: 'GET',
    path: '/api/photos/albums/:id',
    access: 'member',
    summary: 'One photo album.',
    params: idParams,
    reply: photoAlbumCard,
  }),
  list: defineRoute({
    method: 'GET',
    path: '/api/photos',
    access: 'member',
    summary: 'Photos of an album, or all, by the time they were taken.',
    query: pageQuery.extend({
      albumId: id.optional(),
      q: z.string().trim().max(200).optional(),
      order: z.enum(['asc', 'desc']).default('asc'),
    }),
    reply: page(photo),
  }),
};
