import { In } from 'typeorm';
import type { Database } from '../../database/database.js';
import { MediaFile } from '../entities/media-file.entity.js';
import { readExtraName } from '../sidecar/extra-name.js';
import { inChunks } from '../store/chunks.js';
import type { FileRecord } from '../store/file-record.js';
import type { SeenFile } from './changes.js';
import { isWithin, joinPath } from './directory-tree.js';
import { fileKey } from './known-files.js';

interface Extra {
  file: SeenFile;
  record: FileRecord;
}

/** As many of an owner's files are asked for their title. */
const askedFiles = 20;

/** Paths of files that an extra may accompany, the likeliest first. */
function ownersOf({ view, path }: SeenFile): string[] {
  const extra = readExtraName(path);
  if (!extra) return [];
  const own = view.neighbourhood
    .mainFiles(extra.ownerDirectory)
    .map((entry) => joinPath(extra.ownerDirectory, entry.name));
  if (extra.ownerBase !== null) {
    const { ownerBase } = extra;
    return own.filter((each) =>
      each.slice(extra.ownerDirectory.length).replace(/^\//, '').toLowerCase().startsWith(ownerBase),
    );
  }
  if (own.length > 0) return own.slice(0, askedFiles);
  // Beside the seasons of a series.
  return [...view.tree.directories.keys()]
    .filter((directory) => directory !== extra.ownerDirectory && isWithin(directory, extra.ownerDirectory))
    .flatMap((directory) =>
      view.neighbourhood.mainFiles(directory).map((entry) => joinPath(directory, entry.name)),
    )
    .slice(0, askedFiles);
}

const isExtra = ({ file }: { file: SeenFile }): boolean =>
  file.entry.kind === 'video' && readExtraName(file.path) !== null;

/** Gives extras the title they accompany; one without stays what its own name says. */
async function attach(extras: readonly Extra[], database: Database): Promise<void> {
  const owners = new Map(extras.map((extra) => [extra, ownersOf(extra.file)]));
  const rows = await inChunks([...owners.values()].flat(), (paths) =>
    database.read.find(MediaFile, {
      where: { relativePath: In(paths) },
      select: { folderId: true, relativePath: true, titleId: true },
    }),
  );
  const titles = new Map(rows.map((row) => [fileKey(row.folderId, row.relativePath), row.titleId]));
  for (const [{ file, record }, paths] of owners) {
    const titleId = paths.map((path) => titles.get(fileKey(file.view.folder.id, path))).find(Boolean);
    const kind = readExtraName(file.path)?.kind;
    if (!titleId || !kind) continue;
    record.extra = { kind, titleId };
    if (record.state === 'unmatched')
      Object.assign(record, record.media ? { state: 'matched', reason: null } : { state: 'failed' });
  }
}

export const attachExtras = { isExtra, attach };
