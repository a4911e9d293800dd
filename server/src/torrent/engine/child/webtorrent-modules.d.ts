/* What we use of WebTorrent 3.0.21 and what it is made of, private members included: the version is pinned for them. */

declare module 'webtorrent' {
  import type { EventEmitter } from 'node:events';
  import type { Socket, Server } from 'node:net';

  /** What `parse-torrent` makes of a `.torrent`. */
  export interface ParsedTorrent {
    readonly infoHash: string;
    readonly name?: string;
    readonly private?: boolean;
    readonly announce: readonly string[];
    readonly urlList: readonly string[];
    readonly info?: { readonly files?: readonly { readonly attr?: Uint8Array }[] };
    readonly files?: readonly { readonly path: string; readonly length: number; readonly offset: number }[];
    readonly length?: number;
    readonly pieceLength?: number;
    readonly pieces?: readonly string[];
  }

  export interface BlockRequest {
    readonly piece: number;
    readonly offset: number;
    readonly length: number;
  }

  export interface Wire extends EventEmitter {
    readonly type: string;
    readonly destroyed: boolean;
    readonly remoteAddress?: string;
    readonly remotePort?: number;
    readonly peerId: string | null;
    readonly peerChoking: boolean;
    /** It has what is fetched. */
    readonly amInterested: boolean;
    readonly isSeeder: boolean;
    readonly hasFast: boolean;
    readonly requests: readonly BlockRequest[];
    readonly peerPieces: { get(piece: number): boolean };
    readonly lt_donthave: { donthave(piece: number): void };
    readonly peerExtendedHandshake?: { readonly v?: Uint8Array };
    /** Bytes of the message that comes, and those of it that have come. */
    readonly _parserSize: number;
    readonly _bufferSize: number;
    _write(bytes: Uint8Array, done: (error: Error | null) => void): void;
    _debug(...args: unknown[]): void;
    have(piece: number): void;
    cancel(piece: number, offset: number, length: number): void;
    downloadSpeed(): number;
    uploadSpeed(): number;
    destroy(): void;
  }

  export interface Peer {
    readonly id: string;
    readonly addr: string | null;
    readonly type: string;
    readonly connected: boolean;
    /** null until it was begun */
    readonly conn: unknown;
    readonly wire: Wire | null;
    destroy(error?: Error): void;
  }

  export interface Piece {
    readonly length: number;
    readonly missing: number;
    readonly _buffered: number;
  }

  export interface Selection {
    from: number;
    to: number;
    offset: number;
    priority: number;
    isStreamSelection: boolean;
  }

  export interface TrackerOfTorrent {
    readonly announceUrl: string;
    /** Only those over HTTP have them. */
    _onAnnounceResponse?: (data: unknown) => void;
    _onScrapeResponse?: (data: unknown) => void;
  }

  export interface TrackerClient extends EventEmitter {
    readonly _trackers: TrackerOfTorrent[];
    update(): void;
    scrape(): void;
  }

  export interface ChunkStore {
    readonly chunkLength: number;
    put(piece: number, bytes: Uint8Array, callback: (error: Error | null) => void): void;
    get(
      piece: number,
      options: { offset?: number; length?: number } | null,
      callback: (error: Error | null, bytes?: Uint8Array) => void,
    ): void;
    close(callback: (error: Error | null) => void): void;
    destroy(callback: (error: Error | null) => void): void;
  }

  export type ChunkStoreClass = new (chunkLength: number, options: { torrent: Torrent }) => ChunkStore;

  export interface Torrent extends EventEmitter {
    readonly infoHash: string;
    readonly destroyed: boolean;
    readonly ready: boolean;
    readonly private?: boolean;
    readonly info?: ParsedTorrent['info'];
    readonly torrentFile: Uint8Array;
    readonly urlList: readonly string[];
    readonly files: readonly { readonly path: string; readonly length: number; readonly offset: number }[];
    readonly length: number;
    readonly pieceLength: number;
    readonly lastPieceLength: number;
    /** SHA-1 in hexadecimal before the metadata is taken in, then what is missing. */
    pieces: (Piece | string | null)[];
    readonly wires: readonly Wire[];
    readonly received: number;
    readonly uploaded: number;
    readonly downloadSpeed: number;
    readonly uploadSpeed: number;
    readonly discovery: { readonly tracker: TrackerClient | null } | null;
    readonly _hashes: readonly string[];
    /** null once it is destroyed */
    readonly _peers: ReadonlyMap<string, Peer> | null;
    readonly _numConns: number;
    readonly _numPending: number;
    readonly _selections: { clear(): void; insert(selection: Selection): void; readonly length: number };
    readonly bitfield: { get(piece: number): boolean };
    _critical: boolean[];
    _startupBitfield: Uint8Array | undefined;
    _startDiscovery(): void;
    _debug(...args: unknown[]): void;
    _drain(): void;
    _hotswap(wire: Wire, piece: number): boolean;
    _addIncomingPeer(peer: Peer): void;
    _markVerified(piece: number): void;
    _markUnverified(piece: number): void;
    _checkDone(): boolean;
    _update(): void;
    _updateInterest(): void;
    addPeer(address: string, source?: string): boolean;
    addWebSeed(connection: unknown): void;
    destroy(options: { destroyStore: boolean }, callback: (error?: Error | null) => void): void;
  }

  export interface Options {
    dht?: false | { bootstrap?: readonly string[] };
    dhtPort?: number;
    lsd?: boolean;
    utPex?: boolean;
    natUpnp?: boolean;
    natPmp?: boolean;
    utp?: boolean;
    secure?: 0 | 1 | 2;
    maxConns?: number;
    downloadLimit?: number;
    uploadLimit?: number;
    /** An object goes to `server.listen` as it is. */
    torrentPort?: number | { readonly port: number; readonly host: string };
    webSeeds?: boolean;
    seedOutgoingConnections?: boolean;
    tracker?: Readonly<Record<string, unknown>>;
  }

  export interface TorrentOptions {
    announce?: readonly string[];
    deselect?: boolean;
    strategy?: 'sequential';
    store?: ChunkStoreClass;
    storeCacheSlots?: number;
    bitfield?: Uint8Array;
    path?: string;
  }

  export default class WebTorrent extends EventEmitter {
    constructor(options: Options);
    readonly torrents: readonly Torrent[];
    readonly torrentPort: number;
    readonly listening: boolean;
    readonly destroyed: boolean;
    lsd: boolean;
    utPex: boolean;
    maxConns: number;
    blocked: { contains(address: string): boolean };
    readonly dht: false | null | (EventEmitter & { readonly nodes?: { count(): number } });
    readonly _connPool: {
      readonly tcpServer: Server;
      /** Let in, and not yet of any torrent. */
      readonly _pendingConns: ReadonlySet<Socket>;
      readonly _onTCPConnectionBound: (socket: Socket) => void;
    };
    add(torrent: string | ParsedTorrent, options: TorrentOptions): Torrent;
    throttleDownload(rate: number): void;
    throttleUpload(rate: number): void;
    destroy(callback: (error?: Error | null) => void): void;
  }
}

declare module 'webtorrent/lib/webconn.js' {
  import type { EventEmitter } from 'node:events';
  import type { Torrent } from 'webtorrent';

  /** Looks like a peer that has everything, and asks a web server. */
  export default class WebConn extends EventEmitter {
    constructor(url: string, torrent: Torrent);
    readonly url: string;
    readonly destroyed: boolean;
    httpRequest(
      piece: number,
      offset: number,
      length: number,
      callback: (error: Error | null, bytes?: Uint8Array) => void,
    ): Promise<void>;
    destroy(): void;
  }
}
