import { resolve } from 'node:path';
import { libraryKind, type LibraryKind } from '@hearth/contract/library';
import { z } from 'zod';
import { parseArguments } from './arguments.js';

/** A folder named on the command line or in `MEDIA_DIRS`; without a kind it is guessed from what is inside. */
export interface MediaDirectory {
  path: string;
  kind: LibraryKind | null;
  /** From `name=DIR`; otherwise the library is called after its folder. */
  name: string | null;
}

/** Empty values, as compose files leave them, count as not set. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => value || undefined, schema.optional());

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
    .transform((value = '') =>
      value
        .split(',')
        .map((item) => item.trim())
        .filter(Boolean),
    )
    .pipe(
      z.array(
        z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], {
          error: 'addresses such as 192.168.1.2 or 10.0.0.0/8',
        }),
      ),
    ),
  DEMO: optional(z.enum(['true', 'false', '1', '0', 'on', 'off'])).transform((value) =>
    ['true', '1', 'on'].includes(value ?? ''),
  ),
});

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
  readonly demo: boolean;
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
    demo: value.DEMO,
  });
}
