import type { SubtitleBlock } from './matroska-subtitles.js';

/** `PG`, presentation and decoding time (90 kHz); type and length of the segment follow. */
const headLength = 10;
const segmentHead = 3;

/**
 * A `.sup` file of the blocks of a Matroska track: each holds the segments of one display set without their `PG`
 * heads (Matroska codec mappings, S_HDMV/PGS). Null where a block is not made of whole segments.
 */
export function supFile(blocks: readonly Pick<SubtitleBlock, 'startSeconds' | 'payload'>[]): Buffer | null {
  const parts: Buffer[] = [];
  for (const { startSeconds, payload } of blocks) {
    for (let at = 0; at < payload.length;) {
      const end =
        at + segmentHead + (at + segmentHead <= payload.length ? payload.readUInt16BE(at + 1) : Infinity);
      if (end > payload.length) return null;
      parts.push(packetHead(startSeconds), payload.subarray(at, end));
      at = end;
    }
  }
  return Buffer.concat(parts);
}

/** What begins each segment of a `.sup` file. PGS times wrap after 13 hours, and so do readers of them. */
export function packetHead(seconds: number): Buffer {
  const head = Buffer.alloc(headLength);
  head.write('PG', 'latin1');
  head.writeUInt32BE(Math.max(0, Math.round(seconds * 90_000)) % 2 ** 32, 2);
  return head;
}

/** Whether bytes begin as a `.sup` file does. */
export const looksLikeSup = (head: Uint8Array): boolean => head[0] === 0x50 && head[1] === 0x47;
