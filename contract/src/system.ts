import { z } from 'zod';
import { defineRoute } from './route.js';
import { timestamp } from './common.js';

export const systemInfo = z.object({ name: z.string(), version: z.string(), setupCompleted: z.boolean() });
export type SystemInfo = z.infer<typeof systemInfo>;

export const health = z.object({
  status: z.literal('ok'),
  activeTorrents: z.int(),
  activeStreams: z.int(),
  downloadSpeed: z.number(),
  uploadSpeed: z.number(),
});
export type Health = z.infer<typeof health>;

/** What the folder browser shows: only directories that the server can read. */
export const folderListing = z.object({
  path: z.string(),
  parent: z.string().nullable(),
  folders: z.array(z.object({ name: z.string(), path: z.string() })),
  /** Media files directly inside, so that a person recognises the place; at most 5 names. */
  sampleFiles: z.array(z.string()),
  truncated: z.boolean(),
});
export type FolderListing = z.infer<typeof folderListing>;

export const systemStatus = z.object({
  version: z.string(),
  nodeVersion: z.string(),
  startedAt: timestamp,
  uptimeSeconds: z.number(),
  memoryBytes: z.number(),
  cpuPercent: z.number(),
  eventLoopDelayMs: z.number(),
  database: z.object({ kind: z.enum(['sqlite', 'postgres']), sizeBytes: z.number().nullable() }),
  queue: z.enum(['database', 'redis']),
  ffmpeg: z.object({ available: z.boolean(), version: z.string().nullable() }),
  disks: z.array(z.object({ name: z.string(), totalBytes: z.number(), freeBytes: z.number() })),
  counts: z.object({ titles: z.int(), files: z.int(), unavailableFiles: z.int(), accounts: z.int() }),
});
export type SystemStatus = z.infer<typeof systemStatus>;

export const logLevel = z.enum(['debug', 'info', 'warn', 'error']);
export const logEntry = z.object({
  time: timestamp,
  level: logLevel,
  scope: z.string(),
  message: z.string(),
  data: z.record(z.string(), z.unknown()).optional(),
});
export type LogEntry = z.infer<typeof logEntry>;

export const systemRoutes = {
  info: defineRoute({
    method: 'GET',
    path: '/api/system/info',
    access: 'public',
    summary: 'Name, version and whether the first-run setup is done.',
    reply: systemInfo,
  }),
  health: defineRoute({
    method: 'GET',
    path: '/health',
    access: 'public',
    summary: 'Liveness and counts for a container health check.',
    reply: health,
  }),
  openapi: defineRoute({
    method: 'GET',
    path: '/api/openapi.json',
    access: 'public',
    summary: 'This API as an OpenAPI 3.1 document.',
    reply: z.record(z.string(), z.unknown()),
  }),
  status: defineRoute({
    method: 'GET',
    path: '/api/system/status',
    access: 'admin',
    summary: 'Versions, memory, disks and counts for the administration overview.',
    reply: systemStatus,
  }),
  folders: defineRoute({
    method: 'GET',
    path: '/api/system/folders',
    access: 'admin',
    summary: 'Folders the server may read, for choosing where a library lives.',
    query: z.object({ path: z.string().max(4096).optional() }),
    reply: folderListing,
  }),
  logs: defineRoute({
    method: 'GET',
    path: '/api/system/logs',
    access: 'admin',
    summary: 'The newest log entries, newest last.',
    query: z.object({
      level: logLevel.default('info'),
      limit: z.coerce.number().int().min(1).max(1000).default(200),
    }),
    reply: z.object({ items: z.array(logEntry) }),
  }),
};
