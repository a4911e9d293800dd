import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { libraryKind, type LibraryKind } from '@hearth/contract/library';
import { z } from 'zod';
import { parseArguments } from './arguments.js';
import { parseByteSize } from './byte-size.js';
import { onOff, optional, words } from './environment-values.js';
import { type ProviderConfig, providerEnvironment } from './provider-environment.js';
import { type TorrentConfig, torrentConfig, torrentEnvironment } from './torrent-environment.js';

/** A folder named on the command line or in `MEDIA_DIRS`; without a kind it is guessed from what is inside. */
export interface MediaDirectory {
  path: string;
  kind: LibraryKind | null;
  /** From `name=DIR`; otherwise the library is called after its folder. */
  name: string | null;
}

const environment = z.object({
  PORT: optional(z.coerce.number().int().min(0).max(65535)).default(8096),
  HOST: optional(z.string()).default('::'),
  DATA_DIR: optional(z.string()).default('data'),
  MEDIA_DIRS: optional(z.string()).default(''),
  DATABASE_URL: optional(
    z.url({ protocol: /^postgres(ql)?$/, error: 'a URL such as postgres://user:password@host/hearth' }),
  ),
  REDIS_URL: optional(z.url({ protocol: /^rediss?$/, error: 'a URL such as redis://host:6379' })),
  ROLE: optional(z.enum(['all', 'api', 'worker'])).default('all'),
  LOG_LEVEL: optional(z.enum(['debug', 'info', 'warn', 'error'])).default('info'),
  FFMPEG_PATH: optional(z.string()).default('ffmpeg'),
  FFPROBE_PATH: optional(z.string()).default('ffprobe'),
  /** Addresses of reverse proxies whose X-Forwarded-For is believed. */
  TRUSTED_PROXIES: optional(z.string())
    .transform((value = '') => words(value))
    .pipe(
      z.array(
        z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], {
          error: 'addresses such as 192.168.1.2 or 10.0.0.0/8',
        }),
      ),
    ),
  /** Playing sessions that are converted at the same time, the whole household's. */
  MAX_CONCURRENT_STREAMS: optional(z.coerce.number().int().min(1).max(1000)).default(5),
  STREAM_CACHE_SIZE: optional(
    z
      .string()
      .transform(parseByteSize)
      .pipe(z.number({ error: 'a size such as 500M or 10G' }).min(64 * 1024 ** 2, 'at least 64M')),
  ),
  SEGMENT_S3_BUCKET: optional(
    z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'the name of a bucket, such as hearth-segments'),
  ),
  SEGMENT_S3_ENDPOINT: optional(
    z
      .url({ protocol: /^https?$/, error: 'a URL such as http://minio:9000' })
      .refine(
        (url) => !/^https?:\/\/[^/]*@/i.test(url),
        'no credentials here: they belong in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
      ),
  ),
  SEGMENT_S3_REGION: optional(z.string().regex(/^[a-z0-9-]{2,40}$/, 'a region such as eu-central-1')),
  /** Only whether they are complete is looked at: the SDK reads them itself. */
  AWS_ACCESS_KEY_ID: optional(z.string()),
  AWS_SECRET_ACCESS_KEY: optional(z.string()),
  DEMO: onOff(false),
  DLNA_ENABLED: onOff(true),
  /** UPnP allows fewer than 64 characters (UDA 1.0 §2.1). */
  DLNA_NAME: optional(z.string().trim().max(63)),
  DLNA_INTERFACES: optional(z.string()),
  DLNA_PORT: optional(z.coerce.number().int().min(0).max(65535)).default(8097),
  ...providerEnvironment,
  ...torrentEnvironment,
});

/** A bucket for segments; the credentials are no part of it. */
export interface SegmentBucket {
  readonly bucket: string;
  readonly endpoint: string | undefined;
  readonly region: string;
}

/** How televisions find and reach this server. */
export interface DlnaConfig {
  readonly enabled: boolean;
  readonly name: string;
  /** Names or IPv4 addresses of the interfaces to announce on; undefined: those of the house. */
  readonly interfaces: readonly string[] | undefined;
  /** 0 takes any free port. */
  readonly port: number;
}

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDirectory: string;
  readonly mediaDirectories: readonly MediaDirectory[];
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  readonly role: 'all' | 'api' | 'worker';
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
  readonly ffmpegPath: string;
  readonly ffprobePath: string;
  readonly trustedProxies: readonly string[];
  readonly maxConcurrentStreams: number;
  readonly demo: boolean;
  /** Bytes that encoded segments may take; undefined: chosen by the size of the disk. */
  readonly streamCacheSize: number | undefined;
  /** Undefined: they lie in the data directory. */
  readonly segmentBucket: SegmentBucket | undefined;
  readonly dlna: DlnaConfig;
  readonly providers: ProviderConfig;
  readonly torrents: TorrentConfig;
}

/** Every fault of the environment and the command line, together. */
export class ConfigError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`Hearth cannot start:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/** Reads `DIR`, `kind=DIR` or `name=DIR`; a folder whose own name holds a “=” is one as long as it begins with “/” or “.”. */
export function parseMediaDirectory(text: string): MediaDirectory {
  const [, label, directory] = /^([^=/.][^=/]*)=(.+)$/.exec(text) ?? [];
  if (label === undefined || directory === undefined) return { path: resolve(text), kind: null, name: null };
  const kind = libraryKind.safeParse(label.trim().toLowerCase());
  return kind.success
    ? { path: resolve(directory), kind: kind.data, name: null }
    : { path: resolve(directory), kind: null, name: label.trim() };
}

/**
 * The settings of this process, from environment and command line (which wins).
 * @throws ConfigError naming all faults at once
 */
export function loadConfig(env: NodeJS.ProcessEnv, argv: readonly string[]): Config {
  const args = parseArguments(argv);
  const faults = [...args.faults];
  const parsed = environment.safeParse({ ...env, ...args.environment });
  if (!parsed.success) {
    faults.push(...parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  }
  const value = parsed.data;
  if (value && value.ROLE !== 'all' && !(value.REDIS_URL && value.DATABASE_URL)) {
    faults.push(`ROLE: ${value.ROLE} needs DATABASE_URL and REDIS_URL, where api and workers meet`);
  }
  if (value) faults.push(...bucketFaults(value));
  if (!value || faults.length > 0) throw new ConfigError(faults);
  const media = [...value.MEDIA_DIRS.split(',').filter(Boolean), ...args.media];
  return Object.freeze({
    port: value.PORT,
    host: value.HOST,
    dataDirectory: resolve(value.DATA_DIR),
    mediaDirectories: Object.freeze(media.map(parseMediaDirectory)),
    databaseUrl: value.DATABASE_URL,
    redisUrl: value.REDIS_URL,
    role: value.ROLE,
    logLevel: value.LOG_LEVEL,
    ffmpegPath: value.FFMPEG_PATH,
    ffprobePath: value.FFPROBE_PATH,
    trustedProxies: Object.freeze(value.TRUSTED_PROXIES),
    maxConcurrentStreams: value.MAX_CONCURRENT_STREAMS,
    demo: value.DEMO,
    streamCacheSize: value.STREAM_CACHE_SIZE,
    segmentBucket: segmentBucket(value),
    dlna: dlnaConfig(value),
    providers: Object.freeze({
      securityKeys: Object.freeze(value.SOURCE_SECURITY_KEY),
      allowPrivateHosts: Object.freeze(value.PROVIDER_ALLOW_PRIVATE_HOSTS),
    }),
    torrents: torrentConfig(value),
  });
}

function dlnaConfig(value: z.output<typeof environment>): DlnaConfig {
  const interfaces = words(value.DLNA_INTERFACES ?? '');
  return Object.freeze({
    enabled: value.DLNA_ENABLED,
    name: value.DLNA_NAME ?? serverName(hostname()),
    interfaces: interfaces.length > 0 ? Object.freeze(interfaces) : undefined,
    port: value.DLNA_PORT,
  });
}

/** What televisions list: “Hearth on nas”. A container's host name is twelve random digits, and says nothing to anybody. */
export function serverName(host: string): string {
  const name = host.split('.')[0] ?? '';
  return name === '' || name === 'localhost' || /^[0-9a-f]{12}$/.test(name)
    ? 'Hearth'
    : `Hearth on ${name}`.slice(0, 63);
}

function bucketFaults(value: z.output<typeof environment>): string[] {
  const faults: string[] = [];
  const named = (['SEGMENT_S3_ENDPOINT', 'SEGMENT_S3_REGION'] as const).filter((name) => value[name]);
  if (!value.SEGMENT_S3_BUCKET)
    return named.map((name) => `${name}: means nothing without SEGMENT_S3_BUCKET`);
  if (!value.AWS_ACCESS_KEY_ID !== !value.AWS_SECRET_ACCESS_KEY) {
    faults.push('AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY: the bucket needs both, or neither');
  }
  return faults;
}

function segmentBucket(value: z.output<typeof environment>): SegmentBucket | undefined {
  const { SEGMENT_S3_BUCKET: bucket, SEGMENT_S3_ENDPOINT: endpoint, SEGMENT_S3_REGION: region } = value;
  return bucket ? Object.freeze({ bucket, endpoint, region: region ?? 'us-east-1' }) : undefined;
}
