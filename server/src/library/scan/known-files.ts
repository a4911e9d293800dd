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

/** Files the library knows, by folder and path. @param scopes directories to keep to, by folder; all without */
export async function loadKnownFiles(
  read: () => EntityManager,
  libraryId: string,
  scopes: ReadonlyMap<string, readonly string[]>,
): Promise<Map<string, KnownFile>> {
  const known = new Map<string, KnownFile>();
  for (let after = ''; ;) {
    const rows = await read().sql<Row[]>`SELECT id, folder_id AS "folderId", relative_path AS path, size,
      modified_ms AS "modifiedMs", state, available, title_id AS "titleId", scanned_at AS "scannedAt"
      FROM media_file WHERE library_id = ${libraryId} AND id > ${after} ORDER BY id LIMIT ${pageSize}`;
    for (const row of rows) {
      const isInScope = scopes.get(row.folderId)?.some((scope) => isWithin(row.path, scope)) ?? false;
      if (isInScope)
        known.set(fileKey(row.folderId, row.path), { ...row, available: Boolean(row.available) });
    }
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) return known;
    after = last.id;
  }
}
