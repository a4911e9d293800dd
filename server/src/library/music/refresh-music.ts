import { type EntityManager, In } from 'typeorm';
import { AlbumGenre } from '../entities/album-genre.entity.js';
import { Album } from '../entities/album.entity.js';
import { Artist } from '../entities/artist.entity.js';
import { chunked, insertRows } from '../store/chunks.js';
import { type AlbumSums, sumAlbums } from './album-facts.js';
import { coverByPicture } from './embedded-covers.js';

/**
 * Works out what albums and artists are from the tracks there are, and drops those without any: their rows hold nothing
 * that is not on the disk.
 * @param covers picture ids of albums whose folders hold one @returns ids of all artists concerned
 */
export async function refreshMusic(
  manager: EntityManager,
  albumIds: Iterable<string>,
  artistIds: Iterable<string>,
  now: number,
  covers: ReadonlyMap<string, string> = new Map(),
): Promise<string[]> {
  const albums = [...new Set(albumIds)];
  const artists = new Set(artistIds);
  for (const ids of chunked(albums, 200)) {
    const rows = await manager.findBy(Album, { id: In(ids) });
    for (const { artistId } of rows) if (artistId) artists.add(artistId);
    const sums = await sumAlbums(manager, ids);
    for (const { mainArtistId } of sums.values()) if (mainArtistId) artists.add(mainArtistId);
    const names = await artistSortNames(manager, [...artists]);
    const left: Album[] = [];
    for (const row of rows) {
      const sum = sums.get(row.id);
      if (sum) await refreshAlbum(manager, row, sum, names, covers.get(row.id), now);
      else left.push(row);
    }
    if (left.length > 0) await manager.delete(Album, { id: In(left.map(({ id }) => id)) });
    await coverByPicture(manager, rows.filter((row) => row.coverId === null && sums.has(row.id)).map(({ id }) => id)); // prettier-ignore
  }
  for (const ids of chunked([...artists], 200)) await refreshArtists(manager, ids);
  return [...artists];
}

async function artistSortNames(manager: EntityManager, ids: readonly string[]): Promise<Map<string, string>> {
  const rows: Artist[] = [];
  for (const slice of chunked(ids, 400)) rows.push(...(await manager.findBy(Artist, { id: In(slice) })));
  return new Map(rows.map(({ id, sortName }) => [id, sortName]));
}

async function refreshAlbum(
  manager: EntityManager,
  album: Album,
  sum: AlbumSums,
  sortNames: ReadonlyMap<string, string>,
  folderCover: string | undefined,
  now: number,
): Promise<void> {
  const artistId = sum.isTagged ? album.artistId : sum.mainArtistId;
  const fields = {
    artistId,
    byArtist: byArtist(artistId === null ? undefined : sortNames.get(artistId), sum.year, album.sortName),
    compilation: artistId === null && sum.trackCount > 1,
    year: sum.year,
    sortYear: sum.year ?? 0,
    genres: [...sum.genres],
    // The first folder's picture stays; one inside a track gives way to it.
    coverId: (await keepsCover(manager, album)) ? album.coverId : (folderCover ?? album.coverId),
    discCount: sum.discCount,
    trackCount: sum.trackCount,
    durationSeconds: sum.durationSeconds,
    available: sum.availableCount > 0,
    addedAt: sum.addedAt,
  };
  const isSame = JSON.stringify(fields) === JSON.stringify(pick(album, fields));
  const hadGenres = JSON.stringify(album.genres) === JSON.stringify(fields.genres);
  Object.assign(album, fields);
  if (isSame) return;
  await manager.update(Album, album.id, { ...fields, updatedAt: now });
  if (hadGenres) return;
  await manager.delete(AlbumGenre, { albumId: album.id });
  const genres = fields.genres.map((genre) => ({ albumId: album.id, genre, libraryId: album.libraryId }));
  await insertRows(manager, AlbumGenre, genres);
}

const pick = (album: Album, fields: Partial<Album>): Record<string, unknown> =>
  Object.fromEntries(Object.keys(fields).map((name): [string, unknown] => [name, Reflect.get(album, name)]));

async function keepsCover(manager: EntityManager, { coverId }: Album): Promise<boolean> {
  if (coverId === null) return false;
  const [image] = await manager.sql<{ kind: string }[]>`SELECT kind FROM image WHERE id = ${coverId}`;
  return image?.kind === 'cover';
}

/** Compilations stand where “Various” would. */
const byArtist = (sortName: string | undefined, year: number | null, name: string): string =>
  `${sortName ?? 'various'} ${String(year ?? 9999).padStart(4, '0')} ${name}`.slice(0, 600);

async function refreshArtists(manager: EntityManager, artistIds: readonly string[]): Promise<void> {
  const ids = (): string[] => [...artistIds];
  await manager.sql`DELETE FROM artist WHERE id IN (${ids})
    AND NOT EXISTS (SELECT 1 FROM track_artist WHERE track_artist.artist_id = artist.id)
    AND NOT EXISTS (SELECT 1 FROM album WHERE album.artist_id = artist.id)`;
  await manager.sql`UPDATE artist SET
    track_count = (SELECT COUNT(*) FROM track_artist WHERE track_artist.artist_id = artist.id),
    album_count = (SELECT COUNT(*) FROM (SELECT album.id FROM album WHERE album.artist_id = artist.id
      UNION SELECT track_artist.album_id FROM track_artist WHERE track_artist.artist_id = artist.id) own),
    available = EXISTS (SELECT 1 FROM album WHERE album.artist_id = artist.id AND album.available)
      OR EXISTS (SELECT 1 FROM track_artist JOIN track ON track.id = track_artist.track_id
        WHERE track_artist.artist_id = artist.id AND track.available) WHERE id IN (${ids})`;
}
