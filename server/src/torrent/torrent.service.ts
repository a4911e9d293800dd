import type { RouteInput } from '@hearth/contract/route';
import type { Torrent, TorrentDetails, TorrentMetadata, torrentRoutes } from '@hearth/contract/torrent';
import { Injectable } from '@nestjs/common';
import type { ByteSource } from '../common/bytes/byte-source.js';
import type { Caller } from '../common/http/caller.js';
import { ProblemError } from '../common/problem-error.js';
import type { EngineFacts, EngineHealth } from './engine/torrent-engine.js';

export interface TorrentDraft {
  /** A magnet link, an infohash, or the http(s) address of a `.torrent`. */
  readonly link?: string | undefined;
  readonly metainfo?: Uint8Array | undefined;
  readonly download: boolean;
  readonly shared: boolean;
  readonly fileIndices?: readonly number[] | undefined;
}

export type TorrentChange = Omit<RouteInput<(typeof torrentRoutes)['change']>, 'hash'>;

/** `known`: what is in it became known; `complete`: all that was wished for is there. */
export interface TorrentNews {
  readonly infoHash: string;
  readonly kind: 'known' | 'gone' | 'complete' | 'shared';
}

const notYet = (): Promise<never> => Promise.reject(new ProblemError('TORRENTS_DISABLED'));

/** Torrents, for everybody outside this folder. Infohashes are 40 lower-case hexadecimal digits. */
@Injectable()
export class TorrentService {
  /** @throws ProblemError TORRENTS_DISABLED, TORRENTS_NOT_ALLOWED, TORRENT_INVALID, TORRENT_REFUSED, TORRENT_LIMIT_REACHED, QUOTA_EXCEEDED */
  add(_draft: TorrentDraft, _caller: Caller): Promise<Torrent> {
    return notYet();
  }

  /** Adds a link to be watched where it is not there yet; waits for nothing. @returns its infohash @throws as `add` */
  ensure(_link: string, _caller: Caller): Promise<string> {
    return notYet();
  }

  /**
   * What is in it; asks the swarm where that is not known, as long as `TORRENT_TIMEOUT`.
   * @throws ProblemError NOT_FOUND, TORRENT_METADATA_TIMEOUT
   */
  metadata(_infoHash: string, _signal?: AbortSignal): Promise<TorrentMetadata> {
    return notYet();
  }

  /** What is known of what is in it, without asking anybody; files are empty while only the link is known. */
  known(_infoHash: string): Promise<TorrentMetadata | null> {
    return notYet();
  }

  /** @throws ProblemError NOT_FOUND, also for those whose it is not */
  torrent(_infoHash: string, _caller: Caller): Promise<Torrent> {
    return notYet();
  }

  /** The newest first: one's own and shared ones; all for administrators. */
  list(_caller: Caller): Promise<Torrent[]> {
    return notYet();
  }

  details(_infoHash: string, _caller: Caller): Promise<TorrentDetails> {
    return notYet();
  }

  remove(_infoHash: string, _options: { data: boolean }, _caller: Caller): Promise<void> {
    return notYet();
  }

  pause(_infoHash: string, _caller: Caller): Promise<Torrent> {
    return notYet();
  }

  resume(_infoHash: string, _caller: Caller): Promise<Torrent> {
    return notYet();
  }

  change(_infoHash: string, _change: TorrentChange, _caller: Caller): Promise<Torrent> {
    return notYet();
  }

  /** For who moves it into a library. `pending` also wishes for all of `fileIndices` (left out: what is playable). */
  markKept(
    _infoHash: string,
    _state: 'no' | 'pending' | 'yes',
    _fileIndices?: readonly number[],
  ): Promise<void> {
    return notYet();
  }

  /** Whether the account may use torrents and sees this one: its own, a shared one, any for administrators. */
  maySee(_infoHash: string, _accountId: string): Promise<boolean> {
    return Promise.resolve(false);
  }

  /** Whether the account may use torrents at all. @throws ProblemError TORRENTS_DISABLED, TORRENTS_NOT_ALLOWED */
  mustBeAllowed(_accountId: string): Promise<void> {
    return notYet();
  }

  /** Whether the account may watch one torrent more. @param playing how many it watches now @throws ProblemError STREAM_LIMIT_REACHED */
  mustHaveStreamLeft(_accountId: string, _playing: number): Promise<void> {
    return notYet();
  }

  /** Starts the engine if need be; reading waits for pieces. @throws ProblemError NOT_FOUND, TORRENT_NOT_READY */
  source(_infoHash: string, _fileIndex: number): Promise<ByteSource> {
    return notYet();
  }

  /** Loopback address of a file's bytes, for ffmpeg and readers in workers; stays good as long as the process. */
  address(_infoHash: string, _fileIndex: number): Promise<string> {
    return notYet();
  }

  /** Fetches from `byte` of a file first. */
  seek(_infoHash: string, _fileIndex: number, _byte: number): Promise<void> {
    return notYet();
  }

  /** Undefined while the engine does not have it. */
  facts(_infoHash: string): EngineFacts | undefined {
    return undefined;
  }

  health(): EngineHealth | null {
    return null;
  }

  /** For `/health`: costs nothing. Speeds in bytes a second. */
  numbers(): { active: number; downloadSpeed: number; uploadSpeed: number } {
    return { active: 0, downloadSpeed: 0, uploadSpeed: 0 };
  }

  /** @returns stops listening */
  watch(_listener: (news: TorrentNews) => void): () => void {
    return () => undefined;
  }
}
