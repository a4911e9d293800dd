import { type Encodable, encodeBencode } from '../bencode.js';

export interface TorrentShape {
  name?: Encodable;
  pieceLength?: Encodable;
  /** Left out: as many as the files need. */
  pieces?: Encodable;
  /** Left out: one file of `length`. */
  files?: Encodable;
  length?: Encodable;
  info?: Readonly<Record<string, Encodable>>;
  root?: Readonly<Record<string, Encodable>>;
}

export const fileEntry = (
  path: readonly string[],
  length: Encodable,
  more: Record<string, Encodable> = {},
): Encodable => new Map<string, Encodable>(Object.entries({ length, path, ...more }));

/** A `.torrent` for tests; everything can be made wrong. */
export function torrentBytes(shape: TorrentShape = {}): Uint8Array {
  const pieceLength = shape.pieceLength ?? 262_144;
  const sizes = shape.files === undefined ? [shape.length ?? 1_000_000] : lengthsOf(shape.files);
  const total = sizes.reduce<number>((sum, size) => sum + (typeof size === 'number' ? size : 0), 0);
  const count = typeof pieceLength === 'number' && pieceLength > 0 ? Math.ceil(total / pieceLength) : 1;
  const info: Record<string, Encodable> = {
    name: shape.name ?? 'The Quiet Orchard (2014)',
    'piece length': pieceLength,
    pieces: shape.pieces ?? new Uint8Array(20 * Math.min(Math.max(count, 1), 400_000)).fill(7),
    ...(shape.files === undefined ? { length: shape.length ?? 1_000_000 } : { files: shape.files }),
    ...shape.info,
  };
  const root = { info: new Map(Object.entries(info)), ...shape.root };
  return encodeBencode(new Map<string, Encodable>(Object.entries(root)));
}

function lengthsOf(files: Encodable): Encodable[] {
  if (!Array.isArray(files)) return [];
  return files.map((file: Encodable) => (file instanceof Map ? (file.get('length') as Encodable) : 0));
}
