import { type EntityManager, In } from 'typeorm';
import type { Database } from '../../database/database.js';
import { EpisodeFile } from '../entities/episode-file.entity.js';
import { ExternalSubtitle } from '../entities/external-subtitle.entity.js';
import { MediaFile } from '../entities/media-file.entity.js';
import { refreshAvailability } from '../store/availability.js';
import type { BatchWriter } from '../store/batch-writer.js';
import { handOver } from '../store/hand-over.js';
import { refreshTagged, type Tagged } from '../store/tagged-files.js';
import { inChunks } from '../store/chunks.js';
import {
  dropEmptied,
  dropEmptyEpisode,
  type HistoryMove,
  moveHistories,
  type WatchedItem,
} from '../store/history.js';
import type { KnownFile } from './known-files.js';

/**
 * The other order of a move: the new path was scanned while the old was still there, and now the old is gone. The old
 * row takes the new one's place; its history goes where the new path belongs.
 * @returns ids of the vanished rows that live on
 */
export async function mergeCopies(
  gone: readonly KnownFile[],
  libraryId: string,
  database: Database,
  writer: BatchWriter,
): Promise<Set<string>> {
  const ids = gone.filter((file) => file.available).map((file) => file.id);
  const goneIds = new Set(gone.map((file) => file.id));
  const old = await inChunks(ids, (slice) => database.read.findBy(MediaFile, { id: In(slice) }));
  const prints = old.flatMap((row) => row.fingerprint ?? []);
  const copies = await inChunks(prints, (slice) =>
    database.read.findBy(MediaFile, { libraryId, available: true, fingerprint: In(slice) }),
  );
  const merged = new Set<string>();
  const used = new Set<string>();
  for (const row of old) {
    const copy = copies.find(
      (each) => isSameContent(each, row) && !goneIds.has(each.id) && !used.has(each.id),
    );
    if (!copy) continue;
    used.add(copy.id);
    merged.add(row.id);
    await database.write(async (manager) => {
      const tagged = await takePlace(manager, row, copy);
      const titleIds = [...new Set([row.titleId, copy.titleId].filter((id) => id !== null))];
      await writer.changed(libraryId, titleIds, [row.id, copy.id], tagged);
    });
  }
  return merged;
}

const isSameContent = (copy: MediaFile, row: MediaFile): boolean =>
  copy.fingerprint === row.fingerprint &&
  copy.size === row.size &&
  (copy.extraKind === null) === (row.extraKind === null);

async function takePlace(manager: EntityManager, row: MediaFile, found: MediaFile): Promise<Tagged> {
  const copy = Object.assign(new MediaFile(), found);
  const before = await itemsOf(manager, row);
  const after = await itemsOf(manager, copy);
  await manager.delete(EpisodeFile, { fileId: row.id });
  await manager.delete(ExternalSubtitle, { fileId: row.id });
  await manager.update(EpisodeFile, { fileId: copy.id }, { fileId: row.id });
  await manager.update(ExternalSubtitle, { fileId: copy.id }, { fileId: row.id });
  await manager.sql`UPDATE playback_session SET file_id = ${row.id} WHERE file_id = ${copy.id}`;
  const { tagged, put } = await handOver(manager, copy.id, row.id);
  await manager.delete(MediaFile, copy.id);
  const { id, addedAt } = row;
  await manager.update(
    MediaFile,
    id,
    Object.assign(copy, { id, addedAt, manualMatch: copy.manualMatch ?? row.manualMatch }),
  );
  await put();
  await refreshTagged(manager, tagged, Date.now());
  const moves: HistoryMove[] = [];
  for (const [index, from] of before.entries()) {
    const to = after[index] ?? after.at(-1);
    if (to && !(await isHeld(manager, from))) moves.push({ fileId: id, from, to });
  }
  await moveHistories(manager, moves);
  for (const { from } of moves) await dropEmptyEpisode(manager, from);
  if (!row.titleId) return tagged;
  const successor = copy.titleId ?? row.titleId;
  const isDropped = await dropEmptied(manager, row.titleId, successor);
  await refreshAvailability(manager, isDropped ? [successor] : [row.titleId, successor]);
  return tagged;
}

async function itemsOf(manager: EntityManager, file: MediaFile): Promise<WatchedItem[]> {
  const { titleId } = file;
  if (titleId === null || file.extraKind !== null) return [];
  const links = await manager.findBy(EpisodeFile, { fileId: file.id });
  return links.length > 0
    ? links.map(({ episodeId }) => ({ titleId, episodeId }))
    : [{ titleId, episodeId: null }];
}

async function isHeld(manager: EntityManager, { titleId, episodeId }: WatchedItem): Promise<boolean> {
  const rows = episodeId
    ? await manager.sql<unknown[]>`SELECT 1 FROM episode_file WHERE episode_id = ${episodeId} LIMIT 1`
    : await manager.sql<
        unknown[]
      >`SELECT 1 FROM media_file WHERE title_id = ${titleId} AND extra_kind IS NULL LIMIT 1`;
  return rows.length > 0;
}
