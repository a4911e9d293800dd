import { z } from 'zod';
import { id, idParams, page, pageQuery, timestamp } from './common.js';
import { image } from './image.js';
import { signature } from './media.js';
import { defineRoute } from './route.js';

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
  /** Signed; the file, or FLAC (of lossless ones) or AAC in MP4 made from one that browsers can't play. */
  url: z.string(),
  contentType: z.string(),
});
export type Track = z.infer<typeof track>;

/** A track that was searched for, with what it is from. */
export const foundTrack = track.extend({ albumName: z.string(), cover: image.nullable() });
export type FoundTrack = z.infer<typeof foundTrack>;

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
  genres: defineRoute({
    method: 'GET',
    path: '/api/music/genres',
    access: 'member',
    summary: 'Genres of albums by name, with counts.',
    reply: z.object({ items: z.array(z.object({ genre: z.string(), albumCount: z.int() })) }),
  }),
  audio: defineRoute({
    method: 'GET',
    path: '/api/media/tracks/:id/audio',
    access: 'signed',
    summary:
      'A track that browsers cannot play, converted once: FLAC of lossless ones, else AAC in MP4. Ranges, HEAD.',
    params: idParams,
    query: z.object(signature),
    produces: 'audio/mp4',
  }),
};
