import type { RankedSource } from '@hearth/contract/source';

const facts = {
  ...{ resolution: null, origin: null, videoCodec: null, audioCodec: null, hdr: null, languages: [] },
  releaseGroup: null,
};
const found = {
  ...{ label: '', score: 0, reasons: [], startSeconds: null, fileName: null, size: null, facts },
  ...{ providers: [{ id: 'p1', name: 'Archive' }], foundAt: '2026-01-01T00:00:00.000Z' },
};

type Found<K extends RankedSource['kind']> = Partial<Extract<RankedSource, { kind: K }>>;

export function aTorrentSource(id: string, change: Found<'torrent'> = {}): RankedSource {
  const swarm = { infoHash: null, fileIndex: null, seeders: null, leechers: null };
  return { ...found, ...swarm, id, name: id, kind: 'torrent', ...change };
}

export function anHttpSource(id: string, change: Found<'http'> = {}): RankedSource {
  return { ...found, id, name: id, kind: 'http', ...change };
}

export function aPageSource(id: string, change: Found<'link'> = {}): RankedSource {
  return { ...found, id, name: id, kind: 'link', url: 'https://example.org/film', ...change };
}

export function aFileSource(id: string, change: Found<'file'> = {}): RankedSource {
  return {
    ...{ id, kind: 'file', fileId: id, episodeIds: [], label: id, fileName: `${id}.mkv`, size: 1 },
    ...{ container: 'matroska', durationSeconds: null, bitrate: null, available: true, streams: [] },
    ...{ externalSubtitles: [], extraKind: null, facts, score: 0, reasons: [], startSeconds: null },
    ...change,
  };
}
