import type { TorrentWarning } from '@hearth/contract/torrent';
import { z } from 'zod';
import data from './suspicious-patterns.json' with { type: 'json' };

/** The patterns, each with an example that it finds, one that it does not, and where it comes from. */
export const suspiciousPatterns = z
  .object({
    executableEndings: z.object({ endings: z.array(z.string()), source: z.string() }),
    archiveEndings: z.object({ endings: z.array(z.string()), volumes: z.string(), source: z.string() }),
    names: z.array(
      z.object({
        id: z.string(),
        warning: z.enum(['disguised-extension', 'fake-codec', 'password-note']),
        pattern: z.string(),
        matches: z.string(),
        ignores: z.string(),
        source: z.string(),
      }),
    ),
    sizes: z.array(
      z.object({
        id: z.string(),
        /** Empty: any. */
        resolution: z.array(z.string()),
        belowBytes: z.number().optional(),
        aboveBytes: z.number().optional(),
        source: z.string(),
      }),
    ),
    singleHugeWmv: z.object({
      endings: z.array(z.string()),
      leastBytes: z.number(),
      share: z.number(),
      source: z.string(),
    }),
  })
  .parse(data);

const executableEndings = new Set(suspiciousPatterns.executableEndings.endings);
const archiveEndings = new Set(suspiciousPatterns.archiveEndings.endings);
const archiveVolumes = new RegExp(suspiciousPatterns.archiveEndings.volumes, 'u');
const namePatterns = suspiciousPatterns.names.map(({ warning, pattern }) => ({
  warning,
  pattern: new RegExp(pattern, 'iu'),
}));
const asfEndings = new Set(suspiciousPatterns.singleHugeWmv.endings);

/** Names longer than any real one are looked at from their end. */
const LONGEST = 512;

export interface NamedFile {
  /** Without folders, with everything that is in it: blanks, controls. */
  readonly name: string;
  /** As `fileEnding` finds it. */
  readonly ending: string;
  readonly size: number;
  readonly resolution: string | null;
  readonly video: boolean;
}

/** What a file's name and size give away. */
export function suspicionsOfFile(file: NamedFile): TorrentWarning[] {
  const found = new Set<TorrentWarning>();
  if (executableEndings.has(file.ending)) found.add('executable');
  if (archiveEndings.has(file.ending) || archiveVolumes.test(file.ending)) found.add('archive');
  const name = file.name.slice(-LONGEST);
  for (const { warning, pattern } of namePatterns) if (pattern.test(name)) found.add(warning);
  if (file.video && hasUnusualSize(file)) found.add('unusual-size');
  return [...found];
}

function hasUnusualSize({ size, resolution }: NamedFile): boolean {
  return suspiciousPatterns.sizes.some(
    (rule) =>
      (rule.resolution.length === 0 || rule.resolution.includes(resolution?.toLowerCase() ?? '')) &&
      (size < (rule.belowBytes ?? 0) || size > (rule.aboveBytes ?? Infinity)),
  );
}

/** One large Windows Media file with next to nothing beside it: they open addresses while they play. */
export function isSingleHugeWmv(files: readonly Pick<NamedFile, 'ending' | 'size'>[]): boolean {
  const { leastBytes, share } = suspiciousPatterns.singleHugeWmv;
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const huge = files.filter(({ ending, size }) => asfEndings.has(ending) && size >= leastBytes);
  return huge.length === 1 && (huge[0]?.size ?? 0) >= total * share;
}
