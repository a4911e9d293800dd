import { type EntityManager, In } from 'typeorm';
import { PhotoAlbum } from '../entities/photo-album.entity.js';
import { PhotoMonth } from '../entities/photo-month.entity.js';
import { chunked } from '../store/chunks.js';

interface Sum {
  id: string;
  photos: number | string;
  first: string;
  last: string;
}

/** Counts albums and months anew from the photos there are, and drops those without any. */
export async function refreshPhotos(
  manager: EntityManager,
  libraryId: string,
  albumIds: Iterable<string>,
  months: Iterable<string>,
): Promise<void> {
  for (const ids of chunked([...new Set(albumIds)], 200)) {
    // Counted along an index: a folder may hold a hundred thousand.
    const sums = await manager.sql<Sum[]>`SELECT album_id AS id, COUNT(*) AS photos,
      MIN(taken_at) AS first, MAX(taken_at) AS last
      FROM photo WHERE album_id IN (${() => ids}) GROUP BY album_id`;
    for (const { id, photos, first, last } of sums) {
      const [cover] = await manager.sql<{ id: string }[]>`SELECT id FROM photo WHERE album_id = ${id}
        ORDER BY taken_at DESC, id DESC LIMIT 1`;
      const there = await manager.sql<unknown[]>`SELECT 1 FROM photo WHERE album_id = ${id} AND available
        LIMIT 1`;
      await manager.update(PhotoAlbum, id, {
        photoCount: Number(photos),
        available: there.length > 0,
        firstAt: first,
        lastAt: last,
        coverId: cover?.id ?? null,
      });
    }
    const left = new Set(sums.map(({ id }) => id));
    const empty = ids.filter((id) => !left.has(id));
    if (empty.length > 0) await manager.delete(PhotoAlbum, { id: In(empty) });
  }
  for (const month of new Set(months)) await refreshMonth(manager, libraryId, month);
}

async function refreshMonth(manager: EntityManager, libraryId: string, month: string): Promise<void> {
  const [sum] = await manager.sql<Omit<Sum, 'id'>[]>`SELECT COUNT(*) AS photos, MIN(taken_at) AS first,
    MAX(taken_at) AS last FROM photo WHERE month = ${month} AND library_id = ${libraryId}`;
  if (!sum || Number(sum.photos) === 0) {
    await manager.delete(PhotoMonth, { libraryId, month });
    return;
  }
  const [cover] = await manager.sql<{ id: string }[]>`SELECT id FROM photo WHERE month = ${month}
    AND library_id = ${libraryId} ORDER BY taken_at DESC, id DESC LIMIT 1`;
  const facts = {
    photoCount: Number(sum.photos),
    firstAt: sum.first,
    lastAt: sum.last,
    coverId: cover?.id ?? null,
  };
  if (await manager.existsBy(PhotoMonth, { libraryId, month }))
    await manager.update(PhotoMonth, { libraryId, month }, facts);
  else await manager.insert(PhotoMonth, { libraryId, month, ...facts });
}
