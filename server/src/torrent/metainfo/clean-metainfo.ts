import type { Metainfo } from './parse-metainfo.js';

/**
 * The `.torrent` again with the same infohash, but only with these trackers and web seeds; nothing else that could make
 * a client connect somewhere (`nodes`, `httpseeds`, signatures) is left.
 */
export function cleanMetainfo(
  _metainfo: Metainfo,
  _keep: { readonly trackers: readonly string[]; readonly webSeeds: readonly string[] },
): Uint8Array {
  return new Uint8Array();
}
