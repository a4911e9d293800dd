import { z } from 'zod';
import { id, idParams, page, pageQuery, timestamp } from './common.js';
import { defineRoute } from './route.js';
import { image } from './title.js';

const artistName = z.object({ id, name: z.string() });

export const albumCard = z.object({
  id,
  name: z.string(),
  artist: artistName.nullable(),
  year: z.int().nullable(),
  genres: z.array(z.string()),
  cover: image.nullable(),
  trackCount: z.int(),
  durationSeconds: z.number(),
  available: z.boolean(),
  addedAt: timestamp,
});
export type AlbumCard = z.infer<typeof albumCard>;

export const track = z.object({
  id,
  albumId: id,
  name: z.string(),
  artists: z.array(artistName),
  discNumber: z.int().nullable(),
  number: z.int().nullable(),
  durationSeconds: z.number(),
  codec: z.string(),
  /** Bits per second. */
  bitrate: z.number().nullable(),
  /** ReplayGain of the track, dB. */
  gain: z.number().nullable(),
  available: z.boolean(),
  /** Signed; a file, or AAC in MP4 made from one that the browser can't play. */
  url: z.string(),
  contentType: z.string(),
});
export type Track = z.infer<typeof track>;

export const albumDetail = albumCard.extend({ libraryId: id, tracks: z.array(track) });
export type AlbumDetail = z.infer<typeof albumDetail>;

export const artistCard = z.object({
  id,
  name: z.string(),
  albumCount: z.int(),
  trackCount: z.int(),
  image: image.nullable(),
});
export type ArtistCard = z.infer<typeof artistCard>;

export const musicRoutes = {
  albums: defineRoute({
    method: 'GET',
    path: '/api/music/albums',
    access: 'member',
    summary: 'Albums, sorted and paged by keyset.',
    query: pageQuery.extend({
      q: z.string().trim().max(200).optional(),
      artistId: id.optional(),
      genre: z.string().max(100).optional(),
      sort: z.enum(['name', 'artist', 'added', 'year']).default('name'),
    }),
    reply: page(albumCard),
  }),
  album: defineRoute({
    method: 'GET',
    path: '/api/music/albums/:id',
    access: 'member',
    summary: 'An album with its tracks.',
    params: idParams,
    reply: albumDetail,
  }),
  artists: defineRoute({
    method: 'GET',
    path: '/api/music/artists',
    access: 'member',
    summary: 'Artists by name.',
    query: pageQuery.extend({ q: z.string().trim().max(200).optional() }),
    reply: page(artistCard),
  }),
  artist: defineRoute({
    method: 'GET',
    path: '/api/music/artists/:id',
    access: 'member',
    summary: 'An artist with the albums.',
    params: idParams,
    reply: artistCard.extend({ albums: z.array(albumCard) }),
  }),
};
