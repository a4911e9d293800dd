import type { FilePriority } from '@hearth/contract/torrent';
import type { Layout } from './layout.js';
import type { PieceSet } from './piece-set.js';

/*
 * Which pieces are fetched, in which order, and which must stay: from where readers are and what is wished for.
 * WebTorrent itself has no limit on read-ahead: an open stream fetches to the end of its file.
 */

const mebibyte = 1024 * 1024;

/** Somebody who reads a file. Offsets are bytes of the torrent. */
export interface GovernedReader {
  readonly fileIndex: number;
  /** The next byte that is needed. */
  readonly offset: number;
  /** Since when nothing was taken although it was there; null while it takes, or waits for us. */
  readonly idleSince: number | null;
}

export interface GovernorInput {
  readonly layout: Layout;
  readonly readers: readonly GovernedReader[];
  readonly priorities: ReadonlyMap<number, FilePriority>;
  /** Bytes of the cache that each reader may count on. */
  readonly shareBytes: number;
  /** How far ahead of a reader is fetched, if its share allows. */
  readonly readAheadBytes: number;
  /** Pieces that need not be fetched: verified, or being verified. */
  readonly held: Pick<PieceSet, 'firstMissing' | 'has'>;
  readonly nowMs: number;
}

export interface PieceRange {
  readonly from: number;
  readonly to: number;
}

export interface Plan {
  /** Pieces to fetch, what matters most first; parts may be there already. Ranges may overlap. */
  readonly fetch: readonly PieceRange[];
  /** Pieces that somebody waits for at this moment: worth taking from slow peers. */
  readonly urgent: readonly number[];
  /** Pieces that are not given up for others, each with a reader's place that it is measured from. */
  readonly keep: readonly (PieceRange & { readonly anchor: number })[];
  /** End of each reader's window, bytes of the torrent, as `readers` has them; null for who is idle. */
  readonly windowEnds: readonly (number | null)[];
}

/** A reader that takes nothing for so long (a paused player, a dead one) holds no window any more. */
export const idleMs = 60_000;
/** Head and tail of a file in use are kept: containers have their indexes there, and players come back for them. */
const edgeBytes = 8 * mebibyte;
/** Of a share: the rest is for pieces that arrive late, and what lies behind. */
const windowShare = 0.7;
const edgeShare = 0.1;
/** Kept behind a reader: players read a little back after a seek. */
const behindBytes = 4 * mebibyte;
/** How much of each window comes before the rest of anybody's. */
const nearBytes = 4 * mebibyte;

/** How far to read ahead: half a minute of the best discs, more where the cache is large. */
export function readAheadFor(cacheBytes: number): number {
  return Math.max(32 * mebibyte, Math.min(256 * mebibyte, cacheBytes / 16));
}

interface Window {
  readonly current: number;
  readonly near: number;
  readonly last: number;
  readonly kept: number;
  readonly end: number;
  readonly fileIndex: number;
}

function windowOf(reader: GovernedReader, input: GovernorInput): Window | null {
  const { layout, shareBytes, readAheadBytes } = input;
  const file = layout.files[reader.fileIndex];
  const isIdle = reader.idleSince !== null && input.nowMs - reader.idleSince >= idleMs;
  if (!file || file.length === 0 || isIdle) return null;
  const fileEnd = file.offset + file.length;
  const offset = Math.min(reader.offset, fileEnd - 1);
  const reach = Math.min(readAheadBytes, shareBytes * windowShare);
  const pieceFor = (bytes: number): number => layout.pieceAt(Math.min(offset + bytes, fileEnd) - 1);
  const current = layout.pieceAt(offset);
  const last = Math.max(current, pieceFor(Math.max(1, reach - layout.pieceLength)));
  const behind = Math.min(behindBytes, shareBytes * edgeShare);
  return {
    current,
    near: Math.min(last, pieceFor(nearBytes)),
    last,
    kept: layout.pieceAt(Math.max(file.offset, offset - behind)),
    end: Math.min(fileEnd, offset + reach),
    fileIndex: reader.fileIndex,
  };
}

/** Head and tail of a file that somebody reads. */
function edgesOf(fileIndex: number, input: GovernorInput): PieceRange[] {
  const { layout, shareBytes } = input;
  const file = layout.files[fileIndex];
  if (!file || file.length === 0) return [];
  const length = Math.min(edgeBytes, shareBytes * edgeShare, file.length / 16);
  // A piece that would take most of the share is kept by nobody's wish but the reader's.
  if (length < 1 || layout.pieceLength * 8 > shareBytes) return [];
  const end = file.offset + file.length;
  return [
    { from: layout.pieceAt(end - length), to: layout.pieceAt(end - 1) },
    { from: layout.pieceAt(file.offset), to: layout.pieceAt(file.offset + length - 1) },
  ];
}

const order: readonly FilePriority[] = ['high', 'normal', 'low'];

/** Files that are wished for as a whole, the most wanted first. Padding is never wished for by itself. */
export function wishedFiles(layout: Layout, priorities: GovernorInput['priorities']): number[] {
  return order.flatMap((priority) =>
    [...priorities]
      .filter(([index, each]) => each === priority && layout.files[index]?.padding === false)
      .map(([index]) => index)
      .sort((a, b) => a - b),
  );
}

/** Pure: the same input gives the same plan. */
export function plan(input: GovernorInput): Plan {
  const windows = input.readers.map((reader) => windowOf(reader, input));
  const active = windows.filter((window) => window !== null);
  const inUse = [...new Set(active.map(({ fileIndex }) => fileIndex))];
  const edges = inUse.flatMap((fileIndex) => edgesOf(fileIndex, input));
  const wished = wishedFiles(input.layout, input.priorities)
    .map((index) => input.layout.piecesOf(index))
    .filter((range) => range !== null);
  const fetch: PieceRange[] = [];
  const add = (from: number, to: number): void => {
    const first = input.held.firstMissing(from, to);
    if (first <= to) fetch.push({ from: first, to });
  };
  const isNew = distinct();
  for (const { current } of active) if (isNew(current)) add(current, current);
  for (const { current, near } of active) add(current, near);
  for (const { near, last } of active) if (last > near) add(near + 1, last);
  for (const { from, to } of [...edges, ...wished]) add(from, to);
  return {
    fetch,
    urgent: [...new Set(active.map(({ current }) => current))].filter((piece) => !input.held.has(piece)),
    keep: [
      ...active.map(({ kept, last, current }) => ({ from: kept, to: last, anchor: current })),
      ...edges.map((edge) => ({ ...edge, anchor: edge.from })),
    ],
    windowEnds: windows.map((window) => window?.end ?? null),
  };
}

function distinct(): (piece: number) => boolean {
  const seen = new Set<number>();
  return (piece) => !seen.has(piece) && Boolean(seen.add(piece));
}

/**
 * How little a kept piece matters: pieces from where a reader is, with what lies behind counted as near. Infinity: no
 * reader holds it.
 */
export function worthlessness(keep: Plan['keep'], piece: number): number {
  let least = Infinity;
  for (const { from, to, anchor } of keep) {
    if (piece >= from && piece <= to) least = Math.min(least, Math.abs(piece - anchor));
  }
  return least;
}
