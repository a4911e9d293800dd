import { EngineError } from '../torrent-engine.js';

/** One file of a torrent: where it lies among the bytes of all. */
export interface LaidOutFile {
  readonly offset: number;
  readonly length: number;
  /** Only fills up a piece (BEP 47): zeros that nobody asks for. */
  readonly padding: boolean;
}

/** The part of a piece that lies in one file. */
export interface FilePart {
  readonly file: number;
  /** From the file's first byte. */
  readonly position: number;
  /** From the piece's first byte. */
  readonly offset: number;
  readonly length: number;
}

/** As the edge has it (`metainfo/torrent-limits.ts`), asked for again: metadata also comes from the swarm. */
const limits = {
  bytes: 8 * 1024 * 1024,
  pieces: 50_000,
  files: 5_000,
  pieceLength: 16 * 1024 * 1024,
  length: 64 * 1024 ** 4,
};

/** Which byte of which file is in which piece. Offsets and positions are bytes. */
export class Layout {
  readonly pieceCount: number;

  constructor(
    readonly pieceLength: number,
    readonly length: number,
    readonly files: readonly LaidOutFile[],
  ) {
    this.pieceCount = Math.ceil(length / pieceLength);
  }

  pieceSize(piece: number): number {
    return Math.min(this.pieceLength, this.length - piece * this.pieceLength);
  }

  /** @param offset in the torrent */
  pieceAt(offset: number): number {
    return Math.min(this.pieceCount - 1, Math.floor(offset / this.pieceLength));
  }

  /** First and last piece of a file; null for an empty one. */
  piecesOf(index: number): { readonly from: number; readonly to: number } | null {
    const file = this.files[index];
    if (!file || file.length === 0) return null;
    return { from: this.pieceAt(file.offset), to: this.pieceAt(file.offset + file.length - 1) };
  }

  /** Parts of a piece, file by file; empty files have none. */
  partsOf(piece: number): FilePart[] {
    const start = piece * this.pieceLength;
    const end = start + this.pieceSize(piece);
    const parts: FilePart[] = [];
    for (let index = this.firstFileBehind(start); index < this.files.length; index++) {
      const file = this.files[index];
      if (!file || file.offset >= end) break;
      const from = Math.max(start, file.offset);
      const to = Math.min(end, file.offset + file.length);
      if (to > from)
        parts.push({ file: index, position: from - file.offset, offset: from - start, length: to - from });
    }
    return parts;
  }

  /** First file that ends behind this offset: by halves, as there may be thousands. */
  private firstFileBehind(offset: number): number {
    let low = 0;
    let high = this.files.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const file = this.files[middle];
      if (file && file.offset + file.length > offset) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** What describes a torrent, parsed but not believed yet. */
export interface DescribedTorrent {
  readonly pieceLength?: number;
  readonly length?: number;
  readonly pieces?: readonly unknown[];
  readonly files?: readonly { readonly path: string; readonly length: number; readonly offset: number }[];
  readonly info?: { readonly files?: readonly { readonly attr?: Uint8Array }[] };
}

const paddingPath = /(?:^|[/\\])(?:\.pad[/\\]|\.?_+padding_file)/;
const isCount = (value: unknown, most: number): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value <= most;

/** @throws EngineError `invalid` for what is larger than we take, or does not add up */
export function layOut(torrent: DescribedTorrent): Layout {
  const { pieceLength, length, pieces, files } = torrent;
  const refuse = (why: string): never => {
    throw new EngineError('invalid', `The torrent is refused: ${why}`);
  };
  if (!isCount(pieceLength, limits.pieceLength)) return refuse('its pieces are too long');
  if (!isCount(length, limits.length)) return refuse('its size');
  if (!files || files.length > limits.files) return refuse('too many files');
  if (files.some((file) => !Number.isSafeInteger(file.length) || file.length < 0))
    return refuse('a file’s size');
  if (!pieces || pieces.length > limits.pieces) return refuse('too many pieces');
  const isPadding = (index: number, path: string): boolean =>
    paddingPath.test(path) || (torrent.info?.files?.[index]?.attr?.includes(0x70 /* p */) ?? false);
  const layout = new Layout(
    pieceLength,
    length,
    files.map((file, index) => ({
      offset: file.offset,
      length: file.length,
      padding: isPadding(index, file.path),
    })),
  );
  return layout.pieceCount === pieces.length ? layout : refuse('its pieces do not add up');
}

/** @throws EngineError `invalid` */
export function refuseLargeMetainfo(metainfo: Uint8Array): void {
  if (metainfo.length > limits.bytes) throw new EngineError('invalid', 'The torrent is refused: too large');
}
