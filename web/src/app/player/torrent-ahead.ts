import type { TorrentStreamStatus } from '@hearth/contract/stream';

/** A torrent’s file, as ids of files say it. */
export interface TorrentPlace {
  readonly infoHash: string;
  readonly fileIndex: number;
}

/** Where `fileId` lies, if it is a file of a torrent: `torrent-<infohash>-<index>`. */
export function torrentPlace(fileId: string): TorrentPlace | undefined {
  const [, infoHash, index] = /^torrent-([0-9a-f]{40})-(\d+)$/.exec(fileId) ?? [];
  return infoHash === undefined ? undefined : { infoHash, fileIndex: Number(index) };
}

/** A stretch of a file that the server has, shares of the whole (0–1). */
export interface AheadRange {
  readonly start: number;
  readonly end: number;
}

/**
 * What the server has from where somebody is in that file. Bytes lie about as far along a film as its seconds, near
 * enough for a bar.
 */
export function aheadOf(
  readers: TorrentStreamStatus['readers'],
  fileIndex: number,
  size: number | undefined,
): AheadRange[] {
  if (!size) return [];
  return readers
    .filter((reader) => reader.fileIndex === fileIndex && reader.readyUntil > reader.position)
    .map(({ position, readyUntil }) => ({
      start: Math.min(1, position / size),
      end: Math.min(1, readyUntil / size),
    }));
}
