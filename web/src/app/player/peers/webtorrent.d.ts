/* What is used of WebTorrent 3.0.21 as it is built for browsers, private members included: the version is pinned. */
declare module 'webtorrent/dist/webtorrent.min.js' {
  export interface Wire {
    readonly peerChoking: boolean;
    readonly peerPieces: { get(piece: number): boolean };
    readonly lt_donthave: { donthave(piece: number): void };
    have(piece: number): void;
  }

  type Done<T> = (error: Error | null, value?: T) => void;

  /** abstract-chunk-store */
  export interface ChunkStore {
    put(piece: number, bytes: Uint8Array, done: Done<never>): void;
    get(piece: number, range: { offset?: number; length?: number } | null, done: Done<Uint8Array>): void;
    close(done: Done<never>): void;
    destroy(done: Done<never>): void;
  }

  export interface Torrent {
    readonly destroyed: boolean;
    readonly wires: readonly Wire[];
    readonly files: readonly { readonly length: number; readonly offset: number }[];
    readonly length: number;
    readonly pieceLength: number;
    readonly pieces: readonly unknown[];
    readonly bitfield: { get(piece: number): boolean };
    readonly _selections: { clear(): void };
    _startupBitfield?: Uint8Array;
    select(from: number, to: number, priority: number): void;
    _markVerified(piece: number): void;
    _markUnverified(piece: number): void;
    on(event: 'verified', listener: (piece: number) => void): void;
    on(event: 'error' | 'warning', listener: (error: Error) => void): void;
    off(event: 'verified', listener: (piece: number) => void): void;
  }

  export default class WebTorrent {
    static readonly WEBRTC_SUPPORT: boolean;
    constructor(options: {
      readonly dht: false;
      readonly lsd: false;
      readonly utPex: false;
      readonly webSeeds: false;
      readonly maxConns: number;
      readonly tracker: { readonly rtcConfig: RTCConfiguration };
    });
    add(
      metainfo: Uint8Array,
      options: {
        readonly announce: readonly string[];
        readonly deselect: true;
        readonly strategy: 'sequential';
        readonly storeCacheSlots: 0;
        readonly store: new (pieceLength: number, options: { torrent: Torrent }) => ChunkStore;
      },
      ready: (torrent: Torrent) => void,
    ): Torrent;
    on(event: 'error', listener: (error: Error) => void): void;
    destroy(done?: () => void): void;
  }
}
