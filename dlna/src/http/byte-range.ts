/** Both ends included. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/**
 * One range of RFC 9110 §14.2.
 * @returns undefined where the header is to be ignored: none, several ranges, another unit, no syntax
 */
export function parseByteRange(header: string, size: number): ByteRange | 'unsatisfiable' | undefined {
  const [, first = '', last = ''] = /^\s*bytes\s*=\s*(\d{0,15})\s*-\s*(\d{0,15})\s*$/i.exec(header) ?? [];
  if (!first && !last) return undefined;
  if (!first) {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'unsatisfiable' : { from: size - length, to: size - 1 };
  }
  const from = Number(first);
  if (last && Number(last) < from) return undefined;
  if (from >= size) return 'unsatisfiable';
  return { from, to: last ? Math.min(Number(last), size - 1) : size - 1 };
}
