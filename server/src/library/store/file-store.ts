import { type EntityManager, In } from 'typeorm';
import { newId } from '../../common/id.js';
import { ExternalSubtitle } from '../entities/external-subtitle.entity.js';
import { MediaFile } from '../entities/media-file.entity.js';
import { insertRows } from './chunks.js';
import type { PlacedRecord } from './file-record.js';

/** Writes the rows of media files: new ones in one go, known ones each. */
export async function writeFiles(
  manager: EntityManager,
  libraryId: string,
  records: readonly PlacedRecord[],
  now: number,
): Promise<void> {
  const fresh: MediaFile[] = [];
  for (const record of records) {
    const fields = {
      libraryId,
      folderId: record.folderId,
      relativePath: record.relativePath,
      size: record.size,
      modifiedMs: record.modifiedMs,
      fingerprint: record.fingerprint,
      state: record.state,
      reason: record.reason,
      parsed: record.parsed,
      manualMatch: record.manualMatch,
      media: record.media,
      titleId: record.titleId,
      extraKind: record.extra?.kind ?? null,
      versionLabel: record.versionLabel,
      available: true,
      missingSince: null,
      scannedAt: now,
    };
    if (record.known) await manager.update(MediaFile, record.known.id, fields);
    else fresh.push({ ...fields, id: record.id, addedAt: now });
  }
  await insertRows(manager, MediaFile, fresh);
}

/** Replaces the external subtitles of a batch's files; ids of unchanged ones stay, since URLs carry them. */
export async function writeSubtitles(
  manager: EntityManager,
  records: readonly PlacedRecord[],
): Promise<void> {
  const scanned = records.filter((record) => record.surroundings !== null);
  const known = scanned.filter((record) => record.known !== null).map((record) => record.id);
  const rows = known.length > 0 ? await manager.findBy(ExternalSubtitle, { fileId: In(known) }) : [];
  const ids = new Map(rows.map((row) => [keyOf(row.fileId, row.relativePath, row.streamIndex), row.id]));
  if (rows.length > 0) await manager.delete(ExternalSubtitle, { fileId: In(known) });
  const fresh = scanned.flatMap((record) =>
    (record.surroundings?.subtitles ?? []).map(({ path, entry, says }) => ({
      id: ids.get(keyOf(record.id, path, says.streamIndex)) ?? newId(),
      fileId: record.id,
      relativePath: path,
      size: entry.size,
      modifiedMs: entry.modifiedMs,
      ...says,
    })),
  );
  await insertRows(manager, ExternalSubtitle, fresh);
}

const keyOf = (fileId: string, path: string, streamIndex: number | null): string =>
  `${fileId}/${path}/${streamIndex ?? ''}`;
