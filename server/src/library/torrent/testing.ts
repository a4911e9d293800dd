import type { NameGuess, TorrentFileInfo, TorrentMetadata } from '@hearth/contract/torrent';

const guess = (more: Partial<NameGuess> = {}): NameGuess => ({
  ...{ title: '', year: null, season: null, episodes: [], resolution: null, source: null },
  ...{ videoCodec: null, audioCodec: null },
  ...more,
});

/** A file of a torrent, what it is by its ending. */
export function torrentFile(
  index: number,
  path: string,
  size: number,
  more: Partial<NameGuess> = {},
): TorrentFileInfo {
  const name = path.split('/').at(-1) ?? path;
  const kind = /\.(mkv|mp4)$/.test(name) ? 'video' : /\.(mp3|flac)$/.test(name) ? 'audio' : /\.srt$/.test(name) ? 'subtitle' : 'other'; // prettier-ignore
  const playable = kind === 'video' || kind === 'audio';
  return { index, path, name, size, kind, guess: guess(more), warnings: [], playable };
}

/** What is known of a torrent with these files. */
export function torrentMetadata(
  infoHash: string,
  title: string,
  files: readonly TorrentFileInfo[],
  more: Partial<NameGuess> = {},
): TorrentMetadata {
  return {
    infoHash,
    name: title,
    guess: guess({ title, ...more }),
    size: files.reduce((sum, { size }) => sum + size, 0),
    ...{ pieceLength: 1024, pieceCount: 1, private: false, comment: null, createdBy: null, createdAt: null },
    ...{ trackers: [], files: [...files], bestFileIndex: 0, warnings: [], magnet: '' },
  };
}
