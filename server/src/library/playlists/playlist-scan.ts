import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { type EntityManager, In, IsNull } from 'typeorm';
import { newId } from '../../common/id.js';
import { systemErrorCode } from '../../common/system-error.js';
import type { Database } from '../../database/database.js';
import { LibraryFolder } from '../entities/library-folder.entity.js';
import type { Library } from '../entities/library.entity.js';
import { PlaylistEntry } from '../entities/playlist-entry.entity.js';
import { Playlist } from '../entities/playlist.entity.js';
import { type FileEntry, isWithin, joinPath } from '../scan/directory-tree.js';
import { type FolderView, isMediaIn } from '../scan/folder-view.js';
import { fileKey } from '../scan/known-files.js';
import { sortNameOf } from '../scan/sort-name.js';
import { chunked, inChunks, insertRows } from '../store/chunks.js';
import { type PlaylistText, readPlaylist } from './playlist-text.js';
import { type Place, placesOf, type Root } from './track-places.js';

/** Bytes; a larger one is none. */
const largestFile = 2 * 1024 * 1024;

/**
 * Brings the playlists of a music library up to what its `.m3u` and `.pls` files say. Run it when the tracks are
 * written. Ids stay: a playlist's by its path, an entry's by what its line says.
 * @returns whether anything is different now
 */
export async function scanPlaylists(
  database: Database,
  library: Library,
  views: readonly FolderView[],
): Promise<boolean> {
  if (!isMediaIn(library.kind)('audio')) return false;
  const rows = await database.read.findBy(Playlist, { libraryId: library.id });
  const known = new Map(rows.map((row) => [fileKey(row.folderId ?? '', row.relativePath ?? ''), row]));
  const roots = await database.read.find(LibraryFolder);
  const scan = new PlaylistScan(database, library.id, roots);
  for (const view of views) {
    if (!view.isReadable || !view.folder.available) continue;
    const seen = new Set<string>();
    for (const [path, entry] of playlistFiles(view)) {
      const row = known.get(fileKey(view.folder.id, path));
      if (await scan.take({ root: view.folder, path }, entry, row)) seen.add(path);
    }
    await scan.drop(rows.filter((row) => isGone(row, view, seen)));
  }
  await scan.findMissing(rows);
  return scan.hasChanged;
}

function* playlistFiles(view: FolderView): Generator<[path: string, entry: FileEntry]> {
  for (const { path, sidecars } of view.tree.directories.values())
    for (const entry of sidecars)
      if (entry.kind === 'playlist' && view.scopes.some((scope) => isWithin(path, scope)))
        yield [joinPath(path, entry.name), entry];
}

function isGone({ folderId, relativePath: path }: Playlist, view: FolderView, seen: Set<string>): boolean {
  if (folderId !== view.folder.id || path === null || seen.has(path)) return false;
  return (
    view.scopes.some((scope) => isWithin(path, scope)) &&
    !view.tree.unreadable.some((directory) => isWithin(path, directory))
  );
}

interface Located {
  readonly root: Root;
  readonly path: string;
}

class PlaylistScan {
  hasChanged = false;

  constructor(
    private readonly database: Database,
    private readonly libraryId: string,
    private readonly roots: readonly Root[],
  ) {}

  /** @returns whether there is a playlist in the file */
  async take(
    at: Located,
    { name, size, modifiedMs }: FileEntry,
    row: Playlist | undefined,
  ): Promise<boolean> {
    if (row?.size === size && row.modifiedMs === modifiedMs) return true;
    const bytes = await readSmall(join(at.root.path, at.path));
    if (bytes === 'unreadable') return row !== undefined;
    const text = bytes && readPlaylist(name, bytes);
    if (!text) return false;
    const references = text.lines.map(({ reference }) => reference);
    const tracks = await this.tracksOf(references.map((reference) => placesOf(reference, at, this.roots)));
    await this.database.write((manager) => this.write(manager, at, { size, modifiedMs }, text, tracks, row));
    this.hasChanged = true;
    return true;
  }

  async drop(rows: readonly Playlist[]): Promise<void> {
    if (rows.length === 0) return;
    await this.database.write((manager) => manager.delete(Playlist, { id: In(rows.map(({ id }) => id)) }));
    this.hasChanged = true;
  }

  /** Entries of known playlists whose tracks were not there before. */
  async findMissing(playlists: readonly Playlist[]): Promise<void> {
    const byId = new Map(playlists.map((playlist) => [playlist.id, playlist]));
    const missing = await inChunks(byId.keys(), (ids) =>
      this.database.read.findBy(PlaylistEntry, { playlistId: In(ids), trackId: IsNull() }),
    );
    const tracks = await this.tracksOf(
      missing.map(({ playlistId, reference }) => {
        const playlist = byId.get(playlistId);
        const root = this.roots.find(({ id }) => id === playlist?.folderId);
        return root && playlist?.relativePath && reference !== null
          ? placesOf(reference, { root, path: playlist.relativePath }, this.roots)
          : [];
      }),
    );
    const found = missing.flatMap(({ id }, at) => (tracks[at] ? [{ id, trackId: tracks[at] }] : []));
    for (const slice of chunked(found, 200))
      await this.database.write(async (manager) => {
        for (const { id, trackId } of slice) await manager.update(PlaylistEntry, id, { trackId });
      });
    this.hasChanged ||= found.length > 0;
  }

  private async write(
    manager: EntityManager,
    { root, path }: Located,
    file: Pick<Playlist, 'size' | 'modifiedMs'>,
    { name, lines }: PlaylistText,
    tracks: readonly (string | null)[],
    row: Playlist | undefined,
  ): Promise<void> {
    const now = Date.now();
    const id = row?.id ?? newId();
    const fields = { ...file, name, sortName: sortNameOf(name), updatedAt: now };
    if (row) await manager.update(Playlist, id, fields);
    else {
      const place = { accountId: null, libraryId: this.libraryId, folderId: root.id, relativePath: path };
      await insertRows(manager, Playlist, [{ id, ...place, ...fields, addedAt: now }]);
    }
    const before = new Map<string | null, string[]>();
    for (const entry of await manager.findBy(PlaylistEntry, { playlistId: id }))
      before.set(entry.reference, [...(before.get(entry.reference) ?? []), entry.id]);
    await manager.delete(PlaylistEntry, { playlistId: id });
    const entries = lines.map((line, position): PlaylistEntry => ({
      id: before.get(line.reference)?.shift() ?? newId(),
      playlistId: id,
      position,
      trackId: tracks[position] ?? null,
      reference: line.reference,
      name: line.name,
      durationSeconds: line.seconds,
    }));
    await insertRows(manager, PlaylistEntry, entries);
  }

  /** @param places of each entry @returns the track of each, null where none of its places holds one */
  private async tracksOf(places: readonly (readonly Place[])[]): Promise<(string | null)[]> {
    const rows = await inChunks(
      places.flat().map(({ path }) => path),
      (paths) => this.database.read.sql<{ id: string; folderId: string; path: string }[]>`SELECT track.id,
        media_file.folder_id AS "folderId", media_file.relative_path AS path FROM media_file
        JOIN track ON track.id = media_file.id
        WHERE media_file.folder_id IN (${() => this.roots.map(({ id }) => id)})
        AND media_file.relative_path IN (${() => paths})`,
    );
    const tracks = new Map(rows.map(({ id, folderId, path }) => [fileKey(folderId, path), id]));
    return places.map(
      (each) => each.flatMap(({ folderId, path }) => tracks.get(fileKey(folderId, path)) ?? [])[0] ?? null,
    );
  }
}

/** Only a regular file is read, and no link: what it leads to would be shown as names of missing tracks. */
async function readSmall(path: string): Promise<Buffer | 'unreadable' | undefined> {
  try {
    await using file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const stats = await file.stat();
    return stats.isFile() && stats.size <= largestFile ? await file.readFile() : undefined;
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === undefined) throw error;
    return code === 'ELOOP' ? undefined : 'unreadable';
  }
}
