import { inflateSync } from 'node:zlib';
import { elements, inside, uint, vint, type Element } from './ebml.js';
import type { FileBytes } from './file-bytes.js';
import type { MatroskaTrack } from './matroska-track.js';

/** One block of a cluster; times in ticks of the segment's timestamp scale. */
export type Block = Readonly<{
  track: number;
  time: number;
  duration: number | null;
  keyframe: boolean;
  /** How several frames share the block: 0 not at all, 1 Xiph, 2 of one size, 3 EBML. */
  lacing: number;
  start: number;
  end: number;
}>;

const CLUSTER_TIME = 0xe7;
const SIMPLE_BLOCK = 0xa3;
const BLOCK_GROUP = 0xa0;
const BLOCK = 0xa1;
const BLOCK_DURATION = 0x9b;
const REFERENCE = 0xfb;

/** The blocks of a cluster in file order, payloads not read. */
export function* clusterBlocks(file: FileBytes, cluster: Element): Generator<Block> {
  let time = 0;
  for (const element of inside(file, cluster)) {
    if (element.id > 0xffffff) return; // the next cluster after one of unknown size
    if (element.id === CLUSTER_TIME) time = uint(file, element);
    const block = blockOf(file, element, time);
    if (block !== null) yield block;
  }
}

/** A SimpleBlock or BlockGroup element; null for another element or a damaged block. */
export function blockOf(file: FileBytes, element: Element, clusterTime: number): Block | null {
  if (element.id === SIMPLE_BLOCK) return blockHead(file, element, clusterTime, null);
  if (element.id !== BLOCK_GROUP) return null;
  let inner: Element | null = null;
  let duration: number | null = null;
  let refers = false;
  for (const part of inside(file, element)) {
    if (part.id === BLOCK) inner = part;
    if (part.id === BLOCK_DURATION) duration = uint(file, part);
    if (part.id === REFERENCE) refers = true;
  }
  const block = inner && blockHead(file, inner, clusterTime, duration);
  return block && { ...block, keyframe: !refers }; // only simple blocks have a flag for it
}

function blockHead(
  file: FileBytes,
  element: Element,
  clusterTime: number,
  duration: number | null,
): Block | null {
  const head = file.read(element.start, 12);
  const number = vint(head, 0);
  if (number === null || head.length < number.length + 3) return null;
  const flags = head[number.length + 2] ?? 0;
  return {
    track: number.value,
    time: clusterTime + head.readInt16BE(number.length),
    duration,
    keyframe: (flags & 0x80) !== 0,
    lacing: (flags >> 1) & 3,
    start: element.start + number.length + 3,
    end: element.end,
  };
}

/** Time stamp of a cluster, its first child in every file that follows the rules. */
export function clusterTime(file: FileBytes, cluster: Element): number {
  for (const element of elements(file, cluster.start, Math.min(cluster.end, cluster.start + 64))) {
    if (element.id === CLUSTER_TIME) return uint(file, element);
  }
  return 0;
}

const LARGEST_PAYLOAD = 1024 * 1024;

/** A block's payload with the track's compression undone; null if it is not what it says. */
export function blockPayload(file: FileBytes, block: Block, track: MatroskaTrack): Buffer | null {
  const bytes = file.read(block.start, Math.min(block.end - block.start, LARGEST_PAYLOAD));
  if (track.compression === null) return bytes;
  if (track.compression.algorithm === 3) return Buffer.concat([track.compression.settings, bytes]);
  if (track.compression.algorithm !== 0) return null;
  try {
    return inflateSync(bytes, { maxOutputLength: LARGEST_PAYLOAD });
  } catch {
    return null;
  }
}
