import ipaddr from 'ipaddr.js';

type Address = ReturnType<typeof ipaddr.process>;

/** First and last address of each range, by number. */
interface Range {
  readonly first: bigint;
  readonly last: bigint;
}

const numberOf = (address: Address): bigint =>
  address.toByteArray().reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);

/** IPv4 in IPv6 is IPv4: who listens on `::` hears of everybody like that. */
function parse(text: string): Address | null {
  const bare = text.trim().replace(/^\[|\]$/g, '');
  return ipaddr.isValid(bare) ? ipaddr.process(bare) : null;
}

function parseCidr(text: string): { first: Address; last: Address } | null {
  if (!ipaddr.isValidCIDR(text)) return null;
  const [address, bits] = ipaddr.parseCIDR(text);
  const bytes = address.toByteArray();
  const edge = (fill: 0 | 255): Address =>
    ipaddr.process(
      ipaddr
        .fromByteArray(
          bytes.map((byte, index) => {
            const kept = Math.max(0, Math.min(8, bits - index * 8));
            const mask = (0xff << (8 - kept)) & 0xff;
            return (byte & mask) | (fill & ~mask & 0xff);
          }),
        )
        .toString(),
    );
  return { first: edge(0), last: edge(255) };
}

function parseRange(text: string): { first: Address; last: Address } | null {
  if (text.includes('/')) return parseCidr(text.trim());
  const [from, to, more] = text.split('-');
  if (from === undefined || more !== undefined) return null;
  const first = parse(from);
  const last = to === undefined ? first : parse(to);
  return first && last && first.kind() === last.kind() ? { first, last } : null;
}

/** Ranges in order, those that touch made one. */
function merge(ranges: Range[]): Range[] {
  const merged: { first: bigint; last: bigint }[] = [];
  for (const { first, last } of ranges.sort((a, b) => (a.first < b.first ? -1 : 1))) {
    const previous = merged.at(-1);
    if (previous && first <= previous.last + 1n) {
      if (last > previous.last) previous.last = last;
    } else merged.push({ first, last });
  }
  return merged;
}

function contains(ranges: readonly Range[], number: bigint): boolean {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const range = ranges[middle];
    if (!range || range.first > number) high = middle;
    else if (range.last < number) low = middle + 1;
    else return true;
  }
  return false;
}

/** Addresses that nothing is exchanged with: hundreds of thousands of ranges are looked through by halves. */
export class BlockList {
  private readonly ranges: Readonly<Record<'ipv4' | 'ipv6', readonly Range[]>>;

  /** @param lines addresses, `address/bits` or `first-last`; what is none of these is left out */
  constructor(lines: readonly string[]) {
    const found: Record<'ipv4' | 'ipv6', Range[]> = { ipv4: [], ipv6: [] };
    for (const line of lines) {
      const range = parseRange(line);
      if (range && numberOf(range.first) <= numberOf(range.last)) {
        found[range.first.kind()].push({ first: numberOf(range.first), last: numberOf(range.last) });
      }
    }
    this.ranges = { ipv4: merge(found.ipv4), ipv6: merge(found.ipv6) };
  }

  /** @param address IPv4, IPv6, or IPv4 mapped into IPv6; with a port or not an address at all: never in the list */
  contains(address: string): boolean {
    const parsed = parse(address);
    return parsed !== null && contains(this.ranges[parsed.kind()], numberOf(parsed));
  }
}
