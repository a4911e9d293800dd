import { crc32 } from 'node:zlib';

/** Bytes that a segment's file is longer than the segment. */
export const trailerBytes = 8;
const magic = 0x48534547; // HSEG

/**
 * What ends the file of a segment: a mark and the CRC-32 of all before it. A rename is atomic for a crash of ours, but
 * after a power cut the file may be empty, cut or full of zeros under its right name, and would be served for ever.
 */
export function trailerOf(bytes: Uint8Array): Uint8Array {
  const trailer = Buffer.alloc(trailerBytes);
  trailer.writeUInt32BE(magic, 0);
  trailer.writeUInt32BE(crc32(bytes), 4);
  return trailer;
}

/** The segment in a file's contents, as a view; undefined where they are damaged. */
export function segmentIn(contents: Buffer): Uint8Array | undefined {
  const end = contents.length - trailerBytes;
  if (end < 0 || contents.readUInt32BE(end) !== magic) return undefined;
  const bytes = contents.subarray(0, end);
  return contents.readUInt32BE(end + 4) === crc32(bytes) ? bytes : undefined;
}
