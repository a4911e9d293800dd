import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Directory, type FileEntry, isWithin, joinPath } from './directory-tree.js';
import type { FolderView } from './folder-view.js';
import { fileKey, type KnownFile } from './known-files.js';
import type { Surroundings } from './surroundings.js';

/** A file to be looked at, with what is known of it. */
export interface SeenFile {
  view: FolderView;
  directory: Directory;
  entry: FileEntry;
  path: string;
  surroundings: Surroundings;
  known: KnownFile | null;
}

/** The difference between the disk and the database. */
export interface Changes {
  /** New or different bytes: to be inspected. */
  toInspect: SeenFile[];
  /** Same bytes, other sidecars (or a full scan): placed anew from what is known, without opening the file. */
  toPlace: SeenFile[];
  /** There again, unchanged. */
  back: KnownFile[];
  /** Their directories were read, and they are not in them. */
  vanished: KnownFile[];
  /** Their directories could not be read, or the disk looks unplugged. */
  unreachable: KnownFile[];
  unchanged: number;
}

/** Compares by path, size and time alone; no file is opened. */
export async function findChanges(
  views: readonly FolderView[],
  known: ReadonlyMap<string, KnownFile>,
  full: boolean,
): Promise<Changes> {
  const changes: Changes = {
    toInspect: [],
    toPlace: [],
    back: [],
    vanished: [],
    unreachable: [],
    unchanged: 0,
  };
  const seen = new Set<string>();
  let count = 0;
  for (const view of views) {
    for (const directory of view.tree.directories.values()) {
      if (!view.scopes.some((scope) => isWithin(directory.path, scope))) continue;
      for (const entry of directory.media) {
        if (++count % 200 === 0) await nextTurn();
        const path = joinPath(directory.path, entry.name);
        const row = known.get(fileKey(view.folder.id, path)) ?? null;
        const surroundings = isTagged(entry)
          ? view.neighbourhood.aroundTagged(directory, entry)
          : view.neighbourhood.around(directory, entry);
        sort({ view, directory, entry, path, surroundings, known: row }, full, changes);
        if (row) seen.add(row.id);
      }
    }
  }
  const byFolder = new Map(views.map((view) => [view.folder.id, view]));
  for (const row of known.values()) {
    const view = byFolder.get(row.folderId);
    if (seen.has(row.id) || !view) continue;
    (isGone(view, row) ? changes.vanished : changes.unreachable).push(row);
  }
  return changes;
}

function sort(file: SeenFile, full: boolean, changes: Changes): void {
  const { known, entry } = file;
  if (!known || known.size !== entry.size || known.modifiedMs !== entry.modifiedMs)
    changes.toInspect.push(file);
  else if (isTagged(entry) && isToRead(file, known, full)) changes.toInspect.push(file);
  else if (full && known.state === 'failed') changes.toInspect.push(file);
  else if (full || file.surroundings.changedMs >= known.scannedAt) changes.toPlace.push(file);
  else if (known.available) changes.unchanged++;
  if (known && !known.available && known.size === entry.size && known.modifiedMs === entry.modifiedMs) {
    changes.back.push(known);
  }
}

/** Music and photos are what their tags say, and not their names. */
export const isTagged = ({ kind }: Pick<FileEntry, 'kind'>): boolean => kind === 'audio' || kind === 'image';

/** What tags say is kept in tables of its own: to place a file anew is to read it again. */
const isToRead = ({ surroundings }: SeenFile, known: KnownFile, full: boolean): boolean =>
  full || known.state === 'unmatched' || surroundings.changedMs >= known.scannedAt;

const isGone = (view: FolderView, row: KnownFile): boolean =>
  view.isReadable && !view.tree.unreadable.some((path) => isWithin(row.path, path));
