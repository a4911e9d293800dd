import type { FilePriority, TorrentPeer, TorrentReader, TorrentTracker } from '@hearth/contract/torrent';
import type { ByteSource } from '../../common/bytes/byte-source.js';
import type { AddressRanges } from '../lists/address-set.js';

/** A torrent as the engine is told of it: already parsed, limited and cleaned at the edge (`metainfo/`). */
export interface EngineTorrent {
  /** 40 lower-case hexadecimal digits. */
  readonly infoHash: string;
  /** The bencoded `.torrent`, web seeds taken out that may not be asked; null while only a magnet link is known. */
  readonly metainfo: Uint8Array | null;
  /** Trackers that may be asked. */
  readonly trackers: readonly string[];
  /** Host:port that the link itself named (`x.pe`), already checked. */
  readonly peers: readonly string[];
  /** What was verified before: pieces, with size and modification time of each file they were read from. */
  readonly resume: EngineResume | null;
  readonly wishes: EngineWishes;
}

/** What a torrent is to do besides answering its readers. Nothing here: only windows of readers are fetched. */
export interface EngineWishes {
  readonly paused: boolean;
  /** By file index; files left out are `skip`: fetched only where somebody reads. */
  readonly priorities: ReadonlyMap<number, FilePriority>;
  /** Given to others while nobody reads and nothing is fetched. */
  readonly seed: boolean;
}

export interface EngineResume {
  /** One bit a piece, first piece in the highest bit. */
  readonly bitfield: Uint8Array;
  readonly files: readonly { readonly size: number; readonly modifiedMs: number }[];
  /** Bytes moved so far, for ratios. */
  readonly downloaded: number;
  readonly uploaded: number;
}

/** Numbers of one torrent, a second old at most. Speeds in bytes a second. */
export interface EngineFacts {
  readonly infoHash: string;
  readonly phase: 'metadata' | 'checking' | 'running' | 'paused' | 'failed';
  /** Why it failed, for people. */
  readonly error: string | null;
  /** Since when somebody wants a piece and none has come, ms of the epoch; null while all is well. */
  readonly stalledSince: number | null;
  readonly peers: number;
  readonly seeders: number | null;
  readonly leechers: number | null;
  readonly downloadSpeed: number;
  readonly uploadSpeed: number;
  readonly downloaded: number;
  readonly uploaded: number;
  /** Verified and on the disk. */
  readonly haveBytes: number;
  /** 0–1 of what the wishes ask for. */
  readonly wantedProgress: number;
  /** Verified bytes of each file. */
  readonly fileHaveBytes: readonly number[];
  /** Files that somebody reads now. */
  readonly readers: readonly TorrentReader[];
}

/** What a page about one torrent shows; made when asked for. */
export interface EngineDetails {
  readonly peers: readonly TorrentPeer[];
  readonly trackers: readonly TorrentTracker[];
  readonly bitfield: Uint8Array;
  readonly pieceLength: number;
}

/** Changed live unless said otherwise. */
export interface EngineSettings {
  readonly downloadLimit: number;
  readonly uploadLimit: number;
  readonly maxConnections: number;
  readonly maxPeers: number;
  /** Bytes that pieces nobody asked to keep may take, all torrents together: never exceeded. */
  readonly cacheBytes: number;
  /** A change binds anew. */
  readonly port: number;
  readonly dht: boolean;
  readonly dhtBootstrap: readonly string[];
  readonly pex: boolean;
  readonly lsd: boolean;
  readonly encryption: 'off' | 'prefer' | 'require';
  /** Nothing is exchanged with these, either way. As numbers: there may be half a million. */
  readonly blockedAddresses: AddressRanges;
  /** Local addresses that every socket is bound to; empty: any. A change binds anew. */
  readonly bindAddresses: readonly string[];
  readonly proxy: string | null;
  /** Private addresses may be peers, trackers and web seeds: the torrent's own house, and tests. */
  readonly allowPrivate: boolean;
}

/** Bytes of a file that are verified and here, `end` included. */
export interface PresentSpan {
  readonly start: number;
  readonly end: number;
}

export type EngineEvent =
  /** What is in a torrent that was added by magnet link only. */
  | { readonly type: 'metadata'; readonly infoHash: string; readonly metainfo: Uint8Array }
  /** Worth saving: after pieces, at most every few seconds, and once at the end. */
  | { readonly type: 'resume'; readonly infoHash: string; readonly resume: EngineResume }
  /** Every file that was wished for is there and verified. */
  | { readonly type: 'complete'; readonly infoHash: string }
  | { readonly type: 'failed'; readonly infoHash: string; readonly reason: string }
  /** The engine is there (again), or not. */
  | {
      readonly type: 'engine';
      readonly state: 'starting' | 'running' | 'restarting' | 'stopped';
      readonly reason: string;
    };

/** How the engine as a whole is doing. */
export interface EngineHealth {
  readonly state: 'starting' | 'running' | 'restarting' | 'stopped';
  readonly restarts: number;
  readonly memoryBytes: number | null;
  readonly cacheUsedBytes: number;
  readonly listeningPort: number | null;
  readonly dhtNodes: number | null;
}

/**
 * Fetches and gives pieces. Two adapters: WebTorrent in a child process (`child-engine.ts`), and a deterministic one for
 * tests (`testing/fake-engine.ts`); one suite for both (`torrent-engine.contract.ts`).
 */
export interface TorrentEngine {
  /** Starts with these settings; idempotent. */
  start(settings: EngineSettings): Promise<void>;
  /** Everything closes; nothing is exchanged any more. Resume facts of all torrents come as events before. */
  stop(): Promise<void>;
  configure(settings: EngineSettings): Promise<void>;
  /** Joins, or goes on with, a torrent: adding twice is adding once. @throws EngineError */
  add(torrent: EngineTorrent): Promise<void>;
  wish(infoHash: string, wishes: EngineWishes): Promise<void>;
  /** @param options.data whether what lies on the disk goes too */
  remove(infoHash: string, options: { data: boolean }): Promise<void>;
  /**
   * The bytes of one file. Reading waits for pieces (and for an engine that is coming back), fetches ahead of the
   * reader, and rejects with `EngineError` after `stallMs` without a verified byte.
   * @throws EngineError `unknown`, `no-metadata`
   */
  open(infoHash: string, fileIndex: number): Promise<ByteSource>;
  /** What of one file is here now, in order. @throws EngineError as `open` */
  present(infoHash: string, fileIndex: number): Promise<PresentSpan[]>;
  /**
   * The bytes of one file as far as they are here: nothing is fetched for who reads, nor ahead of them. Reading rejects
   * with `absent` where something is not here (any more). @throws EngineError as `open`
   */
  openPresent(infoHash: string, fileIndex: number): Promise<ByteSource>;
  /** Fetches from `byte` of a file first, as if somebody had begun to read there. */
  seek(infoHash: string, fileIndex: number, byte: number): Promise<void>;
  /** undefined for torrents it does not have */
  facts(infoHash: string): EngineFacts | undefined;
  details(infoHash: string): Promise<EngineDetails>;
  /** Asks the trackers how many seed and leech, and for more peers. */
  announce(infoHash: string): Promise<void>;
  health(): EngineHealth;
  /** @returns stops listening */
  on(listener: (event: EngineEvent) => void): () => void;
}

export type EngineErrorCode =
  'unknown' | 'no-metadata' | 'invalid' | 'absent' | 'stalled' | 'removed' | 'unavailable' | 'disk-full';

/** `unavailable`: the engine is coming back; ask again. */
export class EngineError extends Error {
  constructor(
    readonly code: EngineErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'EngineError';
  }
}
