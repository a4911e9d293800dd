import type { BrowserSwarm as SwarmAddress } from '@hearth/contract/torrent';
import type { Torrent } from 'webtorrent/dist/webtorrent.min.js';
import { PieceMemory } from './piece-memory';
import type { PieceSwarm } from './piece-swarm';

/** Pieces that are kept for others, and for going back a little. Bytes. */
const memoryBytes = 64 * 1024 * 1024;
/** Each costs a connection; a household has fewer screens. */
const mostPeers = 8;

/** WebTorrent among the household's browsers, told of nobody else: no STUN server, no tracker but ours, no DHT. */
export class BrowserSwarm implements PieceSwarm {
  /** Bytes that other browsers sent. */
  fromPeers = 0;
  readonly pieceLength: number;
  readonly length: number;
  #giving = -1;

  private constructor(
    private readonly torrent: Torrent,
    private readonly memory: PieceMemory,
  ) {
    this.pieceLength = torrent.pieceLength;
    this.length = torrent.length;
    torrent.on('verified', (piece) => {
      if (piece !== this.#giving) this.fromPeers += this.#sizeOf(piece);
    });
  }

  /** Loads WebTorrent and joins. @param signal leaves again @returns undefined where the browser has no WebRTC */
  static async join(
    { metainfo, trackerUrl }: SwarmAddress,
    signal: AbortSignal,
  ): Promise<BrowserSwarm | undefined> {
    const { default: Client } = await import('webtorrent/dist/webtorrent.min.js');
    if (!Client.WEBRTC_SUPPORT || signal.aborted) return undefined;
    const client = new Client({
      ...{ dht: false, lsd: false, utPex: false, webSeeds: false, maxConns: mostPeers },
      tracker: { rtcConfig: { iceServers: [] } },
    });
    signal.addEventListener('abort', () => client.destroy());
    const { promise, resolve, reject } = Promise.withResolvers<BrowserSwarm>();
    client.on('error', reject);
    let memory: PieceMemory | undefined;
    const made = (store: PieceMemory) => (memory = store);
    client.add(
      Uint8Array.from(atob(metainfo), (character) => character.charCodeAt(0)),
      {
        ...{ deselect: true, strategy: 'sequential', storeCacheSlots: 0 },
        announce: [socketAddress(trackerUrl)],
        store: class extends PieceMemory {
          constructor(_: number, { torrent }: { torrent: Torrent }) {
            super(memoryBytes, (piece) => forget(torrent, piece));
            // Otherwise every piece would be looked for.
            torrent._startupBitfield = new Uint8Array(Math.ceil(torrent.pieces.length / 8));
            made(this);
          }
        },
      },
      (torrent) => memory && resolve(new BrowserSwarm(torrent, memory)),
    );
    return promise;
  }

  /** Browsers that are connected. */
  get peers(): number {
    return this.torrent.wires.length;
  }

  /** Where a file begins, in bytes of the torrent. */
  offsetOf(fileIndex: number): number | undefined {
    return this.torrent.files[fileIndex]?.offset;
  }

  read(piece: number): Uint8Array | undefined {
    return this.torrent.bitfield.get(piece) ? this.memory.read(piece) : undefined;
  }

  isOffered(piece: number): boolean {
    return this.torrent.wires.some(({ peerChoking, peerPieces }) => !peerChoking && peerPieces.get(piece));
  }

  want(from: number, to: number): void {
    if (this.torrent.destroyed) return;
    this.torrent._selections.clear();
    this.torrent.select(from, to, 0);
  }

  until(piece: number, ms: number, signal: AbortSignal): Promise<boolean> {
    if (this.read(piece)) return Promise.resolve(true);
    const { torrent } = this;
    return new Promise((resolve) => {
      const settle = (isHere: boolean) => {
        clearTimeout(timer);
        torrent.off('verified', verified);
        signal.removeEventListener('abort', late);
        resolve(isHere);
      };
      const verified = (which: number) => which === piece && settle(true);
      const late = () => settle(false);
      const timer = setTimeout(late, ms);
      torrent.on('verified', verified);
      signal.addEventListener('abort', late);
    });
  }

  give(piece: number, bytes: Uint8Array): void {
    const { torrent, memory } = this;
    if (torrent.destroyed || torrent.bitfield.get(piece)) return;
    memory.put(piece, bytes, () => undefined);
    this.#giving = piece;
    torrent._markVerified(piece);
    this.#giving = -1;
    for (const wire of torrent.wires) wire.have(piece);
  }

  #sizeOf(piece: number): number {
    return Math.min(this.pieceLength, this.length - piece * this.pieceLength);
  }
}

/** Others are told (BEP 54), where they know it. */
function forget(torrent: Torrent, piece: number): void {
  if (torrent.destroyed || !torrent.bitfield.get(piece)) return;
  torrent._markUnverified(piece);
  for (const wire of torrent.wires) wire.lt_donthave.donthave(piece);
}

function socketAddress(path: string): string {
  const url = new URL(path, location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}
