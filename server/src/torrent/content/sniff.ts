import type { TorrentFileKind, TorrentWarning } from '@hearth/contract/torrent';

/** What the file is said to be. */
export interface ClaimedFile {
  /** Name with ending; folders do not matter. */
  readonly name: string;
  readonly size: number;
}

export interface SniffedFile {
  /** Short name of what the bytes are (`mp4`, `matroska`, `pe`, `zip`…); null where nothing is known. */
  readonly type: string | null;
  readonly kind: TorrentFileKind | 'executable' | 'archive' | 'page' | null;
  /** Why it is not opened; absent where it may be. */
  readonly refusal?: 'executable' | 'archive' | 'content-mismatch';
  readonly warnings: readonly TorrentWarning[];
}

/** How many first bytes `sniff` wants: MPEG transport streams repeat every 192 bytes, ISO images say so at 32 KiB. */
export const SNIFF_BYTES = 40 * 1024;

/** What a file really is, from its first bytes (fewer than `SNIFF_BYTES` do, as far as they reach). Pure. */
export function sniff(_head: Uint8Array, _claimed: ClaimedFile): SniffedFile {
  return { type: null, kind: null, warnings: [] };
}
