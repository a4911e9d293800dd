import type { NameGuess, Torrent, TorrentMetadata } from '@hearth/contract/torrent';

export const hash = '0123456789abcdef0123456789abcdef01234567';

const aGuess = (title: string, change: Partial<NameGuess> = {}): NameGuess => ({
  ...{ title, year: null, season: null, episodes: [], resolution: null, source: null },
  ...{ videoCodec: null, audioCodec: null },
  ...change,
});

export const aTorrent = (change: Partial<Torrent> = {}): Torrent => ({
  ...{ infoHash: hash, name: 'Long.Crossing.2020', guess: aGuess('Long Crossing', { year: 2020 }) },
  ...{ state: 'waiting', message: '', size: 1_000_000, haveBytes: 300_000, progress: 30 },
  ...{ downloadSpeed: 0, uploadSpeed: 0, downloaded: 300_000, uploaded: 0, ratio: 0, peers: 0 },
  ...{ seeders: null, leechers: null, etaSeconds: null, private: false, download: false, kept: 'no' },
  ...{ shared: false, mine: true, addedBy: 'Ada', addedAt: '2026-01-01T00:00:00.000Z' },
  ...{ bestFileIndex: 0, playFileId: 'torrent-f-0' },
  ...change,
});

/** Of a torrent with a film, its subtitles and a note. */
export const aMetadata = (change: Partial<TorrentMetadata> = {}): TorrentMetadata => ({
  ...{ infoHash: hash, name: 'Long.Crossing.2020', guess: aGuess('Long Crossing', { year: 2020 }) },
  ...{ size: 1_000_000, pieceLength: 65_536, pieceCount: 16, private: false, comment: null },
  ...{ createdBy: null, createdAt: null, trackers: [], bestFileIndex: 0, warnings: [] },
  ...{ magnet: `magnet:?xt=urn:btih:${hash}` },
  files: (
    [
      ['film.mp4', 'video', 990_000],
      ['film.en.srt', 'subtitle', 9_000],
      ['note.txt', 'other', 1_000],
    ] as const
  ).map(([name, kind, size], index) => ({
    ...{ index, path: name, name, size, kind, guess: aGuess(name), warnings: [] },
    playable: kind === 'video',
  })),
  ...change,
});
