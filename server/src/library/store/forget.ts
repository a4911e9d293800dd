import { type EntityManager, In } from 'typeorm';
import { MediaFile } from '../entities/media-file.entity.js';
import { Image } from '../entities/image.entity.js';
import { refreshAvailability } from './availability.js';
import { refreshTagged, type Tagged, taggedOf } from './tagged-files.js';

/** What an administrator's word removed. */
export interface Forgotten {
  fileIds: string[];
  /** Titles that lost their last file, and are gone. */
  droppedTitleIds: string[];
  /** Titles that lost a file. */
  touchedTitleIds: string[];
  /** Albums and artists that lost a file, and may be gone. */
  tagged: Tagged;
}

/** Removes rows of files, and titles and episodes with no file left. Files on disk are never touched. */
export async function forgetFiles(manager: EntityManager, fileIds: string[]): Promise<Forgotten> {
  const rows = await manager.find(MediaFile, {
    where: { id: In(fileIds) },
    select: { id: true, titleId: true },
  });
  const touched = [...new Set(rows.flatMap((row) => row.titleId ?? []))];
  const tagged = await taggedOf(manager, fileIds);
  await manager.delete(MediaFile, { id: In(fileIds) });
  // A photo's picture has its id, and one inside a track the track's.
  await manager.delete(Image, { id: In(fileIds) });
  await refreshTagged(manager, tagged, Date.now());
  if (touched.length === 0) return { fileIds, droppedTitleIds: [], touchedTitleIds: [], tagged };
  const ids = (): string[] => touched;
  const emptied = await manager.sql<{ id: string }[]>`SELECT id FROM title WHERE id IN (${ids}) AND NOT EXISTS
    (SELECT 1 FROM media_file WHERE media_file.title_id = title.id AND media_file.extra_kind IS NULL)`;
  const droppedTitleIds = emptied.map(({ id }) => id);
  if (droppedTitleIds.length > 0) {
    // Extras go with what they accompanied.
    await manager.sql`DELETE FROM media_file WHERE title_id IN (${() => droppedTitleIds})`;
    await manager.sql`DELETE FROM title WHERE id IN (${() => droppedTitleIds})`;
  }
  await manager.sql`DELETE FROM episode WHERE title_id IN (${ids})
    AND NOT EXISTS (SELECT 1 FROM episode_file WHERE episode_file.episode_id = episode.id)`;
  await manager.sql`DELETE FROM season WHERE title_id IN (${ids})
    AND NOT EXISTS (SELECT 1 FROM episode WHERE episode.season_id = season.id)`;
  await refreshAvailability(manager, touched);
  return { fileIds, droppedTitleIds, touchedTitleIds: touched, tagged };
}
