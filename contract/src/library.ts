import { z } from 'zod';
import { id, idParams, page, pageQuery, timestamp } from './common.js';
import { defineRoute } from './route.js';

export const libraryKind = z.enum(['movies', 'series', 'music', 'photos', 'mixed']);
export type LibraryKind = z.infer<typeof libraryKind>;

/** An absolute path on the server. */
export const folderPath = z
  .string()
  .min(1)
  .max(4096)
  .startsWith('/', 'an absolute path, such as /media/films');

export const libraryDraft = z.object({
  name: z.string().trim().min(1).max(100),
  kind: libraryKind,
  path: folderPath,
});
export type LibraryDraft = z.infer<typeof libraryDraft>;

export const library = z.object({
  id,
  name: z.string(),
  kind: libraryKind,
  /** Paths are for administrators only; empty for everyone else. */
  folders: z.array(z.object({ id, path: z.string(), available: z.boolean() })),
  /** Films and series. */
  titleCount: z.int(),
  albumCount: z.int().optional(),
  trackCount: z.int().optional(),
  photoCount: z.int().optional(),
  fileCount: z.int(),
  unavailableCount: z.int(),
  unmatchedCount: z.int(),
  failedCount: z.int(),
  lastScanAt: timestamp.nullable(),
  /** The running or waiting scan, if any. */
  scanJobId: id.nullable(),
});
export type Library = z.infer<typeof library>;

/** A file that needs a person: its name said too little, or it could not be read. */
export const attentionFile = z.object({
  id,
  libraryId: id,
  /** Path below the library's folder. */
  relativePath: z.string(),
  size: z.number(),
  state: z.enum(['unmatched', 'failed']),
  reason: z.string(),
  /** What it is by its name’s ending; only a video can be matched. */
  media: z.enum(['video', 'audio', 'image']),
  addedAt: timestamp,
  guess: z.object({
    kind: z.enum(['movie', 'episode', 'unknown']),
    name: z.string().nullable(),
    year: z.int().nullable(),
    season: z.int().nullable(),
    episodes: z.array(z.int()),
  }),
});
export type AttentionFile = z.infer<typeof attentionFile>;

export const fileMatch = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('movie'),
    name: z.string().trim().min(1).max(300),
    year: z.int().min(1870).max(2200).nullable(),
  }),
  z.object({
    kind: z.literal('episode'),
    name: z.string().trim().min(1).max(300),
    year: z.int().min(1870).max(2200).nullable(),
    season: z.int().min(0).max(9999),
    episodes: z.array(z.int().min(0).max(99999)).min(1).max(50),
  }),
]);
export type FileMatch = z.infer<typeof fileMatch>;

export const libraryRoutes = {
  list: defineRoute({
    method: 'GET',
    path: '/api/libraries',
    access: 'member',
    summary: 'Libraries with their counts.',
    reply: z.object({ items: z.array(library) }),
  }),
  create: defineRoute({
    method: 'POST',
    path: '/api/libraries',
    access: 'admin',
    summary: 'Adds a library and starts its first scan.',
    status: 201,
    body: libraryDraft,
    reply: library,
  }),
  update: defineRoute({
    method: 'PATCH',
    path: '/api/libraries/:id',
    access: 'admin',
    summary: 'Renames a library, or adds and removes folders.',
    params: idParams,
    body: z.object({
      name: z.string().trim().min(1).max(100).optional(),
      addFolder: folderPath.optional(),
      removeFolderId: id.optional(),
    }),
    reply: library,
  }),
  remove: defineRoute({
    method: 'DELETE',
    path: '/api/libraries/:id',
    access: 'admin',
    summary: 'Forgets a library. Files on disk are never touched.',
    status: 204,
    params: idParams,
  }),
  scan: defineRoute({
    method: 'POST',
    path: '/api/libraries/:id/scan',
    access: 'admin',
    summary: 'Starts a scan, or answers with the one already under way.',
    status: 202,
    params: idParams,
    body: z.object({ full: z.boolean().default(false) }).default({ full: false }),
    reply: z.object({ jobId: id }),
  }),
  forgetMissing: defineRoute({
    method: 'POST',
    path: '/api/libraries/:id/forget-missing',
    access: 'admin',
    summary: 'The administrator’s word: drops files that are gone, and titles with no file left.',
    params: idParams,
    reply: z.object({ files: z.int(), titles: z.int() }),
  }),
  attention: defineRoute({
    method: 'GET',
    path: '/api/files/attention',
    access: 'admin',
    summary: 'Files that could not be matched or read, with the reason.',
    query: pageQuery.extend({ libraryId: id.optional(), state: z.enum(['unmatched', 'failed']).optional() }),
    reply: page(attentionFile),
  }),
  match: defineRoute({
    method: 'POST',
    path: '/api/files/:id/match',
    access: 'admin',
    summary: 'Says what a file is; the choice outlives every later scan.',
    params: idParams,
    body: z.object({ match: fileMatch }),
    reply: z.object({ titleId: id }),
  }),
};
