import type { TorrentSettings } from '@hearth/contract/torrent';
import type { TorrentConfig } from '../../config/torrent-environment.js';
import type { EngineSettings } from '../engine/torrent-engine.js';
import type { AddressRanges } from '../lists/address-set.js';
import type { Limits } from '../manage/schedule.js';

/** What an administrator sets, as the engine is told of it. @param bindAddresses of the interface; empty: any */
export function engineSettings(
  settings: TorrentSettings,
  limits: Limits,
  config: Pick<TorrentConfig, 'dhtBootstrap' | 'allowPrivate' | 'discovery'>,
  edge: { readonly bindAddresses: readonly string[]; readonly blockedAddresses: AddressRanges },
): EngineSettings {
  const { discovery } = settings;
  return {
    downloadLimit: limits.downloadLimit,
    uploadLimit: limits.uploadLimit,
    maxConnections: settings.maxConnections,
    maxPeers: settings.maxPeers,
    cacheBytes: settings.cacheBytes,
    port: settings.port,
    dht: discovery.dht && config.discovery,
    dhtBootstrap: config.dhtBootstrap ?? [],
    pex: discovery.pex && config.discovery,
    lsd: discovery.lsd && config.discovery,
    encryption: settings.encryption,
    blockedAddresses: edge.blockedAddresses,
    bindAddresses: edge.bindAddresses,
    proxy: settings.proxy || null,
    allowPrivate: config.allowPrivate,
  };
}
