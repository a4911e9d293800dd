import { open, readFile, stat } from 'node:fs/promises';
import { isAddress } from './media-address.js';
import { readAddress } from './read-address.js';

/** Size and time of what lies at a path; null where nothing does. */
export const factsAt = (path: string): Promise<{ size: number; modifiedMs: number } | null> =>
  stat(path).then(
    ({ size, mtimeMs }) => ({ size, modifiedMs: mtimeMs }),
    () => null,
  );

/** All of a small file, at a path or an address. @param most bytes; what is longer is cut behind an address */
export const wholeAt = async (place: string, most: number): Promise<Buffer> =>
  isAddress(place) ? (await readAddress(place, { start: 0, end: most - 1 })).bytes : readFile(place);

/** Its first bytes, as far as there are any. */
export async function headAt(place: string, length: number): Promise<Uint8Array> {
  if (isAddress(place)) return (await readAddress(place, { start: 0, end: length - 1 })).bytes;
  const file = await open(place);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
