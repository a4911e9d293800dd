import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { run } from './process-runner.js';

export type BinaryOptions = Readonly<{
  /** From FFMPEG_PATH; a name or a path. */
  ffmpegPath?: string;
  /** From FFPROBE_PATH. */
  ffprobePath?: string;
  /** The search path, normally the environment's PATH. */
  searchPath?: string;
}>;

export type FfmpegFeatures = Readonly<{
  version: string;
  encoders: ReadonlySet<string>;
  decoders: ReadonlySet<string>;
  filters: ReadonlySet<string>;
  muxers: ReadonlySet<string>;
}>;

/** Finds ffmpeg and ffprobe, and asks ffmpeg what it can do the first time somebody wants to know. */
export class Binaries {
  readonly ffmpeg: string | null;
  readonly ffprobe: string | null;
  private features: Promise<FfmpegFeatures> | null = null;

  constructor({ ffmpegPath, ffprobePath, searchPath = process.env['PATH'] ?? '' }: BinaryOptions = {}) {
    this.ffmpeg = locate(ffmpegPath ?? 'ffmpeg', searchPath);
    this.ffprobe = locate(ffprobePath ?? 'ffprobe', searchPath);
  }

  /** @throws ProcessFailed if ffmpeg is missing or does not answer; the next call asks again. */
  ffmpegFeatures(): Promise<FfmpegFeatures> {
    this.features ??= detect(this.ffmpeg ?? 'ffmpeg').catch((error: unknown) => {
      this.features = null;
      throw error;
    });
    return this.features;
  }
}

function locate(name: string, searchPath: string): string | null {
  const candidates =
    isAbsolute(name) || name.includes('/')
      ? [name]
      : searchPath.split(delimiter).map((dir) => join(dir, name));
  return candidates.find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function detect(ffmpeg: string): Promise<FfmpegFeatures> {
  const list = async (option: string): Promise<string> =>
    (await run(ffmpeg, ['-hide_banner', option], { timeoutMs: 10_000 })).stdout.toString();
  const banner = (await run(ffmpeg, ['-version'], { timeoutMs: 10_000 })).stdout.toString();
  return {
    version: /^ffmpeg version (\S+)/.exec(banner)?.[1] ?? 'unknown',
    encoders: names(await list('-encoders')),
    decoders: names(await list('-decoders')),
    filters: names(await list('-filters')),
    muxers: names(await list('-muxers')),
  };
}

/** The second column of ffmpeg's tables: ` V..... libx264  H.264 …`. */
function names(table: string): Set<string> {
  return new Set([...table.matchAll(/^ +\S{1,6} +(\w\S*) /gm)].flatMap(([, name]) => name?.split(',') ?? []));
}
