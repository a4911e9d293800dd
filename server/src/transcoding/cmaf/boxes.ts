/** A box of ISO/IEC 14496-12 4.2 held in memory. */
export interface MemoryBox {
  readonly type: string;
  /** Offset of the box, its header included, in the bytes it was read from. */
  readonly offset: number;
  /** Bytes of the header: 8, or 16 for a 64-bit size. */
  readonly header: number;
  /** What comes after size and type. */
  readonly body: Buffer;
}

/** Bytes that are not the boxes they should be. */
export class MalformedBox extends Error {
  override readonly name = 'MalformedBox';
}

/** A view of the same memory, not a copy. */
export const bufferOf = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * Size and header size of the box that begins here, or undefined where more bytes are needed to tell.
 * @throws MalformedBox on a size that cannot be; 0 (“to the end of the file”) cannot be in a stream
 */
export function boxExtent(head: Buffer): { size: number; header: number } | undefined {
  if (head.length < 8) return undefined;
  const short = head.readUInt32BE(0);
  const header = short === 1 ? 16 : 8;
  if (head.length < header) return undefined;
  const size = short === 1 ? Number(head.readBigUInt64BE(8)) : short;
  if (size < header) throw new MalformedBox(`A box claims ${size} bytes.`);
  return { size, header };
}

/** The boxes that follow one another in `bytes`. @throws MalformedBox */
export function* readBoxes(bytes: Buffer): Generator<MemoryBox> {
  for (let at = 0; at < bytes.length;) {
    const extent = boxExtent(bytes.subarray(at, at + 16));
    if (!extent || at + extent.size > bytes.length) throw new MalformedBox(`A box runs past its parent.`);
    const { size, header } = extent;
    const type = bytes.toString('latin1', at + 4, at + 8);
    yield { type, offset: at, header, body: bytes.subarray(at + header, at + size) };
    at += size;
  }
}

/** The first box of a type. @throws MalformedBox where there is none */
export function child(bytes: Buffer, type: string): Buffer {
  for (const box of readBoxes(bytes)) if (box.type === type) return box.body;
  throw new MalformedBox(`There is no ${type} box.`);
}

/** The body at the end of a path of types. @throws MalformedBox where a part of it is missing */
export const descend = (bytes: Buffer, ...path: readonly string[]): Buffer => path.reduce(child, bytes);

export const uint16 = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => bytes.writeUInt16BE(value, index * 2));
  return bytes;
};

export const uint32 = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeUInt32BE(value, index * 4));
  return bytes;
};

/** A box of some parts, one after the other. */
export function box(type: string, ...parts: readonly Uint8Array[]): Buffer {
  const size = parts.reduce((sum, { length }) => sum + length, 8);
  return Buffer.concat([uint32(size), Buffer.from(type, 'latin1'), ...parts], size);
}

/** A box with version and flags, 4.2. */
export const fullBox = (
  type: string,
  version: number,
  flags: number,
  ...parts: readonly Uint8Array[]
): Buffer => box(type, uint32(version * 0x1000000 + flags), ...parts);
