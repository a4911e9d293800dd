import type { TorrentPeer, TorrentTracker } from '@hearth/contract/torrent';
import type { Peer } from 'webtorrent';
import type { EngineDetails, EngineFacts } from '../torrent-engine.js';
import type { TorrentSession } from './torrent-session.js';

/** Numbers of a torrent as they are now. */
export function factsOf(session: TorrentSession): EngineFacts & {
  fileHaveBytes: number[];
  readers: EngineFacts['readers'][number][];
} {
  const { swarm, contents } = session;
  const torrent = swarm?.torrent;
  const counted = [...(swarm?.trackers.values() ?? [])];
  const most = (values: (number | null)[]): number | null =>
    values.reduce((a, b) => (a === null || (b !== null && b > a) ? b : a), null);
  return {
    infoHash: session.infoHash,
    phase: phaseOf(session),
    error: session.failure?.message ?? null,
    stalledSince: session.stalledSince,
    peers: torrent?.wires.length ?? 0,
    seeders: most(counted.map(({ seeders }) => seeders)),
    leechers: most(counted.map(({ leechers }) => leechers)),
    downloadSpeed: Math.round(torrent?.downloadSpeed ?? 0),
    uploadSpeed: Math.round(torrent?.uploadSpeed ?? 0),
    downloaded: session.downloaded,
    uploaded: session.uploaded,
    haveBytes: contents?.holdings.bytes ?? 0,
    wantedProgress: progressOf(session),
    fileHaveBytes: contents ? [...contents.holdings.fileBytes] : [],
    readers: readersOf(session),
  };
}

function phaseOf({ failure, wishes, contents }: TorrentSession): EngineFacts['phase'] {
  if (failure) return 'failed';
  if (wishes.paused) return 'paused';
  if (!contents) return 'metadata';
  return contents.isChecking ? 'checking' : 'running';
}

/** Of what is wished for; of everything where nothing is. */
function progressOf({ contents, wished }: TorrentSession): number {
  if (!contents) return 0;
  const { layout, holdings } = contents;
  if (wished.length === 0) return layout.length === 0 ? 1 : holdings.bytes / layout.length;
  const sum = (of: (index: number) => number | undefined): number =>
    wished.reduce((total, index) => total + (of(index) ?? 0), 0);
  const length = sum((index) => layout.files[index]?.length);
  return length === 0 ? 1 : sum((index) => holdings.fileBytes[index]) / length;
}

function readersOf({ contents, readers, plan }: TorrentSession): EngineFacts['readers'][number][] {
  if (!contents) return [];
  const { layout, holdings } = contents;
  return [...readers.active].map(({ fileIndex, offset }, index) => {
    const { offset: start = 0, length = 0 } = layout.files[fileIndex] ?? {};
    const end = start + length;
    const windowEnd = Math.max(offset, plan.windowEnds[index] ?? offset);
    const last = layout.pieceAt(Math.max(offset, windowEnd - 1));
    const missing = holdings.pieces.firstMissing(layout.pieceAt(offset), last);
    const ready = Math.max(offset, Math.min(end, missing * layout.pieceLength));
    return { fileIndex, position: offset - start, readyUntil: ready - start, windowEnd: windowEnd - start };
  });
}

/** What a page about one torrent shows. */
export function detailsOf(session: TorrentSession): EngineDetails & {
  peers: TorrentPeer[];
  trackers: TorrentTracker[];
} {
  const { swarm, contents } = session;
  const count = contents?.layout.pieceCount ?? 0;
  return {
    peers: [...(swarm?.torrent._peers?.values() ?? [])]
      .map((peer) => peerOf(peer, count))
      .filter((peer) => peer !== null),
    trackers: session.told.trackers.map((url) => {
      const {
        state = 'waiting',
        message = null,
        seeders = null,
        leechers = null,
      } = swarm?.trackers.get(url) ?? {};
      return {
        url: withoutKey(url),
        state,
        message: message?.replaceAll(url, withoutKey(url)) ?? null,
        seeders,
        leechers,
      };
    }),
    bitfield: contents ? Uint8Array.from(contents.holdings.pieces.bytes) : new Uint8Array(0),
    pieceLength: contents?.layout.pieceLength ?? 0,
  };
}

const kinds: Readonly<Record<string, TorrentPeer['kind']>> = {
  tcpIncoming: 'tcp',
  tcpOutgoing: 'tcp',
  utpIncoming: 'utp',
  utpOutgoing: 'utp',
  webrtc: 'webrtc',
  webSeed: 'webseed',
};

function peerOf({ wire, type, id, addr, connected }: Peer, pieceCount: number): TorrentPeer | null {
  if (!wire || !connected) return null;
  let held = 0;
  for (let piece = 0; piece < pieceCount; piece++) if (wire.peerPieces.get(piece)) held++;
  return {
    address: addr ?? id,
    client: clientOf(wire.peerId),
    kind: kinds[type] ?? 'tcp',
    incoming: type.endsWith('Incoming'),
    downloadSpeed: Math.round(wire.downloadSpeed()),
    uploadSpeed: Math.round(wire.uploadSpeed()),
    progress: pieceCount > 0 ? Math.round((held / pieceCount) * 1000) / 10 : null,
    choking: wire.peerChoking,
  };
}

/** BEP 20, as far as people meet them. */
const clients: Readonly<Record<string, string>> = {
  AZ: 'Vuze', BC: 'BitComet', BI: 'BiglyBT', DE: 'Deluge', FD: 'Free Download Manager', KT: 'KTorrent', LT: 'libtorrent',
  lt: 'rTorrent', qB: 'qBittorrent', TR: 'Transmission', UT: 'µTorrent', WD: 'WebTorrent Desktop', WW: 'WebTorrent',
  A2: 'aria2', TX: 'Tixati',
}; // prettier-ignore

function clientOf(peerId: string | null): string | null {
  if (peerId === null) return null;
  const text = Buffer.from(peerId, 'hex').toString('latin1');
  const [, code = '', version = ''] = /^-([A-Za-z][A-Za-z0-9])([0-9A-Za-z]{4})-/.exec(text) ?? [];
  if (!code) return text.startsWith('A2-') ? 'aria2' : null;
  const numbers = /^\d+$/.test(version)
    ? ` ${version
        .split('')
        .join('.')
        .replace(/(\.0)+$/, '')}`
    : '';
  return `${clients[code] ?? code}${numbers}`;
}

/** Passkeys are in the path or the query: neither leaves this process. */
function withoutKey(url: string): string {
  try {
    const { protocol, host, pathname } = new URL(url);
    const path = pathname
      .split('/')
      .map((part) => (part.length >= 16 ? '…' : part))
      .join('/');
    return `${protocol}//${host}${path}`;
  } catch {
    return '…';
  }
}
