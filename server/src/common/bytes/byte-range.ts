/** Bytes `start`–`end`, both included, as in HTTP. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * What a `Range` header asks of a representation: null to ignore it and send everything (another unit, bad syntax,
 * or too many parts), `unsatisfiable` for 416, else the ranges, clamped, merged and in the order given.
 */
export type RangeDecision = ByteRange[] | 'unsatisfiable' | null;

/** More parts than this are an attack (RFC 9110 section 14.2 lets a server ignore such a header). */
const mostRanges = 8;

/** One `first-last`, `first-` or `-suffix`; null if malformed, undefined if it lies outside. */
function parseSpec(spec: string, size: number): ByteRange | null | undefined {
  const [, first, last] = /^(\d{0,16})-(\d{0,16})$/.exec(spec) ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return null;
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length > 0 ? { start: size - length, end: size - 1 } : undefined;
  }
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < start) return null;
  return start < size ? { start, end } : undefined;
}

/** Joins ranges that overlap or touch, unless that would change the order a client asked for. */
function merge(ranges: ByteRange[]): ByteRange[] {
  const ascending = ranges.every(
    (range, index) => index === 0 || range.start >= (ranges[index - 1]?.start ?? 0),
  );
  const sorted = ascending ? ranges : ranges.toSorted((a, b) => a.start - b.start);
  const merged: ByteRange[] = [];
  for (const range of sorted) {
    const previous = merged.at(-1);
    if (previous && range.start <= previous.end + 1) previous.end = Math.max(previous.end, range.end);
    else merged.push({ ...range });
  }
  return ascending || merged.length < ranges.length ? merged : ranges;
}

/**
 * Reads a `Range` header (RFC 9110 section 14.1.2).
 * @param size of the whole representation, bytes
 */
export function parseRange(header: string | undefined, size: number): RangeDecision {
  const [, set] = /^bytes\s*=\s*(.+)$/i.exec(header ?? '') ?? [];
  if (set === undefined) return null;
  const specs = set
    .split(',')
    .map((spec) => spec.trim())
    .filter(Boolean);
  if (specs.length === 0 || specs.length > mostRanges) return null;
  const parsed = specs.map((spec) => parseSpec(spec, size));
  if (parsed.includes(null)) return null;
  const satisfiable = parsed.filter((range): range is ByteRange => range !== undefined && range !== null);
  return satisfiable.length > 0 ? merge(satisfiable) : 'unsatisfiable';
}
