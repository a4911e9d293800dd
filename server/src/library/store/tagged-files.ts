import type { EntityManager } from 'typeorm';
import { refreshMusic } from '../music/refresh-music.js';
import { refreshPhotos } from '../photos/refresh-photos.js';
import { inChunks } from './chunks.js';

/** What tracks and photos belong to. */
export interface Tagged {
  readonly albumIds: readonly string[];
  readonly artistIds: readonly string[];
  /** By library. */
  readonly photos: readonly { libraryId: string; albumId: string; month: string }[];
}

/** What the tracks and photos among some files belong to, as long as their rows are there. */
export async function taggedOf(manager: EntityManager, fileIds: readonly string[]): Promise<Tagged> {
  const albums = await inChunks(
    fileIds,
    (ids) =>
      manager.sql<{ id: string }[]>`SELECT DISTINCT album_id AS id FROM track WHERE id IN (${() => ids})`,
  );
  const artists = await inChunks(
    albums.length > 0 ? fileIds : [],
    (ids) =>
      manager.sql<
        { id: string }[]
      >`SELECT DISTINCT artist_id AS id FROM track_artist WHERE track_id IN (${() => ids})`,
  );
  const photos = await inChunks(
    fileIds,
    (ids) => manager.sql<Tagged['photos'][number][]>`SELECT DISTINCT library_id AS "libraryId",
      album_id AS "albumId", month FROM photo WHERE id IN (${() => ids})`,
  );
  return {
    albumIds: [...new Set(albums.map(({ id }) => id))],
    artistIds: [...new Set(artists.map(({ id }) => id))],
    photos,
  };
}

/** Works out albums, artists, photo albums and months anew, after something of theirs came or went. */
export async function refreshTagged(
  manager: EntityManager,
  { albumIds, artistIds, photos }: Tagged,
  now: number,
): Promise<void> {
  if (albumIds.length > 0) await refreshMusic(manager, albumIds, artistIds, now);
  for (const libraryId of new Set(photos.map((photo) => photo.libraryId))) {
    const own = photos.filter((photo) => photo.libraryId === libraryId);
    await refreshPhotos(
      manager,
      libraryId,
      own.map(({ albumId }) => albumId),
      own.map(({ month }) => month),
    );
  }
}

/** Tracks and photos whose files can no longer be read are there, but not to be played or shown. */
export async function hideTagged(manager: EntityManager, fileIds: readonly string[]): Promise<void> {
  const ids = (): string[] => [...fileIds];
  await manager.sql`UPDATE track SET available = ${false} WHERE id IN (${ids})`;
  await manager.sql`UPDATE photo SET available = ${false} WHERE id IN (${ids})`;
}
