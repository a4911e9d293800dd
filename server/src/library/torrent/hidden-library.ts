import type { EntityManager } from 'typeorm';
import { LibraryFolder } from '../entities/library-folder.entity.js';
import { Library } from '../entities/library.entity.js';
import { torrentFolderId, torrentLibraryId } from './torrent-ids.js';

/** Sees to it that there is the library that no list shows, where files hang that lie in no folder. */
export async function makeHiddenLibrary(manager: EntityManager): Promise<void> {
  if (await manager.existsBy(Library, { id: torrentLibraryId })) return;
  const now = Date.now();
  const kind = 'mixed';
  await manager.insert(Library, { id: torrentLibraryId, name: 'Torrents', kind, createdAt: now, lastScanAt: now });
  // No path on any disk begins like this.
  const folder = { id: torrentFolderId, libraryId: torrentLibraryId, path: 'torrents:', available: true };
  await manager.insert(LibraryFolder, folder);
} // prettier-ignore
