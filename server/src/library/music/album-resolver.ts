import { type EntityManager, In } from 'typeorm';
import { newId } from '../../common/id.js';
import { Album } from '../entities/album.entity.js';
import type { Artist } from '../entities/artist.entity.js';
import { sortNameOf } from '../scan/sort-name.js';
import { inChunks, insertRows } from '../store/chunks.js';
import type { PlacedTrack } from './placed-track.js';

/**
 * Finds or makes the album of every track of a batch. An album whose only tracks now say something else is renamed in
 * place, so that its id stays: what was tagged anew, or moved to another folder, is the same record still.
 */
export class AlbumResolver {
  private readonly byIdentity = new Map<string, Album>();

  constructor(
    private readonly manager: EntityManager,
    private readonly libraryId: string,
    private readonly now: number,
  ) {}

  /** @param before album ids of known tracks @returns album ids by track */
  async resolve(
    tracks: readonly PlacedTrack[],
    before: ReadonlyMap<string, string>,
    artists: ReadonlyMap<string, Artist>,
  ): Promise<Map<string, string>> {
    const identities = new Set(tracks.map(({ placement }) => placement.album.identity));
    const rows = await inChunks(identities, (slice) =>
      this.manager.findBy(Album, { libraryId: this.libraryId, identity: In(slice) }),
    );
    for (const row of rows) this.byIdentity.set(row.identity, row);
    const leaving = await this.albumsToRename(tracks, before);
    const fresh: Album[] = [];
    const result = new Map<string, string>();
    for (const { id, placement } of tracks) {
      const { identity, name, artist } = placement.album;
      let album = this.byIdentity.get(identity);
      if (!album) {
        album = leaving.get(before.get(id) ?? '');
        const artistId = artist ? (artists.get(artist.identity)?.id ?? null) : null;
        if (album) await this.rename(album, identity, name, artistId);
        else fresh.push((album = this.create(identity, name, artistId)));
        this.byIdentity.set(identity, album);
      }
      result.set(id, album.id);
    }
    await insertRows(this.manager, Album, fresh);
    return result;
  }

  /** Albums that no track speaks for but those of this batch, which agree on one new identity. */
  private async albumsToRename(
    tracks: readonly PlacedTrack[],
    before: ReadonlyMap<string, string>,
  ): Promise<Map<string, Album>> {
    const groups = new Map<string, PlacedTrack[]>();
    for (const track of tracks) {
      const old = before.get(track.id);
      if (old !== undefined) groups.set(old, [...(groups.get(old) ?? []), track]);
    }
    const moving = [...groups].filter(([, group]) => {
      const [first, ...others] = new Set(group.map(({ placement }) => placement.album.identity));
      return first !== undefined && others.length === 0 && !this.byIdentity.has(first);
    });
    const albums = await inChunks(
      moving.map(([id]) => id),
      (ids) => this.manager.findBy(Album, { id: In(ids) }),
    );
    const result = new Map<string, Album>();
    for (const album of albums) {
      const own = new Set((groups.get(album.id) ?? []).map(({ id }) => id));
      const all = await this.manager.sql<{ id: string }[]>`SELECT id FROM track WHERE album_id = ${album.id}
        AND available`;
      if (all.every(({ id }) => own.has(id))) result.set(album.id, album);
    }
    return result;
  }

  private async rename(album: Album, identity: string, name: string, artistId: string | null): Promise<void> {
    this.byIdentity.delete(album.identity);
    const fields = {
      identity,
      name,
      sortName: sortNameOf(name).slice(0, 300),
      artistId,
      updatedAt: this.now,
    };
    Object.assign(album, fields, { libraryId: this.libraryId });
    await this.manager.update(Album, album.id, { ...fields, libraryId: this.libraryId });
  }

  private create(identity: string, name: string, artistId: string | null): Album {
    const sortName = sortNameOf(name).slice(0, 300);
    return {
      id: newId(),
      libraryId: this.libraryId,
      identity,
      name,
      sortName,
      artistId,
      byArtist: sortName,
      compilation: false,
      year: null,
      sortYear: 0,
      genres: [],
      coverId: null,
      discCount: 1,
      trackCount: 0,
      durationSeconds: 0,
      available: true,
      addedAt: this.now,
      updatedAt: this.now,
    };
  }
}
