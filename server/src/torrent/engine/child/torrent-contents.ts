import { join } from 'node:path';
import parseTorrent from 'parse-torrent';
import type { ParsedTorrent, Torrent } from 'webtorrent';
import { EngineError, type EngineResume, type PresentSpan } from '../torrent-engine.js';
import type { FilePool } from './file-pool.js';
import { Holdings } from './holdings.js';
import { type Layout, layOut, refuseLargeMetainfo } from './layout.js';
import type { PieceCache } from './piece-cache.js';
import { PieceStore } from './piece-store.js';
import type { RecentPieces } from './recent-pieces.js';
import { fileStamps, findPieces } from './resume.js';

export interface ContentsOptions {
  readonly infoHash: string;
  readonly dataFolder: string;
  readonly files: FilePool;
  readonly cache: PieceCache;
  readonly recent: RecentPieces;
  readonly worthlessness: (piece: number) => number;
  /** A piece is not here any more. */
  readonly gone: (piece: number) => void;
}

/** How a torrent is checked while it runs. */
export interface Checking {
  isClosed(): boolean;
  /** Pieces to look at first. */
  wanted(): readonly number[];
  checked(piece: number, isThere: boolean): void;
}

/** A torrent's contents once they are known: how they lie, what of them is here, and what may be. */
export class TorrentContents {
  readonly layout: Layout;
  readonly store: PieceStore;
  readonly holdings: Holdings;
  /** May be on the disk: being checked, not fetched. */
  private readonly unchecked = new Set<number>();
  /** Files at their place when this process began. */
  private files: readonly number[] = [];

  /** @throws EngineError `invalid` for more than we take */
  constructor(
    readonly parsed: ParsedTorrent,
    { dataFolder, ...options }: ContentsOptions,
  ) {
    this.layout = layOut(parsed);
    const folder = join(dataFolder, options.infoHash);
    this.store = new PieceStore({ ...options, folder, layout: this.layout, hashes: parsed.pieces ?? [] });
    this.holdings = new Holdings(this.layout);
  }

  get isChecking(): boolean {
    return this.unchecked.size > 0;
  }

  has(piece: number): boolean {
    return this.holdings.pieces.has(piece);
  }

  /** @throws PieceGone */
  read(piece: number, offset: number, length: number, into: Uint8Array): Promise<Uint8Array> {
    return this.store.read(piece, offset, length, into);
  }

  /** What is here of these bytes of the torrent, in order. */
  spans(start: number, end: number): PresentSpan[] {
    const { layout } = this;
    const spans: PresentSpan[] = [];
    for (let at = start; at <= end;) {
      const from = at;
      while (at <= end && this.has(layout.pieceAt(at))) at = (layout.pieceAt(at) + 1) * layout.pieceLength;
      if (at > from) spans.push({ start: from, end: Math.min(at - 1, end) });
      else at = (layout.pieceAt(at) + 1) * layout.pieceLength;
    }
    return spans;
  }

  /** Bytes of the torrent that are here. @throws PieceGone */
  async *stored({ start, end }: PresentSpan): AsyncGenerator<Uint8Array> {
    const { layout } = this;
    for (let at = start; at <= end;) {
      const piece = layout.pieceAt(at);
      const within = at - piece * layout.pieceLength;
      const length = Math.min(layout.pieceSize(piece) - within, end - at + 1);
      yield await this.read(piece, within, length, Buffer.allocUnsafe(length));
      at += length;
    }
  }

  /** Pieces that need not be fetched. */
  readonly held = {
    has: (piece: number): boolean => this.has(piece) || this.unchecked.has(piece),
    firstMissing: (from: number, to: number): number => {
      let piece = from;
      while (piece <= to && this.held.has(piece)) piece++;
      return piece;
    },
  };

  /** Finds what an earlier run left. */
  async load(resume: EngineResume | null, wished: readonly number[]): Promise<void> {
    await this.store.setWished(wished);
    const found = await findPieces(this.store, resume);
    this.files = found.files;
    for (let piece = 0; piece < this.layout.pieceCount; piece++) {
      if (found.held.has(piece)) this.holdings.add(piece);
    }
    for (const piece of found.unchecked) if (!this.has(piece)) this.unchecked.add(piece);
  }

  /** Verifies what may be there, then gives up files that nobody asks for any more. */
  async check(checking: Checking): Promise<void> {
    while (this.unchecked.size > 0 && !checking.isClosed()) {
      const [next = 0] = this.unchecked;
      const piece = checking.wanted().find((each) => this.unchecked.has(each)) ?? next;
      const isThere = await this.store.check(piece);
      this.unchecked.delete(piece);
      checking.checked(piece, isThere && this.holdings.add(piece));
    }
    if (!checking.isClosed()) await this.store.giveUpFiles(this.files);
  }

  /** What is worth saving. */
  async resume(moved: {
    downloaded: number;
    uploaded: number;
  }): Promise<EngineResume & { files: FileStamps }> {
    // First: a piece that comes meanwhile is in the files and not in it, which costs one check.
    const bitfield = Uint8Array.from(this.holdings.pieces.bytes);
    const mayBe = new Set([...this.files, ...this.store.wishedFiles]);
    return { bitfield, files: await fileStamps(this.store, mayBe), ...moved };
  }
}

type FileStamps = Awaited<ReturnType<typeof fileStamps>>;

/** @throws EngineError `invalid` */
export async function parseChecked(metainfo: Uint8Array, infoHash: string): Promise<ParsedTorrent> {
  refuseLargeMetainfo(metainfo);
  const parsed = await parseTorrent(metainfo).catch(() => null);
  if (parsed?.infoHash !== infoHash)
    throw new EngineError('invalid', 'The torrent is not what its hash says');
  // Trackers are those that may be asked, and no others.
  return { ...parsed, announce: [] };
}

/** What WebTorrent learnt of a torrent from its peers. @throws EngineError `invalid` */
export function parsedBySwarm(torrent: Torrent, infoHash: string): ParsedTorrent {
  if (torrent.infoHash !== infoHash) throw new EngineError('invalid', 'The metadata has another hash');
  return {
    ...{ infoHash, announce: [], urlList: [], files: torrent.files },
    pieces: torrent.pieces.filter((hash) => typeof hash === 'string'),
    ...{ pieceLength: torrent.pieceLength, length: torrent.length },
    ...(torrent.info && { info: torrent.info }),
  };
}
