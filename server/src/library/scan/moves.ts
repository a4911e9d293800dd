import { access, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { In } from 'typeorm';
import type { Database } from '../../database/database.js';
import { LibraryFolder } from '../entities/library-folder.entity.js';
import { MediaFile } from '../entities/media-file.entity.js';
import { inChunks } from '../store/chunks.js';
import { torrentLibraryId } from '../torrent/torrent-ids.js';
import type { FileRecord } from '../store/file-record.js';
import { systemErrorCode } from '../../common/system-error.js';
import type { KnownFile } from './known-files.js';

/**
 * Re-links files that moved: a new path with the contents of a path that is gone is the same file, so its row, and
 * with it title, history and progress, stays. A copy, with the old path still there, is another version.
 */
export class Moves {
  private readonly claimed = new Set<string>();
  private readonly displaced = new Set<string>();
  private readonly vanished: ReadonlySet<string>;
  private folders: Map<string, string> | null = null;

  constructor(
    private readonly database: Database,
    vanished: readonly KnownFile[],
  ) {
    this.vanished = new Set(vanished.map((file) => file.id));
  }

  /** The contents of a known path are others now: its row may go where the old contents turn up. */
  displace(id: string): void {
    this.displaced.add(id);
  }

  isDisplaced(id: string): boolean {
    return this.displaced.has(id);
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

  /**
   * For files whose contents changed: a shift or swap of names among them is told from an ordinary change, and each row
   * follows its contents. A row stays with its path unless its own contents turned up elsewhere.
   * @returns rows that change places, whose paths have to be freed first
   */
  async claimSwaps(records: readonly FileRecord[]): Promise<string[]> {
    const prints = records.flatMap((record) => record.fingerprint ?? []);
    const rows = await inChunks(prints, (slice) =>
      this.database.read.findBy(MediaFile, { fingerprint: In(slice) }),
    );
    const wanted = new Map<FileRecord, MediaFile>();
    for (const record of records) {
      const taken = new Set([...wanted.values()].map(({ id }) => id));
      const isFree = (row: MediaFile): boolean =>
        row.id !== record.known?.id &&
        !this.claimed.has(row.id) &&
        !taken.has(row.id) &&
        (this.displaced.has(row.id) || this.vanished.has(row.id));
      const row = rows.find(
        (each) => each.fingerprint === record.fingerprint && each.size === record.size && isFree(each),
      );
      if (row) wanted.set(record, row);
    }
    for (let before = -1; before !== wanted.size;) {
      before = wanted.size;
      const leaving = new Set([...wanted.values()].map(({ id }) => id));
      for (const { known } of wanted.keys()) if (known && this.claimed.has(known.id)) leaving.add(known.id);
      for (const record of wanted.keys()) if (!leaving.has(record.known?.id ?? '')) wanted.delete(record);
    }
    const moving = [...wanted.values()].map(({ id }) => id);
    for (const id of moving) this.claimed.add(id);
    for (const record of records) {
      const row = wanted.get(record);
      if (row) adopt(record, row);
      else if (record.known && this.claimed.has(record.known.id))
        Object.assign(record, { known: null, manualMatch: null });
    }
    return moving;
  }

  private async goneRow(rows: readonly MediaFile[], record: FileRecord): Promise<MediaFile | null> {
    for (const row of rows) {
      if (row.fingerprint !== record.fingerprint || row.size !== record.size || this.claimed.has(row.id))
        continue;
      // A file of a torrent has a fingerprint only when it is kept: this is where it goes.
      const isKept = row.libraryId === torrentLibraryId;
      if (isKept || this.vanished.has(row.id) || this.displaced.has(row.id) || (await this.isGone(row)))
        return row;
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
    return ['ENOENT', 'ENOTDIR'].includes(systemErrorCode(error) ?? '');
  }
}
