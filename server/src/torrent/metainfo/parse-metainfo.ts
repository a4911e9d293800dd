import { TorrentInvalid } from './torrent-invalid.js';

export interface MetainfoFile {
  /** Place in the torrent, padding counted: what the engine addresses files by. */
  readonly index: number;
  /** Folders and name as the torrent says them, below its own name; for display only after `harmlessText`. */
  readonly path: readonly string[];
  readonly length: number;
  /** From the torrent's first byte. */
  readonly offset: number;
  /** Only fills up a piece (BEP 47): nobody wants it. */
  readonly padding: boolean;
}

/** A `.torrent`, checked. Nothing in it is a path or an address that may be used as it is. */
export interface Metainfo {
  readonly kind: 'metainfo';
  /** SHA-1 of the original info bytes, 40 lower-case hexadecimal digits. */
  readonly infoHash: string;
  readonly name: string;
  /** Every file, padding included: `files[i].index === i`. */
  readonly files: readonly MetainfoFile[];
  /** Bytes, padding included. */
  readonly size: number;
  readonly pieceLength: number;
  readonly pieceCount: number;
  readonly private: boolean;
  readonly comment: string | null;
  readonly createdBy: string | null;
  readonly createdAt: Date | null;
  /** As the torrent lists them, each once: not filtered. */
  readonly trackers: readonly string[];
  readonly webSeeds: readonly string[];
  /** The bencoded info dictionary. */
  readonly info: Uint8Array;
}

/** @param bytes a bencoded `.torrent`. @throws TorrentInvalid */
export function parseMetainfo(_bytes: Uint8Array): Metainfo {
  throw new TorrentInvalid('not-bencoded', 'This is not a .torrent.');
}
