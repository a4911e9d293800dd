import { stat } from 'node:fs/promises';
import type { EngineResume } from '../torrent-engine.js';
import { PieceSet } from './piece-set.js';
import type { PieceStore } from './piece-store.js';

/** What an earlier run left on the disk. */
export interface Found {
  /** Verified then and untouched since, or pieces of the cache: each is checked again when it is first read. */
  readonly held: PieceSet;
  /** May be there: their files have changed since they were last known. To be checked, and not fetched meanwhile. */
  readonly unchecked: ReadonlySet<number>;
  /** Files that are there. */
  readonly files: readonly number[];
}

interface FileStamp {
  readonly size: number;
  readonly modifiedMs: number;
}

/** Size and time of each file at its place; zeros for those that are not there. @param only which may be; default: all */
export async function fileStamps(store: PieceStore, only?: ReadonlySet<number>): Promise<FileStamp[]> {
  const stamps: FileStamp[] = [];
  for (const [index] of store.options.layout.files.entries()) {
    const isAsked = !only || only.has(index);
    const stats = isAsked ? await stat(store.filePath(index)).catch(() => null) : null;
    stamps.push({ size: stats?.size ?? 0, modifiedMs: Math.floor(stats?.mtimeMs ?? 0) });
  }
  return stamps;
}

/**
 * Which pieces are there. A saved bitfield counts only for files with the size and time that were saved with it: a
 * process that was killed had written more, and a person may have changed them.
 */
export async function findPieces(store: PieceStore, resume: EngineResume | null): Promise<Found> {
  const { layout, cache, infoHash } = store.options;
  const held = new PieceSet(layout.pieceCount);
  for (const { piece, bytes } of cache.of(infoHash)) {
    if (piece < layout.pieceCount && bytes === layout.pieceSize(piece)) held.add(piece);
    else await cache.delete(infoHash, piece);
  }
  const stamps = await fileStamps(store);
  const files = [...stamps.keys()].filter((index) => (stamps[index]?.size ?? 0) > 0);
  const unchecked = new Set<number>();
  if (files.length === 0) return { held, unchecked, files };
  const saved = new PieceSet(layout.pieceCount, savedBits(resume, layout.pieceCount));
  const isUntouched = stamps.map((stamp, index) => {
    const then = resume?.files[index];
    return then !== undefined && then.size === stamp.size && Math.floor(then.modifiedMs) === stamp.modifiedMs;
  });
  for (const index of files) {
    const range = layout.piecesOf(index);
    for (let piece = range?.from ?? 0; range && piece <= range.to; piece++) {
      if (held.has(piece) || unchecked.has(piece)) continue;
      const parts = layout.partsOf(piece).filter(({ file }) => layout.files[file]?.padding === false);
      const isThere = parts.every(
        ({ file, position, length }) => (stamps[file]?.size ?? 0) >= position + length,
      );
      if (!isThere) continue;
      if (!parts.every(({ file }) => isUntouched[file])) unchecked.add(piece);
      else if (saved.has(piece)) store.inFiles.add(piece) && held.add(piece);
    }
  }
  return { held, unchecked, files };
}

/** A bitfield of another length is one of another torrent. */
function savedBits(resume: EngineResume | null, pieceCount: number): Uint8Array {
  const length = Math.ceil(pieceCount / 8);
  return resume?.bitfield.length === length ? Uint8Array.from(resume.bitfield) : new Uint8Array(length);
}
