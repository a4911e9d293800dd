import { type EntityManager, In } from 'typeorm';
import type { Database } from '../../database/database.js';
import { ExternalSubtitle } from '../entities/external-subtitle.entity.js';
import { Image } from '../entities/image.entity.js';
import { coverByPicture } from '../music/embedded-covers.js';
import { chunked } from '../store/chunks.js';
import { isWithin, joinPath } from './directory-tree.js';
import type { FolderView } from './folder-view.js';

/** Forgets subtitles and pictures whose files are gone from directories that were read: they hold no one's history. */
export async function dropVanishedSidecars(
  database: Database,
  libraryId: string,
  views: readonly FolderView[],
): Promise<void> {
  for (const view of views) {
    if (!view.isReadable || view.tree.directories.size === 0) continue;
    const present = new Set<string>();
    for (const { path, sidecars } of view.tree.directories.values()) {
      for (const entry of sidecars) present.add(joinPath(path, entry.name));
    }
    const isLost = (path: string): boolean =>
      !present.has(path) &&
      view.scopes.some((scope) => isWithin(path, scope)) &&
      !view.tree.unreadable.some((directory) => isWithin(path, directory));
    const { id: folderId } = view.folder;
    const subtitles = await database.read.sql<{ id: string; path: string }[]>`
      SELECT external_subtitle.id, external_subtitle.relative_path AS path FROM external_subtitle
      JOIN media_file ON media_file.id = external_subtitle.file_id
      WHERE media_file.library_id = ${libraryId} AND media_file.folder_id = ${folderId} AND media_file.available`;
    const images = await database.read.sql<{ id: string; path: string }[]>`
      SELECT id, relative_path AS path FROM image WHERE folder_id = ${folderId}
      AND kind NOT IN ('embedded', 'photo')`;
    const lost = (rows: typeof images): string[] =>
      rows.filter(({ path }) => isLost(path)).map(({ id }) => id);
    for (const ids of chunked(lost(subtitles), 200))
      await database.write((manager) => manager.delete(ExternalSubtitle, { id: In(ids) }));
    for (const ids of chunked(lost(images), 200)) await database.write((manager) => dropImages(manager, ids));
  }
}

/** An album whose picture is gone shows what its tracks hold. */
async function dropImages(manager: EntityManager, ids: string[]): Promise<void> {
  const albums = await manager.sql<{ id: string }[]>`SELECT id FROM album WHERE cover_id IN (${() => ids})`;
  await manager.delete(Image, { id: In(ids) });
  await coverByPicture(
    manager,
    albums.map(({ id }) => id),
  );
}
