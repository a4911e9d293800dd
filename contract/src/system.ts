import { z } from 'zod';
import { signature } from './media.js';
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

/** What was found out about the encoders of the graphics hardware, by trial. */
export const hardwareReport = z.object({
  families: z.array(
    z.object({
      /** `vaapi`, `qsv`, `nvenc`, `v4l2m2m`. */
      family: z.string(),
      encoder: z.string(),
      /** ffmpeg was built with it. */
      listed: z.boolean(),
      works: z.boolean(),
      /** Why it does not work, in one line. */
      reason: z.string().nullable(),
      /** Why it is left out for now although it worked when it was tried. */
      broken: z.string().nullable(),
    }),
  ),
  /** The encoder in use now: `libx264` where no hardware works. */
  inUse: z.string(),
  toneMapping: z.boolean(),
});
export type HardwareReport = z.infer<typeof hardwareReport>;

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
  hardware: defineRoute({
    method: 'GET',
    path: '/api/system/hardware',
    access: 'admin',
    summary: 'Which hardware encoders work here, and why the others do not; null while they are being tried.',
    reply: z.object({ report: hardwareReport.nullable() }),
  }),
  metricsAddress: defineRoute({
    method: 'GET',
    path: '/api/system/metrics-address',
    access: 'admin',
    summary: 'The signed address a Prometheus server reads, good for a year.',
    reply: z.object({ url: z.string() }),
  }),
  metrics: defineRoute({
    method: 'GET',
    path: '/api/metrics',
    access: 'signed',
    summary: 'Counters in the Prometheus text format 0.0.4; for administrators.',
    query: z.object(signature),
    produces: 'text/plain',
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
