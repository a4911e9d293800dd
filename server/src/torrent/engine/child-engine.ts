import type { Logger } from '../../common/log/logger.js';
import type { ByteSource } from '../../common/bytes/byte-source.js';
import {
  type EngineDetails,
  EngineError,
  type EngineEvent,
  type EngineFacts,
  type EngineHealth,
  type EngineSettings,
  type EngineTorrent,
  type EngineWishes,
  type TorrentEngine,
} from './torrent-engine.js';

export interface ChildEngineOptions {
  /** Holds one folder a torrent, named by its infohash. */
  readonly dataDirectory: string;
  readonly logger: Logger;
  /** A reader gives up after so long without a byte. Default 60 000. */
  readonly stallMs?: number;
  /** What runs in the process; default: `child/main.js` beside this file. */
  readonly entry?: { readonly path: string; readonly execArgv: readonly string[] };
}

const notYet = (): never => {
  throw new EngineError('unavailable', 'The engine is not there yet');
};

/** WebTorrent in a supervised process of its own. */
export class ChildEngine implements TorrentEngine {
  constructor(readonly options: ChildEngineOptions) {}

  start(_settings: EngineSettings): Promise<void> {
    return notYet();
  }
  stop(): Promise<void> {
    return notYet();
  }
  configure(_settings: EngineSettings): Promise<void> {
    return notYet();
  }
  add(_torrent: EngineTorrent): Promise<void> {
    return notYet();
  }
  wish(_infoHash: string, _wishes: EngineWishes): Promise<void> {
    return notYet();
  }
  remove(_infoHash: string, _options: { data: boolean }): Promise<void> {
    return notYet();
  }
  open(_infoHash: string, _fileIndex: number): Promise<ByteSource> {
    return notYet();
  }
  seek(_infoHash: string, _fileIndex: number, _byte: number): Promise<void> {
    return notYet();
  }
  facts(_infoHash: string): EngineFacts | undefined {
    return notYet();
  }
  details(_infoHash: string): Promise<EngineDetails> {
    return notYet();
  }
  announce(_infoHash: string): Promise<void> {
    return notYet();
  }
  health(): EngineHealth {
    return notYet();
  }
  on(_listener: (event: EngineEvent) => void): () => void {
    return notYet();
  }
}
