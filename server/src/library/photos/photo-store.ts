import { type EntityManager, In } from 'typeorm';
import { newId } from '../../common/id.js';
import { Image } from '../entities/image.entity.js';
import { PhotoAlbum } from '../entities/photo-album.entity.js';
import { Photo } from '../entities/photo.entity.js';
import { inChunks, insertRows } from '../store/chunks.js';
import type { PlacedRecord } from '../store/file-record.js';
import type { PhotoPlacement } from './place-photo.js';

/** A photo that is about to be written. */
export interface PlacedPhoto {
  readonly id: string;
  readonly record: PlacedRecord;
  readonly placement: PhotoPlacement;
}

/** What has to be counted anew. */
export interface TouchedPhotos {
  readonly albumIds: ReadonlySet<string>;
  readonly months: ReadonlySet<string>;
}

export const photosOf = (records: readonly PlacedRecord[]): PlacedPhoto[] =>
  records.flatMap((record) =>
    record.placement.kind === 'photo' && record.state === 'matched'
      ? [{ id: record.id, record, placement: record.placement }]
      : [],
  );

/** Writes the photos of a batch with their albums; what follows from photos is `refreshPhotos`'. */
export async function writePhotos(
  manager: EntityManager,
  libraryId: string,
  photos: readonly PlacedPhoto[],
  now: number,
): Promise<TouchedPhotos> {
  if (photos.length === 0) return { albumIds: new Set(), months: new Set() };
  const known = photos.filter(({ record }) => record.known !== null).map(({ id }) => id);
  const before = await inChunks(known, (ids) => manager.findBy(Photo, { id: In(ids) }));
  const albumOf = await ensureAlbums(manager, libraryId, photos, before, now);
  await writeImages(manager, photos);
  const old = new Map(before.map((row) => [row.id, row]));
  const fresh: Photo[] = [];
  for (const { id, placement } of photos) {
    const { name, takenAt, camera, width, height } = placement;
    const month = takenAt.slice(0, 7);
    const albumId = albumOf.get(placement.album.identity) ?? '';
    const fields = { libraryId, albumId, name, takenAt, month, camera, width, height, available: true };
    if (old.has(id)) await manager.update(Photo, id, fields);
    else fresh.push({ id, ...fields, addedAt: now });
  }
  await insertRows(manager, Photo, fresh);
  return {
    albumIds: new Set([...albumOf.values(), ...before.map(({ albumId }) => albumId)]),
    months: new Set([
      ...photos.map(({ placement }) => placement.takenAt.slice(0, 7)),
      ...before.map(({ month }) => month),
    ]),
  };
}

/** A folder that was renamed stays the album it was: all its photos turn up under one new name. */
async function ensureAlbums(
  manager: EntityManager,
  libraryId: string,
  photos: readonly PlacedPhoto[],
  before: readonly Photo[],
  now: number,
): Promise<Map<string, string>> {
  const wanted = new Map(photos.map(({ placement }) => [placement.album.identity, placement.album]));
  const rows = await inChunks(wanted.keys(), (identities) =>
    manager.findBy(PhotoAlbum, { libraryId, identity: In(identities) }),
  );
  const ids = new Map(rows.map(({ identity, id }) => [identity, id]));
  const oldAlbum = new Map(before.map(({ id, albumId }) => [id, albumId]));
  const fresh: PhotoAlbum[] = [];
  for (const [identity, { name, sortName }] of wanted) {
    if (ids.has(identity)) continue;
    const members = photos.filter(({ placement }) => placement.album.identity === identity);
    const renamed = await albumToRename(manager, members, oldAlbum);
    if (renamed !== null) await manager.update(PhotoAlbum, renamed, { identity, name, sortName, libraryId });
    const id = renamed ?? newId();
    ids.set(identity, id);
    if (renamed !== null) continue;
    const counts = { coverId: null, photoCount: 0, firstAt: '', lastAt: '', available: true };
    fresh.push({ id, libraryId, identity, name, sortName, ...counts, addedAt: now });
  }
  await insertRows(manager, PhotoAlbum, fresh);
  return ids;
}

async function albumToRename(
  manager: EntityManager,
  members: readonly PlacedPhoto[],
  oldAlbum: ReadonlyMap<string, string>,
): Promise<string | null> {
  const [old, ...others] = new Set(members.map(({ id }) => oldAlbum.get(id)));
  if (old === undefined || others.length > 0) return null;
  const own = new Set(members.map(({ id }) => id));
  const left = await manager.sql<
    { id: string }[]
  >`SELECT id FROM photo WHERE album_id = ${old} AND available`;
  return left.every(({ id }) => own.has(id)) ? old : null;
}

/** A photo's picture has the photo's id. Known ones go first: among them, places may have been swapped. */
async function writeImages(manager: EntityManager, photos: readonly PlacedPhoto[]): Promise<void> {
  await manager.delete(Image, { id: In(photos.map(({ id }) => id)) });
  const taken = await manager.findBy(Image, {
    relativePath: In(photos.map(({ record }) => record.relativePath)),
  });
  const places = new Set(photos.map(({ record }) => `${record.folderId}/${record.relativePath}`));
  const stale = taken.filter((row) => places.has(`${row.folderId}/${row.relativePath}`));
  if (stale.length > 0) await manager.delete(Image, { id: In(stale.map(({ id }) => id)) });
  const rows = photos.map(({ id, record, placement }): Image => ({
    id,
    folderId: record.folderId,
    relativePath: record.relativePath,
    kind: 'photo',
    size: record.size,
    modifiedMs: record.modifiedMs,
    width: placement.width,
    height: placement.height,
    blurhash: null,
    color: null,
  }));
  await insertRows(manager, Image, rows);
}
