import type { FileBytes } from './file-bytes.js';
import { ProbeFailed } from './media-probe.js';

/** An EBML element (RFC 8794): id with its marker bits, and where its payload lies. */
export type Element = Readonly<{
  id: number;
  offset: number;
  start: number;
  end: number;
  unknownSize: boolean;
}>;

const MOST_ELEMENTS = 200_000;

/** The element at an offset; null where nothing sensible begins. `limit` clips sizes that run out of the parent. */
export function elementAt(file: FileBytes, offset: number, limit: number): Element | null {
  const head = file.read(offset, 12);
  const first = head[0];
  if (first === undefined || first === 0) return null;
  const idLength = Math.clz32(first) - 23;
  if (idLength > 4 || head.length < idLength + 1) return null;
  const id = head.readUIntBE(0, idLength);
  const sizeByte = head[idLength] ?? 0;
  const sizeLength = Math.clz32(sizeByte) - 23;
  if (sizeLength > 8 || head.length < idLength + sizeLength) return null;
  let size = sizeByte & (0xff >> sizeLength);
  let ones = size === 0xff >> sizeLength;
  for (let i = 1; i < sizeLength; i += 1) {
    const byte = head[idLength + i] ?? 0;
    ones &&= byte === 0xff;
    size = size * 256 + byte;
  }
  const start = offset + idLength + sizeLength;
  return { id, offset, start, end: ones ? limit : Math.min(start + size, limit), unknownSize: ones };
}

/** The elements between two offsets. */
export function* elements(file: FileBytes, start: number, end: number): Generator<Element> {
  let at = start;
  for (let count = 0; at < end; count += 1) {
    if (count > MOST_ELEMENTS)
      throw new ProbeFailed('damaged', 'The file has more elements than any sound one.');
    const element = elementAt(file, at, end);
    if (element === null) return;
    yield element;
    at = element.end;
  }
}

export const inside = (file: FileBytes, parent: Element): Generator<Element> =>
  elements(file, parent.start, parent.end);

/** Value readers; each bounds what a damaged size can make it read. */
export function uint(file: FileBytes, element: Element): number {
  const bytes = file.read(element.start, Math.min(8, element.end - element.start));
  let value = 0;
  for (const byte of bytes) value = value * 256 + byte;
  return value;
}

export function float(file: FileBytes, element: Element): number {
  const bytes = file.read(element.start, Math.min(8, element.end - element.start));
  return bytes.length === 8 ? bytes.readDoubleBE() : bytes.length === 4 ? bytes.readFloatBE() : 0;
}

export function text(file: FileBytes, element: Element): string {
  return binary(file, element, 4096).toString('utf8').replace(/\0.*$/s, '');
}

export function binary(file: FileBytes, element: Element, limit = 1024 * 1024): Buffer {
  return file.read(element.start, Math.min(limit, element.end - element.start));
}

/** A variable-size integer at `at` of a buffer (track numbers in blocks, lace sizes); null if it is cut. */
export function vint(bytes: Buffer, at: number): { value: number; length: number } | null {
  const first = bytes[at];
  if (first === undefined || first === 0) return null;
  const length = Math.clz32(first) - 23;
  if (at + length > bytes.length) return null;
  let value = first & (0xff >> length);
  for (let i = 1; i < length; i += 1) value = value * 256 + (bytes[at + i] ?? 0);
  return { value, length };
}
