import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { TroubleLog } from '../../cache/trouble-log.js';
import { newId } from '../../common/id.js';
import type { Logger } from '../../common/log/logger.js';
import { systemErrorCode } from '../../common/system-error.js';
import { DiskRoom, type DiskRoomLimits } from './disk-room.js';
import { surveySegments } from './disk-survey.js';
import { segmentIn, trailerBytes, trailerOf } from './segment-file.js';
import { contentPrefix, segmentPath } from './segment-path.js';
import { type SegmentKey, type SegmentStore, SegmentStoreFull } from './segment-store.port.js';

export interface DiskSegmentStoreSettings extends Omit<DiskRoomLimits, 'mostFiles'> {
  /** Belongs to segment stores alone; made if it is not there. */
  readonly directory: string;
  readonly logger: Logger;
  /** Default 200 000, which is some 40 MB of memory when they are all there. */
  readonly mostFiles?: number;
  readonly free?: (directory: string) => Promise<number>;
  /** Other processes have a store in the same directory. */
  readonly shared?: boolean;
  readonly now?: () => number;
}

/** Unfinished files; whatever an earlier process left in it is rubbish. */
const aside = '.incoming';
/** Of a shared store: nobody writes one segment for so long, and so long is believed what a walk told, ms. */
const sharedLifetime = 10 * 60_000;
const noSpace = new Set(['ENOSPC', 'EDQUOT']);
/** A folder went while a file was moved into it; the second is what Node's recursive mkdir makes of it. */
const folderGone = new Set(['ENOENT', 'ENOTDIR']);
const mostMoves = 20;

/**
 * Segments as files, whole or not there: written aside with a checksum, then renamed. What is there is learnt once by
 * a walk in the background: reading does not wait for it, writing does, since only then the sum is known. Where several
 * processes share a directory, each may pass the capacity by what the others write within ten minutes.
 */
export class DiskSegmentStore implements SegmentStore {
  private readonly directory: string;
  private readonly mostFiles: number;
  private readonly room: DiskRoom;
  private readonly trouble: TroubleLog;
  private readonly writes = new Set<{ readonly contentKey: string; isForgotten: boolean }>();
  private readonly shared: boolean;
  private readonly now: () => number;
  private surveyedMs = 0;
  private surveying: Promise<void> | undefined;
  private isSurveyed = false;

  constructor(settings: DiskSegmentStoreSettings) {
    const { directory, logger, mostFiles = 200_000, free, capacity, floor } = settings;
    this.directory = directory;
    this.mostFiles = mostFiles;
    this.room = new DiskRoom(directory, { capacity, floor, mostFiles }, free);
    this.shared = settings.shared ?? false;
    this.now = settings.now ?? Date.now;
    this.trouble = new TroubleLog(logger, 'the segment cache on disk');
  }

  /** Bytes on disk, unfinished files included. */
  get bytes(): number {
    return this.room.bytes;
  }

  /** A disk in trouble is a miss: the segment is made again. */
  get(key: SegmentKey): Promise<Uint8Array | undefined> {
    const path = segmentPath(key);
    if (this.isMissing(path)) return Promise.resolve(undefined);
    return this.trouble.guard(undefined, async () => {
      const contents = await this.read(path);
      if (contents === undefined) return undefined;
      const bytes = segmentIn(contents);
      if (bytes === undefined) await this.room.remove(path);
      else if (this.isSurveyed) this.room.note(path, contents.length);
      return bytes;
    });
  }

  async has(key: SegmentKey): Promise<boolean> {
    const path = segmentPath(key);
    if (this.isSurveyed && this.room.has(path) && !this.shared) return true;
    return !this.isMissing(path) && (await this.get(key)) !== undefined;
  }

  async put(key: SegmentKey, bytes: Uint8Array): Promise<void> {
    const path = segmentPath(key);
    const size = bytes.length + trailerBytes;
    const write = { contentKey: key.contentKey, isForgotten: false };
    await this.survey();
    await this.room.reserve(size);
    this.writes.add(write);
    try {
      if (await this.write(path, bytes, write)) this.room.note(path, size);
      if (write.isForgotten) await this.room.remove(path);
    } finally {
      this.writes.delete(write);
      this.room.release(size);
    }
  }

  async forget(contentKey: string): Promise<void> {
    const prefix = contentPrefix(contentKey);
    for (const write of this.writes) if (write.contentKey === contentKey) write.isForgotten = true;
    await this.survey();
    for (const path of this.room.paths(prefix)) await this.room.remove(path);
  }

  /** Learns what earlier runs left and clears away what they did not finish. Begin it at start-up. */
  survey(): Promise<void> {
    if (this.shared && this.isSurveyed && this.now() - this.surveyedMs > sharedLifetime) {
      this.surveyedMs = this.now();
      this.surveying = undefined;
    }
    this.surveying ??= this.learn().catch((error: unknown) => {
      this.surveying = undefined;
      throw error;
    });
    return this.surveying;
  }

  private async learn(): Promise<void> {
    await this.clearUnfinished();
    const before = this.room.paths('');
    const found = await surveySegments(this.directory, this.mostFiles);
    const there = new Set(found.map(({ path }) => path));
    for (const path of before) if (!there.has(path)) this.room.drop(path);
    for (const { path, size } of found) if (!this.room.has(path)) this.room.note(path, size);
    this.isSurveyed = true;
    this.surveyedMs = this.now();
    await this.room.shrink();
  }

  private async clearUnfinished(): Promise<void> {
    const folder = join(this.directory, aside);
    await mkdir(folder, { recursive: true });
    for (const name of await readdir(folder)) {
      const facts = await stat(join(folder, name)).catch(() => undefined);
      const isOurs = this.shared && facts && facts.mtimeMs > this.now() - sharedLifetime;
      if (!isOurs) await rm(join(folder, name), { recursive: true, force: true });
    }
  }

  /** Known not to be there, without asking the disk. */
  private isMissing(path: string): boolean {
    return this.isSurveyed && !this.shared && !this.room.has(path);
  }

  /** @returns false if the content was forgotten meanwhile */
  private async write(path: string, bytes: Uint8Array, state: { isForgotten: boolean }): Promise<boolean> {
    const unfinished = join(this.directory, aside, newId());
    try {
      await this.fill(unfinished, bytes);
      // Between making the folder and using it, an eviction may find it empty and remove it.
      for (let attempt = 1; !state.isForgotten; attempt += 1) {
        try {
          await mkdir(dirname(join(this.directory, path)), { recursive: true });
          await rename(unfinished, join(this.directory, path));
          return true;
        } catch (error) {
          if (!folderGone.has(systemErrorCode(error) ?? '') || attempt === mostMoves) throw error;
        }
      }
      await rm(unfinished, { force: true });
      return false;
    } catch (error) {
      await rm(unfinished, { force: true }).catch(() => undefined);
      if (noSpace.has(systemErrorCode(error) ?? '')) {
        throw new SegmentStoreFull('The disk of the cache is full.', { cause: error });
      }
      throw error;
    }
  }

  /** Quotas and thin disks run out before `statfs` says so: then room is made once more. */
  private async fill(unfinished: string, bytes: Uint8Array): Promise<void> {
    try {
      await writeParts(unfinished, [bytes, trailerOf(bytes)]);
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') {
        // Somebody emptied the cache by hand, or mounted another disk there.
        await mkdir(dirname(unfinished), { recursive: true });
        return writeParts(unfinished, [bytes, trailerOf(bytes)]);
      }
      if (!noSpace.has(systemErrorCode(error) ?? '')) throw error;
      await rm(unfinished, { force: true });
      if ((await this.room.evict(2 * bytes.length)) === 0) throw error;
      await writeParts(unfinished, [bytes, trailerOf(bytes)]);
    }
  }

  private async read(path: string): Promise<Buffer | undefined> {
    try {
      return await readFile(join(this.directory, path));
    } catch (error) {
      if (systemErrorCode(error) !== 'ENOENT') throw error;
      if (this.room.has(path)) await this.room.remove(path); // somebody cleaned up by hand
      return undefined;
    }
  }
}

async function writeParts(path: string, parts: Uint8Array[]): Promise<void> {
  const file = await open(path, 'wx');
  try {
    for (const part of parts) await file.writeFile(part);
  } finally {
    await file.close();
  }
}
