import ipaddr from 'ipaddr.js';

/** First and last address of a range, as numbers of its family. */
interface Range {
  readonly isV4: boolean;
  readonly first: bigint | number;
  readonly last: bigint | number;
}

/** Lists have hundreds of thousands of lines, most of IPv4: read by hand, a hundred times as fast. */
function parseV4(text: string): number | null {
  const parts = text.split('.');
  if (parts.length !== 4) return null;
  let number = 0;
  for (const part of parts) {
    // P2P lists fill up with zeros.
    if (part.length === 0 || part.length > 3) return null;
    const value = Number(part);
    if (!(value >= 0 && value <= 255) || part.includes('.') || part.trim() !== part) return null;
    number = number * 256 + value;
  }
  return number;
}

/** IPv4 in IPv6 is IPv4: who listens on `::` hears of everybody like that. */
function parse(text: string): { isV4: boolean; number: bigint | number } | null {
  const bare = text.trim().replace(/^\[|\]$/g, '');
  const v4 = parseV4(bare);
  if (v4 !== null) return { isV4: true, number: v4 };
  if (!bare.includes(':') || !ipaddr.IPv6.isValid(bare)) return null;
  const address = ipaddr.process(bare);
  const bytes = address.toByteArray();
  if (address.kind() === 'ipv4')
    return { isV4: true, number: bytes.reduce((sum, byte) => sum * 256 + byte, 0) };
  return { isV4: false, number: bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n) };
}

function parseCidr(address: string, bits: string): Range | null {
  const parsed = parse(address);
  const length = Number(bits);
  if (!parsed || !/^\d{1,3}$/.test(bits) || length > (parsed.isV4 ? 32 : 128)) return null;
  if (typeof parsed.number === 'number') {
    const size = 2 ** (32 - length);
    const first = parsed.number - (parsed.number % size);
    return { isV4: true, first, last: first + size - 1 };
  }
  const size = 1n << BigInt(128 - length);
  const first = parsed.number - (parsed.number % size);
  return { isV4: false, first, last: first + size - 1n };
}

function parseRange(text: string): Range | null {
  const [network = '', bits] = text.split('/');
  if (bits !== undefined) return parseCidr(network, bits.trim());
  const [from = '', to, more] = text.split('-');
  if (more !== undefined) return null;
  const first = parse(from);
  const last = to === undefined ? first : parse(to);
  if (!first || last?.isV4 !== first.isV4 || first.number > last.number) return null;
  return { isV4: first.isV4, first: first.number, last: last.number };
}

/** In order, and none within or over another. */
function merge(ranges: Range[]): Range[] {
  const merged: Range[] = [];
  for (const range of ranges.sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0))) {
    const previous = merged.at(-1);
    if (!previous || range.first > previous.last) merged.push(range);
    else if (range.last > previous.last) merged[merged.length - 1] = { ...previous, last: range.last };
  }
  return merged;
}

/** Addresses that nothing is exchanged with: looked through by halves. */
export class BlockList {
  private readonly v4: readonly Range[];
  private readonly v6: readonly Range[];

  /** @param lines addresses, `address/bits` or `first-last`; what is none of these is left out */
  constructor(lines: readonly string[]) {
    const ranges = lines.map(parseRange).filter((range) => range !== null);
    this.v4 = merge(ranges.filter(({ isV4 }) => isV4));
    this.v6 = merge(ranges.filter(({ isV4 }) => !isV4));
  }

  /** @param address IPv4, IPv6, or IPv4 mapped into IPv6; what is no address is never in the list */
  contains(address: string): boolean {
    const parsed = parse(address);
    if (!parsed) return false;
    const ranges = parsed.isV4 ? this.v4 : this.v6;
    let low = 0;
    let high = ranges.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const range = ranges[middle];
      if (!range || range.first > parsed.number) high = middle;
      else if (range.last < parsed.number) low = middle + 1;
      else return true;
    }
    return false;
  }
}
