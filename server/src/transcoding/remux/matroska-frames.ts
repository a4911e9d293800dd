import { vint } from '../../ffmpeg/ebml.js';
import type { FileBytes } from '../../ffmpeg/file-bytes.js';
import type { Block } from '../../ffmpeg/matroska-blocks.js';
import type { MatroskaTrack } from '../../ffmpeg/matroska-track.js';

/** Where one frame lies in the file. */
export interface Lace {
  readonly start: number;
  readonly end: number;
}

/** The frames that share a block (RFC 9559 10.3); none where their sizes make no sense. */
export function laces(file: FileBytes, block: Block): Lace[] {
  const { lacing, start, end } = block;
  if (lacing === 0) return end > start ? [{ start, end }] : [];
  const head = file.read(start, Math.min(1024, end - start));
  const count = (head[0] ?? 0) + 1;
  if (lacing === 2) return spread(start + 1, end, evenly(end - start - 1, count));
  const table = lacing === 1 ? xiphSizes(head, count) : ebmlSizes(head, count);
  return table ? spread(start + table.length, end, table.sizes) : [];
}

function evenly(room: number, count: number): number[] {
  return room % count === 0 ? new Array<number>(count - 1).fill(room / count) : [];
}

/** The last frame takes what the others leave. */
function spread(start: number, end: number, sizes: readonly number[]): Lace[] {
  const found: Lace[] = [];
  let at = start;
  for (const size of sizes) {
    if (size < 0 || at + size > end) return [];
    found.push({ start: at, end: at + size });
    at += size;
  }
  if (at < end) found.push({ start: at, end });
  return found;
}

type Sizes = { readonly sizes: number[]; readonly length: number };

function xiphSizes(head: Buffer, count: number): Sizes | null {
  const sizes: number[] = [];
  let at = 1;
  while (sizes.length < count - 1) {
    let size = 0;
    for (let byte = 255; byte === 255; size += byte) {
      const next = head[at++];
      if (next === undefined) return null;
      byte = next;
    }
    sizes.push(size);
  }
  return { sizes, length: at };
}

/** The first size, then differences with the middle of their range taken off (10.3.3). */
function ebmlSizes(head: Buffer, count: number): Sizes | null {
  const sizes: number[] = [];
  let at = 1;
  while (sizes.length < count - 1) {
    const field = vint(head, at);
    if (field === null) return null;
    const last = sizes.at(-1);
    const middle = 2 ** (7 * field.length - 1) - 1;
    sizes.push(last === undefined ? field.value : last + field.value - middle);
    at += field.length;
  }
  return { sizes, length: at };
}

/** A frame's bytes, with what header stripping took off put back. */
export function frameOf(file: FileBytes, { start, end }: Lace, { compression }: MatroskaTrack): Uint8Array {
  const bytes = file.read(start, end - start);
  return compression && compression.settings.length > 0 ? Buffer.concat([compression.settings, bytes]) : bytes;
} // prettier-ignore
