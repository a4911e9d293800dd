import type { EntityManager } from 'typeorm';
import type { MediaFileState } from '../entities/media-file.entity.js';
import { isWithin } from './directory-tree.js';

/** As much of a media file's row as telling changes apart needs. */
export interface KnownFile {
  id: string;
  folderId: string;
  path: string;
  size: number;
  modifiedMs: number;
  state: MediaFileState;
  available: boolean;
  titleId: string | null;
  scannedAt: number;
}

interface Row extends Omit<KnownFile, 'available'> {
  available: boolean | number;
}

/** Rows read at once: few enough that turning them into objects does not hold the event loop. */
const pageSize = 1000;

export const fileKey = (folderId: string, path: string): string => `${folderId}/${path}`;

/**
 * Files a folder has in the library, by folder and path. Read along the index that keeps paths apart: without it each
 * page would sort the whole library again.
 * @param scopes directories to keep to
 */
export async function loadKnownFiles(
  read: () => EntityManager,
  folderId: string,
  scopes: readonly string[],
): Promise<Map<string, KnownFile>> {
  const known = new Map<string, KnownFile>();
  for (let after = ''; ;) {
    const rows = await read().sql<Row[]>`SELECT id, folder_id AS "folderId", relative_path AS path, size,
      modified_ms AS "modifiedMs", state, available, title_id AS "titleId", scanned_at AS "scannedAt"
      FROM media_file WHERE folder_id = ${folderId} AND relative_path > ${after}
      ORDER BY relative_path LIMIT ${pageSize}`;
    for (const row of rows) {
      if (scopes.some((scope) => isWithin(row.path, scope)))
        known.set(fileKey(folderId, row.path), { ...row, available: Boolean(row.available) });
    }
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) return known;
    after = last.path;
  }
}
