import type { FileBytes } from '../file-bytes.js';

/** Bytes that the packets of one subpicture (64 KiB at most) may be spread over. */
const furthest = 512 * 1024;

/**
 * A whole subpicture out of an MPEG program stream (ISO 13818-1 2.5.3), whose pack begins at `offset`: the payload of
 * the private packets of one number. Null where the bytes are no such stream, or end before it is whole.
 */
export function subpictureAt(file: FileBytes, offset: number, number: number): Buffer | null {
  const parts: Buffer[] = [];
  let [length, wanted] = [0, 0];
  for (let at = offset; at < offset + furthest;) {
    const head = file.read(at, 14);
    if (head.length < 9 || head.readUIntBE(0, 3) !== 1) return null;
    const kind = head[3];
    if (kind === 0xba) {
      at += packLength(head);
      continue;
    }
    const end = at + 6 + head.readUInt16BE(4);
    if (kind === undefined || kind < 0xbb || kind > 0xef) return null;
    const begin = at + 9 + (head[8] ?? 0);
    at = end;
    if (kind !== 0xbd || begin >= end) continue;
    const payload = file.read(begin, end - begin);
    if (payload[0] !== 0x20 + number) continue;
    parts.push(Buffer.from(payload.subarray(1)));
    length += payload.length - 1;
    if (wanted === 0 && length >= 2) wanted = Buffer.concat(parts).readUInt16BE();
    if (wanted > 0 && length >= wanted) return Buffer.concat(parts).subarray(0, wanted);
  }
  return null;
}

/** MPEG-2 packs end in stuffing, those of MPEG-1 are shorter. */
const packLength = (head: Buffer): number => ((head[4] ?? 0) >> 6 === 1 ? 14 + ((head[13] ?? 0) & 7) : 12);
