import { noRanges } from '../../lists/address-set.js';
import type { EngineSettings, EngineTorrent, EngineWishes } from '../torrent-engine.js';

/** Loopback only: no DHT, no peers but those that are named. */
export const engineSettings = (changes: Partial<EngineSettings> = {}): EngineSettings => ({
  downloadLimit: 0,
  uploadLimit: 0,
  maxConnections: 50,
  maxPeers: 30,
  cacheBytes: 256 * 1024 * 1024,
  port: 0,
  dht: false,
  dhtBootstrap: [],
  pex: false,
  lsd: false,
  encryption: 'prefer',
  blockedAddresses: noRanges,
  bindAddresses: ['127.0.0.1'],
  proxy: null,
  allowPrivate: true,
  ...changes,
});

/** Nothing but what readers need. */
export const noWishes: EngineWishes = { paused: false, priorities: new Map(), seed: false };

export const engineTorrent = (
  changes: Partial<EngineTorrent> & Pick<EngineTorrent, 'infoHash'>,
): EngineTorrent => ({
  metainfo: null,
  trackers: [],
  peers: [],
  resume: null,
  wishes: noWishes,
  ...changes,
});
