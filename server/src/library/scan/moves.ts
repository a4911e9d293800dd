import { access, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { In } from 'typeorm';
import type { Database } from '../../database/database.js';
import { LibraryFolder } from '../entities/library-folder.entity.js';
import { MediaFile } from '../entities/media-file.entity.js';
import { inChunks } from '../store/chunks.js';
import type { FileRecord } from '../store/file-record.js';
import { isSystemError } from './system-error.js';
import type { KnownFile } from './known-files.js';

/**
 * Re-links files that moved: a new path with the contents of a path that is gone is the same file, so its row, and
 * with it title, history and progress, stays. A copy, with the old path still there, is another version.
 */
export class Moves {
  private readonly claimed = new Set<string>();
  private readonly vanished: ReadonlySet<string>;
  private folders: Map<string, string> | null = null;

  constructor(
    private readonly database: Database,
    vanished: readonly KnownFile[],
  ) {
    this.vanished = new Set(vanished.map((file) => file.id));
  }

  isClaimed(id: string): boolean {
    return this.claimed.has(id);
  }

  /** Gives new records the rows of the vanished files they are. @returns how many moved */
  async claim(records: readonly FileRecord[]): Promise<number> {
    const fresh = records.filter((record) => record.known === null && record.fingerprint !== null);
    if (fresh.length === 0) return 0;
    const prints = fresh.flatMap((record) => record.fingerprint ?? []);
    const rows = await inChunks(prints, (slice) =>
      this.database.read.findBy(MediaFile, { fingerprint: In(slice) }),
    );
    let moved = 0;
    for (const record of rows.length > 0 ? fresh : []) {
      const row = await this.goneRow(rows, record);
      if (!row) continue;
      this.claimed.add(row.id);
      adopt(record, row);
      moved++;
    }
    return moved;
  }

  private async goneRow(rows: readonly MediaFile[], record: FileRecord): Promise<MediaFile | null> {
    for (const row of rows) {
      if (row.fingerprint !== record.fingerprint || row.size !== record.size || this.claimed.has(row.id))
        continue;
      if (this.vanished.has(row.id) || (await this.isGone(row))) return row;
    }
    return null;
  }

  /** Whether the row's place, outside of what this scan walked, is empty while its folder is there. */
  private async isGone(row: MediaFile): Promise<boolean> {
    this.folders ??= new Map(
      (await this.database.read.find(LibraryFolder)).map(({ id, path }) => [id, path]),
    );
    const root = this.folders.get(row.folderId);
    if (root === undefined) return false;
    const isRootThere = await access(root).then(
      () => true,
      () => false,
    );
    return isRootThere && isMissing(join(root, row.relativePath));
  }
}

/** A record becomes the further life of a row; what a person said of it goes on. */
export function adopt(record: FileRecord, row: Pick<MediaFile, 'id' | 'titleId' | 'manualMatch'>): void {
  record.known = { id: row.id, titleId: row.titleId };
  record.manualMatch = row.manualMatch;
}

async function isMissing(path: string): Promise<boolean> {
  try {
    await stat(path);
    return false;
  } catch (error) {
    return isSystemError(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
  }
}
