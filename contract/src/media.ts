import { z } from 'zod';
import { id, idParams } from './common.js';
import { defineRoute } from './route.js';

/** Names a session and what may be streamed under it, signed: everything below it needs no other right. */
const ticket = z.string().regex(/^[A-Za-z0-9._-]{16,480}$/, 'not a ticket');
/** What makes an address signed. */
export const signature = { user: id, expires: z.coerce.number().int(), signature: z.string().max(128) };

/** Bytes for media elements, which cannot send headers: their addresses are signed. */
export const mediaRoutes = {
  multivariant: defineRoute({
    method: 'GET',
    path: '/api/hls/:ticket/master.m3u8',
    access: 'ticket',
    summary: 'HLS multivariant playlist (RFC 8216) of a session.',
    params: z.object({ ticket }),
    produces: 'application/vnd.apple.mpegurl',
  }),
  dashManifest: defineRoute({
    method: 'GET',
    path: '/api/hls/:ticket/manifest.mpd',
    access: 'ticket',
    summary: 'MPEG-DASH manifest of the same segments.',
    params: z.object({ ticket }),
    produces: 'application/dash+xml',
  }),
  /** `piece`: `index.m3u8`, `init.mp4`, `<number>.m4s`; for subtitles `index.m3u8` and `subtitles.vtt`. */
  renditionPiece: defineRoute({
    method: 'GET',
    path: '/api/hls/:ticket/:rendition/:piece',
    access: 'ticket',
    summary: 'Media playlist, initialisation or media segment of one rendition.',
    params: z.object({
      ticket,
      rendition: z.string().regex(/^[vas]\d{0,4}[A-Za-z0-9_-]{0,80}$/, 'not a rendition'),
      piece: z
        .string()
        .regex(/^(index\.m3u8|init\.mp4|subtitles\.vtt|\d{1,6}\.m4s)$/, 'not a piece of a rendition'),
    }),
    produces: 'video/mp4',
  }),
  mediaFile: defineRoute({
    method: 'GET',
    path: '/api/media/files/:id',
    access: 'signed',
    summary: 'A file’s bytes (RFC 9110 ranges, HEAD).',
    params: idParams,
    query: z.object(signature),
    produces: 'application/octet-stream',
  }),
  subtitle: defineRoute({
    method: 'GET',
    path: '/api/media/files/:id/subtitles/:track',
    access: 'signed',
    summary:
      'A subtitle track as WebVTT, or as it is: ASS text, PGS as a `.sup` file. `track`: a stream index or an external file’s id.',
    params: z.object({ id, track: id }),
    query: z.object({ ...signature, format: z.enum(['vtt', 'ass', 'pgs']).default('vtt') }),
    produces: 'text/vtt',
  }),
  font: defineRoute({
    method: 'GET',
    path: '/api/media/files/:id/fonts/:index',
    access: 'signed',
    summary: 'A font attached to a file, for ASS subtitles, by its stream index.',
    params: z.object({ id, index: z.coerce.number().int().min(0).max(9999) }),
    query: z.object(signature),
    produces: 'font/ttf',
  }),
  thumbnailTrack: defineRoute({
    method: 'GET',
    path: '/api/media/files/:id/thumbnails.vtt',
    access: 'signed',
    summary: 'Seek thumbnails as WebVTT: cues are pieces of sprites (`#xywh=`).',
    params: idParams,
    query: z.object(signature),
    produces: 'text/vtt',
  }),
  thumbnailSprite: defineRoute({
    method: 'GET',
    path: '/api/media/files/:id/thumbnails/:sprite',
    access: 'signed',
    summary: 'One sprite of seek thumbnails.',
    params: z.object({ id, sprite: z.string().regex(/^\d{3,4}\.jpg$/, 'not a sprite') }),
    query: z.object(signature),
    produces: 'image/jpeg',
  }),
  image: defineRoute({
    method: 'GET',
    path: '/api/images/:id',
    access: 'signed',
    summary: 'A picture at one of the served widths.',
    params: idParams,
    query: z.object({ ...signature, width: z.coerce.number().int().positive().max(3840).optional() }),
    produces: 'image/webp',
  }),
};
