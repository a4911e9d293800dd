import type { TorrentMetadata } from '@hearth/contract/torrent';
import type { Metainfo } from './parse-metainfo.js';
import type { TorrentLink } from './parse-link.js';

/** What a torrent says about itself, harmless for display. Padding is no file; `index` is still the engine's. */
export function describe(torrent: TorrentLink | Metainfo): TorrentMetadata {
  return {
    infoHash: torrent.infoHash,
    name: torrent.name ?? torrent.infoHash,
    guess: {
      title: '',
      year: null,
      season: null,
      episodes: [],
      resolution: null,
      source: null,
      videoCodec: null,
      audioCodec: null,
    },
    size: null,
    pieceLength: null,
    pieceCount: null,
    private: false,
    comment: null,
    createdBy: null,
    createdAt: null,
    trackers: [],
    files: [],
    bestFileIndex: null,
    warnings: [],
    magnet: `magnet:?xt=urn:btih:${torrent.infoHash}`,
  };
}
