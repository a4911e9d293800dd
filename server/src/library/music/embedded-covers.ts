import type { EntityManager } from 'typeorm';
import { Album } from '../entities/album.entity.js';
import { Image } from '../entities/image.entity.js';

interface Holder {
  id: string;
  folderId: string;
  relativePath: string;
  size: number;
  modifiedMs: number;
}

/** Gives albums without a picture in their folders the one inside their first track that holds one. */
export async function coverByPicture(manager: EntityManager, albumIds: readonly string[]): Promise<void> {
  for (const albumId of albumIds) {
    const [track] = await manager.sql<Holder[]>`SELECT track.id, media_file.folder_id AS "folderId",
      media_file.relative_path AS "relativePath", media_file.size, media_file.modified_ms AS "modifiedMs"
      FROM track JOIN media_file ON media_file.id = track.id
      WHERE track.album_id = ${albumId} AND track.has_picture ORDER BY track.position, track.id LIMIT 1`;
    if (!track) continue;
    await putOwnImage(manager, track, 'embedded');
    await manager.update(Album, albumId, { coverId: track.id });
  }
}

/** The picture that a media file is or holds, under the file's id. */
async function putOwnImage(
  manager: EntityManager,
  { id, folderId, relativePath, size, modifiedMs }: Holder,
  kind: 'embedded' | 'photo',
  { width, height } = { width: 0, height: 0 },
): Promise<void> {
  const place = { folderId, relativePath, size, modifiedMs };
  const known = await manager.findOneBy(Image, { id });
  const isSame = known && Object.entries(place).every(([name, value]) => Reflect.get(known, name) === value);
  if (isSame) return;
  // Whatever else had this place is another file by now.
  await manager.sql`DELETE FROM image WHERE folder_id = ${folderId} AND relative_path = ${relativePath}
    AND id <> ${id}`;
  const facts = { kind, ...place, width, height, blurhash: null, color: null };
  if (known) await manager.update(Image, id, facts);
  else await manager.insert(Image, { id, ...facts });
}

/** After a track with a picture changed or moved: its row, if an album shows it, follows. */
export async function followEmbedded(manager: EntityManager, trackIds: readonly string[]): Promise<void> {
  if (trackIds.length === 0) return;
  const rows = await manager.sql<Holder[]>`SELECT image.id, media_file.folder_id AS "folderId",
    media_file.relative_path AS "relativePath", media_file.size, media_file.modified_ms AS "modifiedMs"
    FROM image JOIN media_file ON media_file.id = image.id
    WHERE image.kind = 'embedded' AND image.id IN (${() => [...trackIds]})`;
  for (const row of rows) await putOwnImage(manager, row, 'embedded');
}
