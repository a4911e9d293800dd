import { type Encodable, encodeBencode, RawBencode } from './bencode.js';
import { harmlessText } from './harmless-text.js';
import type { Metainfo } from './parse-metainfo.js';

/**
 * The `.torrent` again with the same infohash, but only with these trackers and web seeds; nothing else that could make
 * a client connect somewhere (`nodes`, `httpseeds`, signatures) is left.
 */
export function cleanMetainfo(
  metainfo: Metainfo,
  keep: { readonly trackers: readonly string[]; readonly webSeeds: readonly string[] },
): Uint8Array {
  const root = new Map<string, Encodable>([['info', new RawBencode(metainfo.info)]]);
  const [first] = keep.trackers;
  if (first !== undefined) {
    root.set('announce', first);
    // A tier each, as every program that makes torrents does (BEP 12).
    root.set(
      'announce-list',
      keep.trackers.map((tracker) => [tracker]),
    );
  }
  if (keep.webSeeds.length > 0) root.set('url-list', keep.webSeeds);
  if (metainfo.comment !== null) root.set('comment', harmlessText(metainfo.comment, 1000));
  if (metainfo.createdBy !== null) root.set('created by', harmlessText(metainfo.createdBy, 200));
  if (metainfo.createdAt) root.set('creation date', Math.floor(metainfo.createdAt.getTime() / 1000));
  return encodeBencode(root);
}
