import type { TorrentReader } from '@hearth/contract/torrent';

/** One cell of the piece map: a few pieces side by side. Shares 0–1. */
export interface PieceBin {
  readonly have: number;
  /** Somebody watches here, or is about to. */
  readonly wanted: boolean;
}

/** Stretches of pieces, both ends included. */
export interface PieceRange {
  readonly first: number;
  readonly last: number;
}

/** The bits of a base64 field, first piece in the highest bit; one `Uint8Array` of 0 and 1 a piece. */
export function piecesOf(base64: string, count: number): Uint8Array {
  const bytes = atob(base64);
  return Uint8Array.from(
    { length: count },
    (_, piece) => (bytes.charCodeAt(piece >> 3) >> (7 - (piece & 7))) & 1,
  );
}

/** `pieces` in at most `most` cells, each of as many pieces as its neighbours or one fewer. */
export function binned(pieces: Uint8Array, most: number, wanted: readonly PieceRange[] = []): PieceBin[] {
  const cells = Math.min(most, pieces.length);
  return Array.from({ length: cells }, (_, cell) => {
    const from = Math.floor((cell * pieces.length) / cells);
    const to = Math.floor(((cell + 1) * pieces.length) / cells);
    let have = 0;
    for (let piece = from; piece < to; piece++) have += pieces[piece] ?? 0;
    return {
      have: have / (to - from),
      wanted: wanted.some(({ first, last }) => first < to && last >= from),
    };
  });
}

/** Where readers are, in pieces of the torrent. `files` in the order they lie in. */
export function wantedRanges(
  readers: readonly TorrentReader[],
  files: readonly { readonly index: number; readonly size: number }[],
  pieceLength: number,
): PieceRange[] {
  return readers.flatMap(({ fileIndex, position, windowEnd }) => {
    if (!files.some(({ index }) => index === fileIndex) || windowEnd <= position) return [];
    const start = files.reduce((sum, { index, size }) => (index < fileIndex ? sum + size : sum), 0);
    return [
      {
        first: Math.floor((start + position) / pieceLength),
        last: Math.floor((start + windowEnd - 1) / pieceLength),
      },
    ];
  });
}
