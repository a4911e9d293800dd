import { type EntityManager, In } from 'typeorm';
import { Album } from '../entities/album.entity.js';
import { Artist } from '../entities/artist.entity.js';
import { Photo } from '../entities/photo.entity.js';
import { Track } from '../entities/track.entity.js';
import type { SearchDocument } from './search-index.js';

/** Documents of the tracks and photos among some files, by id. */
export async function taggedDocuments(
  manager: EntityManager,
  ids: readonly string[],
): Promise<Map<string, SearchDocument>> {
  const tracks = await manager.findBy(Track, { id: In(ids) });
  const photos = await manager.findBy(Photo, { id: In(ids) });
  const documents = [...tracks.map(trackDocument), ...photos.map(photoDocument)];
  return new Map(documents.map((document) => [document.id, document]));
}

/** Documents of albums and artists. */
export async function musicDocuments(
  manager: EntityManager,
  ids: readonly string[],
): Promise<SearchDocument[]> {
  const albums = await manager.findBy(Album, { id: In(ids) });
  const artists = await manager.findBy(Artist, { id: In(ids) });
  const artistIds = [...new Set(albums.flatMap(({ artistId }) => artistId ?? []))];
  const names = new Map(
    (await manager.findBy(Artist, { id: In(artistIds) })).map(({ id, name }) => [id, name]),
  );
  return [
    ...albums.map((album) => albumDocument(album, names.get(album.artistId ?? ''))),
    ...artists.map(artistDocument),
  ];
}

const albumDocument = (album: Album, artist: string | undefined): SearchDocument => ({
  kind: 'album',
  id: album.id,
  titleId: null,
  names: [
    album.name,
    ...(artist === undefined ? [] : [artist]),
    ...(album.year === null ? [] : [String(album.year)]),
  ],
  boost: album.addedAt,
});

const artistDocument = (artist: Artist): SearchDocument => ({
  kind: 'artist',
  id: artist.id,
  titleId: null,
  names: [artist.name],
  boost: artist.addedAt,
});

const trackDocument = (track: Track): SearchDocument => ({
  kind: 'track',
  id: track.id,
  titleId: null,
  names: [track.name, ...(track.artist === null ? [] : [track.artist])],
  boost: track.addedAt,
});

const photoDocument = (photo: Photo): SearchDocument => ({
  kind: 'photo',
  id: photo.id,
  titleId: null,
  names: [photo.name, photo.takenAt.slice(0, 4), ...(photo.camera === null ? [] : [photo.camera])],
  boost: photo.addedAt,
});
