import { z } from 'zod';
import { id, idParams, timestamp } from './common.js';
import { image } from './image.js';
import { foundTrack } from './music.js';
import { defineRoute } from './route.js';

/** Places that one playlist has at most. */
export const mostPlaylistEntries = 10_000;

export const playlistCard = z.object({
  id,
  name: z.string(),
  /** Yours, and to be changed; others are files in libraries of music and stay as they are. */
  own: z.boolean(),
  /** Of the first track that has one. */
  cover: image.nullable(),
  /** Without what is missing. */
  trackCount: z.int(),
  durationSeconds: z.number(),
  updatedAt: timestamp,
});
export type PlaylistCard = z.infer<typeof playlistCard>;

export const playlistEntry = z.object({
  id,
  name: z.string(),
  durationSeconds: z.number().nullable(),
  /** Null where there is no such track in the libraries. */
  track: foundTrack.nullable(),
});
export type PlaylistEntry = z.infer<typeof playlistEntry>;

export const playlistDetail = playlistCard.extend({ entries: z.array(playlistEntry) });
export type PlaylistDetail = z.infer<typeof playlistDetail>;

const name = z.string().trim().min(1).max(200);
const trackIds = z.array(id).max(1000);

export const playlistRoutes = {
  list: defineRoute({
    method: 'GET',
    path: '/api/playlists',
    access: 'member',
    summary: 'Your own playlists and those in libraries of music, by name.',
    reply: z.object({ items: z.array(playlistCard) }),
  }),
  create: defineRoute({
    method: 'POST',
    path: '/api/playlists',
    access: 'member',
    summary: 'Makes a playlist of your own.',
    status: 201,
    body: z.object({ name, trackIds: trackIds.default([]) }),
    reply: playlistCard,
  }),
  detail: defineRoute({
    method: 'GET',
    path: '/api/playlists/:id',
    access: 'member',
    summary: 'A playlist with all that is in it, missing tracks too.',
    params: idParams,
    reply: playlistDetail,
  }),
  rename: defineRoute({
    method: 'PATCH',
    path: '/api/playlists/:id',
    access: 'member',
    summary: 'Renames one of your own.',
    status: 204,
    params: idParams,
    body: z.object({ name }),
  }),
  remove: defineRoute({
    method: 'DELETE',
    path: '/api/playlists/:id',
    access: 'member',
    summary: 'Deletes one of your own.',
    status: 204,
    params: idParams,
  }),
  append: defineRoute({
    method: 'POST',
    path: '/api/playlists/:id/entries',
    access: 'member',
    summary: 'Adds tracks at the end of one of your own.',
    status: 204,
    params: idParams,
    body: z.object({ trackIds: trackIds.min(1) }),
  }),
  arrange: defineRoute({
    method: 'PUT',
    path: '/api/playlists/:id/entries',
    access: 'member',
    summary: 'Keeps these entries of one of your own, in this order; what is not named is taken out.',
    status: 204,
    params: idParams,
    body: z.object({ entryIds: z.array(id).max(mostPlaylistEntries) }),
  }),
};
