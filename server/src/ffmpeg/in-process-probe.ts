import { FileBytes } from './file-bytes.js';
import { fingerprintOf } from './fingerprint.js';
import { looksLikeMatroska } from './matroska-segment.js';
import { probeMatroska } from './matroska-probe.js';
import type { MediaInfo } from './media-info.js';
import {
  ProbeFailed,
  type Inspection,
  type Inspector,
  type MediaProbe,
  type ProbeOptions,
} from './media-probe.js';
import { probeMusic } from './mediabunny-probe.js';
import { looksLikeMusic } from './music-signature.js';
import { asProbeFailed } from './probe-failure.js';
import { looksLikeMp4, probeMp4 } from './mp4-probe.js';
import { openAccess } from './open-access.js';
import type { RandomAccess } from './random-access.js';

/**
 * Probes with our own header readers, without a process: under a millisecond for a file in the page cache. Reads
 * are synchronous: a worker thread runs it (`probe-pool.ts`).
 */
export class InProcessProbe implements MediaProbe, Inspector {
  probe(path: string, options: ProbeOptions = {}): Promise<MediaInfo> {
    return withFile(path, options, (file) => probeFile(file));
  }

  inspect(path: string, options: ProbeOptions = {}): Promise<Inspection> {
    return withFile(path, options, async (file, { stats }) => {
      const identity = {
        size: file.size,
        modifiedMs: stats?.mtimeMs ?? 0,
        inode: String(stats?.ino ?? ''),
        device: String(stats?.dev ?? ''),
        // Its middle would have to be fetched.
        fingerprint: stats ? fingerprintOf(file) : '',
      };
      try {
        return { ...identity, media: { ok: true, info: await probeFile(file) } };
      } catch (error) {
        return { ...identity, media: { ok: false, failure: asProbeFailed(error) } };
      }
    });
  }
}

async function probeFile(file: FileBytes): Promise<MediaInfo> {
  if (file.size === 0) throw new ProbeFailed('empty', 'The file is empty.');
  const head = file.read(0, 64);
  const info = await choose(file, head);
  if (info.streams.length === 0)
    throw new ProbeFailed('no-streams', 'The file has no picture, sound or text.');
  return info;
}

async function choose(file: FileBytes, head: Buffer): Promise<MediaInfo> {
  if (looksLikeMp4(head)) return probeMp4(file);
  if (looksLikeMatroska(head)) return probeMatroska(file);
  if (looksLikeMusic(head)) return probeMusic(file);
  throw new ProbeFailed('not-media', 'The contents are of no media format read here.');
}

async function withFile<T>(
  path: string,
  { signal }: ProbeOptions,
  use: (file: FileBytes, access: RandomAccess) => Promise<T>,
): Promise<T> {
  if (signal?.aborted === true) throw new ProbeFailed('cancelled', 'The probe was cancelled.');
  let access: RandomAccess | undefined;
  try {
    access = openAccess(path);
    return await use(new FileBytes(access), access);
  } catch (error) {
    throw asProbeFailed(error);
  } finally {
    access?.close();
  }
}
