import { type EntityManager, In } from 'typeorm';
import { MediaFile } from '../entities/media-file.entity.js';
import { refreshTagged, taggedOf } from './tagged-files.js';
import { chunked, inChunks } from './chunks.js';

/** Makes titles and episodes available exactly when one of their files is. */
export async function refreshAvailability(
  manager: EntityManager,
  titleIds: readonly string[],
): Promise<void> {
  for (const ids of chunked(titleIds, 200)) {
    await manager.sql`UPDATE episode SET available = EXISTS (SELECT 1 FROM episode_file
      JOIN media_file ON media_file.id = episode_file.file_id
      WHERE episode_file.episode_id = episode.id AND media_file.available) WHERE title_id IN (${() => ids})`;
    await manager.sql`UPDATE title SET available = EXISTS (SELECT 1 FROM media_file
      WHERE media_file.title_id = title.id AND media_file.available AND media_file.extra_kind IS NULL)
      WHERE id IN (${() => ids})`;
  }
}

/** Marks files as gone or back. Nothing is deleted. @returns the titles whose availability was worked out anew */
export async function setAvailable(
  manager: EntityManager,
  fileIds: readonly string[],
  available: boolean,
  now: number,
): Promise<string[]> {
  const rows = await inChunks(fileIds, (ids) =>
    manager.find(MediaFile, { where: { id: In(ids) }, select: { id: true, titleId: true } }),
  );
  for (const ids of chunked(fileIds, 400)) {
    await manager.update(MediaFile, { id: In(ids) }, { available, missingSince: available ? null : now });
    await manager.sql`UPDATE track SET available = ${available} WHERE id IN (${() => ids})`;
    await manager.sql`UPDATE photo SET available = ${available} WHERE id IN (${() => ids})`;
  }
  await refreshTagged(manager, await taggedOf(manager, fileIds), now);
  const titleIds = [...new Set(rows.flatMap((row) => row.titleId ?? []))];
  await refreshAvailability(manager, titleIds);
  return titleIds;
}
