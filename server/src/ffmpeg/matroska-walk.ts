import { elementAt, uint, type Element } from './ebml.js';
import type { FileBytes } from './file-bytes.js';
import { blockOf, type Block } from './matroska-blocks.js';
import { ID } from './matroska-segment.js';

/** What may lie in a cluster (RFC 9559 5.1.3, and CRC-32 and Void of EBML); anything else there is damage. */
const clusterChildren: ReadonlySet<number> = new Set([
  0xe7, 0xa3, 0xa0, 0xa7, 0xab, 0xaf, 0x5854, 0xbf, 0xec,
]);
const levelOne: ReadonlySet<number> = new Set<number>([
  ID.cluster, ID.cues, ID.tags, ID.chapters, ID.attachments, ID.seekHead, ID.info, ID.tracks, 0xec, 0xbf,
]); // prettier-ignore
const CLUSTER_TIME = 0xe7;
const magic = Buffer.from('1f43b675', 'hex');
const STEP = 64 * 1024;

/** The next place after `from` where a cluster seems to begin; -1 if there is none before `limit`. */
export function findCluster(file: FileBytes, from: number, limit: number): number {
  for (let at = from; at < limit; at += STEP - 16) {
    const bytes = file.read(at, Math.min(STEP, limit - at));
    for (let hit = bytes.indexOf(magic); hit >= 0; hit = bytes.indexOf(magic, hit + 1)) {
      const cluster = elementAt(file, at + hit, limit);
      const first = cluster && elementAt(file, cluster.start, cluster.end);
      if (first && clusterChildren.has(first.id)) return at + hit;
    }
    if (bytes.length < STEP) return -1;
  }
  return -1;
}

/** Blocks from the cluster at an offset on, cluster after cluster; past damage it goes on with the next cluster. */
export function* blocksFrom(file: FileBytes, segment: Element, offset: number): Generator<Block> {
  let at = offset;
  while (at >= 0 && at < segment.end) {
    const element = elementAt(file, at, segment.end);
    if (element?.id === ID.cluster) at = yield* clusterFrom(file, element, segment);
    else if (element && levelOne.has(element.id)) at = element.end;
    else at = findCluster(file, at + 1, segment.end);
  }
}

/** @returns where to go on */
function* clusterFrom(file: FileBytes, cluster: Element, segment: Element): Generator<Block, number> {
  let time = 0;
  let at = cluster.start;
  while (at < cluster.end) {
    const child = elementAt(file, at, cluster.end);
    if (child && levelOne.has(child.id) && child.id > 0xff) return child.offset; // the end of one of unknown size
    if (child === null || !clusterChildren.has(child.id)) return resume(file, at, cluster, segment);
    if (child.id === CLUSTER_TIME) time = uint(file, child);
    const block = blockOf(file, child, time);
    if (block !== null) yield block;
    at = child.end;
  }
  return cluster.end;
}

/** A cluster's stated end is to be trusted if something sensible follows there. */
function resume(file: FileBytes, at: number, cluster: Element, segment: Element): number {
  const next = cluster.unknownSize ? null : elementAt(file, cluster.end, segment.end);
  if (cluster.end >= segment.end && !cluster.unknownSize) return cluster.end;
  return next && levelOne.has(next.id) ? cluster.end : findCluster(file, at + 1, segment.end);
}
