import type { ByteSource } from '../../../common/bytes/byte-source.js';
import { bytesTag } from '../messages.js';
import {
  EngineError,
  type EngineFacts,
  type EngineResume,
  type EngineTorrent,
  type EngineWishes,
  type PresentSpan,
} from '../torrent-engine.js';

/** What others have of a torrent, the whole of it. */
export interface FakeContent {
  readonly infoHash: string;
  readonly metainfo: Uint8Array;
  readonly pieceLength: number;
  readonly files: readonly Uint8Array[];
}

interface Place {
  readonly fileIndex: number;
  position: number;
}

/** One torrent of the fake engine: pieces come the moment they are wanted, unless its hands hold them back. */
export class FakeTorrent {
  wishes: EngineWishes;
  metainfo: Uint8Array | null;
  content: FakeContent | null = null;
  failure: string | null = null;
  removed = false;
  /** Pieces that came from others, in that order. */
  readonly fetched: number[] = [];
  readonly places = new Set<Place>();
  stalledSince: number | null = null;
  private have = new Set<number>();

  constructor(readonly told: EngineTorrent) {
    this.wishes = told.wishes;
    this.metainfo = told.metainfo;
    const bits = told.resume?.bitfield ?? new Uint8Array();
    for (let piece = 0; piece < bits.length * 8; piece++) {
      if (((bits[piece >> 3] ?? 0) >> (7 - (piece & 7))) & 1) this.have.add(piece);
    }
  }

  get size(): number {
    return this.content?.files.reduce((sum, file) => sum + file.length, 0) ?? 0;
  }

  get pieceCount(): number {
    return this.content ? Math.ceil(this.size / this.content.pieceLength) : 0;
  }

  has(piece: number): boolean {
    return this.have.has(piece);
  }

  fetch(piece: number): void {
    if (this.have.has(piece)) return;
    this.have.add(piece);
    this.fetched.push(piece);
  }

  /** Pieces of the files that are wished for. */
  wished(): number[] {
    const wanted = [...this.wishes.priorities].filter(([, priority]) => priority !== 'skip');
    return [...new Set(wanted.flatMap(([fileIndex]) => this.piecesOf(fileIndex)))].sort((a, b) => a - b);
  }

  piecesOf(fileIndex: number): number[] {
    const length = this.content?.files[fileIndex]?.length ?? 0;
    if (!this.content || length === 0) return [];
    const first = Math.floor(this.offsetOf(fileIndex) / this.content.pieceLength);
    const last = Math.floor((this.offsetOf(fileIndex) + length - 1) / this.content.pieceLength);
    return Array.from({ length: last - first + 1 }, (_, at) => first + at);
  }

  pieceAt(fileIndex: number, byte: number): number {
    return Math.floor((this.offsetOf(fileIndex) + byte) / (this.content?.pieceLength ?? 1));
  }

  /** What of a file is here. */
  present(fileIndex: number): PresentSpan[] {
    const last = (this.content?.files[fileIndex]?.length ?? 0) - 1;
    const spans: PresentSpan[] = [];
    for (let start = 0; start <= last;) {
      const end = start + this.slice(fileIndex, start, last).length - 1;
      const before = spans.at(-1);
      if (this.has(this.pieceAt(fileIndex, start)))
        spans.push(before?.end === start - 1 ? { start: spans.pop()?.start ?? 0, end } : { start, end });
      start = end + 1;
    }
    return spans;
  }

  /** Bytes of a file from `byte` on that lie in the same piece, `end` included at most. */
  slice(fileIndex: number, byte: number, end: number): Uint8Array {
    const { pieceLength = 1, files = [] } = this.content ?? {};
    const left = pieceLength - ((this.offsetOf(fileIndex) + byte) % pieceLength);
    return (files[fileIndex] ?? new Uint8Array()).subarray(byte, Math.min(byte + left, end + 1));
  }

  resume(): EngineResume {
    return {
      bitfield: this.bitfield(),
      files: (this.content?.files ?? []).map((file) => ({ size: file.length, modifiedMs: 0 })),
      downloaded: (this.told.resume?.downloaded ?? 0) + this.lengthOf(this.fetched),
      uploaded: this.told.resume?.uploaded ?? 0,
    };
  }

  bitfield(): Uint8Array {
    const bits = new Uint8Array(Math.ceil(this.pieceCount / 8));
    for (const piece of this.have) bits[piece >> 3] = (bits[piece >> 3] ?? 0) | (128 >> (piece & 7));
    return bits;
  }

  facts(): EngineFacts {
    const wished = this.wished();
    return {
      infoHash: this.told.infoHash,
      phase: this.phase(),
      error: this.failure,
      stalledSince: this.stalledSince,
      peers: this.content ? 1 : 0,
      seeders: this.content ? 1 : null,
      leechers: this.content ? 0 : null,
      downloadSpeed: 0,
      uploadSpeed: 0,
      downloaded: this.resume().downloaded,
      uploaded: this.resume().uploaded,
      haveBytes: this.lengthOf([...this.have]),
      wantedProgress:
        wished.length === 0 ? 0 : wished.filter((piece) => this.have.has(piece)).length / wished.length,
      fileHaveBytes: (this.content?.files ?? []).map((file, index) =>
        Math.min(file.length, this.lengthOf(this.piecesOf(index).filter((piece) => this.have.has(piece)))),
      ),
      readers: [...this.places].map(({ fileIndex, position }) => ({
        fileIndex,
        position,
        readyUntil: position,
        windowEnd: this.content?.files[fileIndex]?.length ?? 0,
      })),
    };
  }

  private phase(): EngineFacts['phase'] {
    if (this.failure !== null) return 'failed';
    if (this.wishes.paused) return 'paused';
    return this.content ? 'running' : 'metadata';
  }

  private offsetOf(fileIndex: number): number {
    return (this.content?.files ?? []).slice(0, fileIndex).reduce((sum, file) => sum + file.length, 0);
  }

  private lengthOf(pieces: readonly number[]): number {
    const pieceLength = this.content?.pieceLength ?? 0;
    return pieces.reduce((sum, piece) => sum + Math.min(pieceLength, this.size - piece * pieceLength), 0);
  }
}

/** What a reader asks of the engine. */
export interface FakeSupply {
  /** Whether the piece is there now. */
  readonly have: (piece: number) => boolean;
  /** Resolves when that may have changed. @throws EngineError `stalled` */
  readonly changed: (signal: AbortSignal) => Promise<void>;
}

export class FakeSource implements ByteSource {
  readonly size: number;
  readonly etag: string;
  readonly lastModified = new Date(0);

  constructor(
    private readonly torrent: FakeTorrent,
    private readonly fileIndex: number,
    private readonly supply: FakeSupply,
  ) {
    this.size = torrent.content?.files[fileIndex]?.length ?? 0;
    this.etag = bytesTag(torrent.told.infoHash, fileIndex);
  }

  async *read(start: number, end: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const place = { fileIndex: this.fileIndex, position: start };
    const last = Math.min(end, this.size - 1);
    this.torrent.places.add(place);
    try {
      while (place.position <= last && !signal.aborted) {
        this.refuseIfUseless();
        if (this.supply.have(this.torrent.pieceAt(this.fileIndex, place.position))) {
          const chunk = this.torrent.slice(this.fileIndex, place.position, last);
          place.position += chunk.length;
          yield chunk;
        } else await this.supply.changed(signal);
      }
    } finally {
      this.torrent.places.delete(place);
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private refuseIfUseless(): void {
    if (this.torrent.removed) throw new EngineError('removed', 'The torrent was removed');
    if (this.torrent.failure !== null) throw new EngineError('unavailable', this.torrent.failure);
  }
}
