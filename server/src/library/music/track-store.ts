import { type EntityManager, In } from 'typeorm';
import { newId } from '../../common/id.js';
import { Artist } from '../entities/artist.entity.js';
import { TrackArtist } from '../entities/track-artist.entity.js';
import { Track } from '../entities/track.entity.js';
import { sortNameOf } from '../scan/sort-name.js';
import { inChunks, insertRows } from '../store/chunks.js';
import { AlbumResolver } from './album-resolver.js';
import { type NamedArtist, positionOf } from './place-track.js';
import type { PlacedTrack } from './placed-track.js';

/** Whose facts have to be worked out anew. */
export interface TouchedMusic {
  /** Album ids by track. */
  readonly albumOf: ReadonlyMap<string, string>;
  readonly albumIds: ReadonlySet<string>;
  readonly artistIds: ReadonlySet<string>;
}

/** Writes the tracks of a batch with their artists and albums; what follows from tracks is `refreshMusic`'s. */
export async function writeTracks(
  manager: EntityManager,
  libraryId: string,
  tracks: readonly PlacedTrack[],
  now: number,
): Promise<TouchedMusic> {
  if (tracks.length === 0) return { albumOf: new Map(), albumIds: new Set(), artistIds: new Set() };
  const known = tracks.filter(({ record }) => record.known !== null).map(({ id }) => id);
  const before = await inChunks(known, (ids) => manager.findBy(Track, { id: In(ids) }));
  const playedBy = await inChunks(known, (ids) => manager.findBy(TrackArtist, { trackId: In(ids) }));
  const artists = await ensureArtists(manager, libraryId, tracks, now);
  const albums = new AlbumResolver(manager, libraryId, now);
  const albumOf = await albums.resolve(tracks, new Map(before.map((row) => [row.id, row.albumId])), artists);
  await writeRows(manager, libraryId, tracks, albumOf, before, now);
  if (playedBy.length > 0) await manager.delete(TrackArtist, { trackId: In(known) });
  const links = tracks.flatMap(({ id, placement }) =>
    placement.artists.flatMap(({ identity }, position) => {
      const artistId = artists.get(identity)?.id;
      const albumId = albumOf.get(id);
      return artistId && albumId ? [{ trackId: id, position, artistId, albumId }] : [];
    }),
  );
  await insertRows(manager, TrackArtist, links);
  return {
    albumOf,
    albumIds: new Set([...albumOf.values(), ...before.map(({ albumId }) => albumId)]),
    artistIds: new Set(
      [...artists.values(), ...playedBy.map(({ artistId: id }) => ({ id }))].map(({ id }) => id),
    ),
  };
}

async function ensureArtists(
  manager: EntityManager,
  libraryId: string,
  tracks: readonly PlacedTrack[],
  now: number,
): Promise<Map<string, Artist>> {
  const wanted = new Map<string, NamedArtist>();
  for (const { placement } of tracks) {
    for (const artist of [placement.album.artist, ...placement.artists])
      if (artist && (!wanted.has(artist.identity) || isSortTold(artist))) wanted.set(artist.identity, artist);
  }
  const rows = await inChunks(wanted.keys(), (identities) =>
    manager.findBy(Artist, { libraryId, identity: In(identities) }),
  );
  const byIdentity = new Map(rows.map((row) => [row.identity, row]));
  const fresh: Artist[] = [];
  for (const { identity, name, sortName } of wanted.values()) {
    const row = byIdentity.get(identity);
    if (row && isSortTold({ name, sortName }) && row.sortName !== sortName) {
      row.sortName = sortName;
      await manager.update(Artist, row.id, { sortName });
    }
    if (row) continue;
    const counts = { albumCount: 0, trackCount: 0, available: true };
    fresh.push({ id: newId(), libraryId, identity, name, sortName, ...counts, addedAt: now });
  }
  await insertRows(manager, Artist, fresh);
  for (const row of fresh) byIdentity.set(row.identity, row);
  return byIdentity;
}

/** A tag told how to sort: that outweighs what the name suggests, and stays when another track's tag is silent. */
const isSortTold = ({ name, sortName }: Pick<NamedArtist, 'name' | 'sortName'>): boolean =>
  sortName !== sortNameOf(name);

async function writeRows(
  manager: EntityManager,
  libraryId: string,
  tracks: readonly PlacedTrack[],
  albumOf: ReadonlyMap<string, string>,
  before: readonly Track[],
  now: number,
): Promise<void> {
  const old = new Map(before.map((row) => [row.id, row]));
  const fresh: Track[] = [];
  for (const { id, placement } of tracks) {
    const fields = {
      libraryId,
      albumId: albumOf.get(id) ?? '',
      name: placement.name,
      sortName: placement.sortName,
      artist: placement.artistText,
      discNumber: placement.disc,
      number: placement.number,
      position: positionOf(placement),
      durationSeconds: placement.durationSeconds,
      gain: placement.gain,
      albumGain: placement.albumGain,
      year: placement.year,
      genres: [...placement.genres],
      albumArtistTagged: placement.album.isTagged,
      hasPicture: placement.hasPicture,
      available: true,
    };
    const row = old.get(id);
    if (row) await manager.update(Track, id, fields);
    else fresh.push({ ...fields, id, addedAt: now });
  }
  await insertRows(manager, Track, fresh);
}
