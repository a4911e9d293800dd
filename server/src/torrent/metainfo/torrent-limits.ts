/** What a torrent may be at most (docs/adr/0020-torrents.md; the engine copies these). */
export const torrentLimits = {
  /** Of the whole `.torrent`. */
  bytes: 8 * 1024 * 1024,
  pieces: 50_000,
  files: 5_000,
  /** BEP 3 has no bounds; a piece is held in memory while it is checked. */
  minPieceLength: 1024,
  maxPieceLength: 16 * 1024 * 1024,
  /** Of the bencoding. A v2 file tree is as deep as its folders. */
  depth: 32,
  /** Values in the bencoding: 5 000 files need about 30 000, those of a hybrid twice as many. */
  parts: 100_000,
  pathSegments: 32,
  /** Bytes in one path segment; file systems end at 255. */
  segmentBytes: 1024,
  trackers: 100,
  webSeeds: 50,
} as const;
