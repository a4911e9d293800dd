import type { FileBytes } from './file-bytes.js';
import { ProbeFailed } from './media-probe.js';

/** A box of ISO 14496-12 4.2 (an atom of QuickTime): its four letters and where its payload lies in the file. */
export type Box = Readonly<{ type: string; offset: number; start: number; end: number; overruns: boolean }>;

const MOST_BOXES = 200_000;

/** The boxes between two offsets, one after the other; a box that runs past the end is clipped and says so. */
export function* boxes(file: FileBytes, start: number, end: number): Generator<Box> {
  let at = start;
  for (let count = 0; at + 8 <= end; count += 1) {
    if (count > MOST_BOXES) throw new ProbeFailed('damaged', 'The file has more boxes than any sound one.');
    const head = file.read(at, 16);
    if (head.length < 8) return;
    const short = head.readUInt32BE(0);
    const header = short === 1 ? 16 : 8;
    if (head.length < header) return;
    const size = short === 1 ? Number(head.readBigUInt64BE(8)) : short === 0 ? end - at : short;
    if (size < header) {
      if (short === 0 || at > start) return; // QuickTime ends lists with a zero
      throw new ProbeFailed('damaged', 'A box is smaller than its own header.');
    }
    const type = head.toString('latin1', 4, 8);
    yield { type, offset: at, start: at + header, end: Math.min(at + size, end), overruns: at + size > end };
    at += size;
  }
}

/** The children of a box by type; the first one wins, as in ffmpeg. */
export function children(file: FileBytes, box: Pick<Box, 'start' | 'end'>, skip = 0): Map<string, Box> {
  const found = new Map<string, Box>();
  for (const child of boxes(file, box.start + skip, box.end))
    if (!found.has(child.type)) found.set(child.type, child);
  return found;
}

/** The box at a path of types below `box`, or undefined. */
export function descend(file: FileBytes, box: Box, ...path: string[]): Box | undefined {
  let current: Box | undefined = box;
  for (const type of path) {
    if (current === undefined) return undefined;
    current = children(file, current).get(type);
  }
  return current;
}

/** The payload; `limit` caps what a damaged size can make us read. */
export function payload(file: FileBytes, box: Box, limit = 1024 * 1024): Buffer {
  return file.read(box.start, Math.min(box.end - box.start, limit));
}

/** An unsigned field of a full box that is 32 bits wide in version 0 and 64 in version 1. */
export function versioned(bytes: Buffer, at: number): number {
  return bytes[0] === 1 ? Number(bytes.readBigUInt64BE(at)) : bytes.readUInt32BE(at);
}
