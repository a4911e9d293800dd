import { isIPv4, isIPv6 } from 'node:net';
import { ipv6Bytes } from '../../common/fetch/address-rules.js';

/** Lets others have their turn: nothing here holds the event loop longer than a few milliseconds. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** One range of IPv6 addresses as numbers. */
type Range6 = readonly [start: bigint, end: bigint];

/** First and last addresses as numbers, in order; no two touch. */
export interface AddressRanges {
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly ranges6: readonly Range6[];
}

export const noRanges: AddressRanges = {
  starts: new Uint32Array(),
  ends: new Uint32Array(),
  ranges6: [],
};

/**
 * Which addresses are in a list of ranges: 8 bytes a range of IPv4, found by binary search. Ranges are sorted, and those
 * that touch are one.
 */
export class AddressSet {
  constructor(readonly ranges: AddressRanges) {}

  /** Sorts and merges, a few milliseconds at a time. */
  static async of(ranges: RangeCollector): Promise<AddressSet> {
    const { count4 } = ranges;
    const { starts, ends } = await sorted({
      starts: ranges.starts.subarray(0, count4),
      ends: ranges.ends.subarray(0, count4),
    });
    await breathe();
    return new AddressSet({ ...merged(starts, ends), ranges6: merged6(ranges.ranges6) });
  }

  /** Ranges after merging. */
  get size(): number {
    return this.ranges.starts.length + this.ranges.ranges6.length;
  }

  /** IPv4, IPv6, and IPv4 mapped into IPv6 as sockets of both families show it. What is no address is in no set. */
  has(address: string): boolean {
    if (isIPv4(address)) return this.has4(toNumber4(address));
    const bare = address.replace(/^\[(.*)\]$/u, '$1');
    if (!isIPv6(bare)) return false;
    const value = toNumber6(bare);
    if (value >> 32n === 0xffffn && this.has4(Number(value & 0xffff_ffffn))) return true;
    const { ranges6 } = this.ranges;
    const last = ranges6[firstAfter(ranges6.length, (index) => (ranges6[index]?.[0] ?? 0n) > value) - 1];
    return last !== undefined && value <= last[1];
  }

  private has4(value: number): boolean {
    const { starts, ends } = this.ranges;
    const after = firstAfter(starts.length, (index) => (starts[index] ?? 0) > value);
    return after > 0 && value <= (ends[after - 1] ?? -1);
  }
}

/** Binary search: the first of `length` places that lies behind; `length` where none does. */
function firstAfter(length: number, isBehind: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBehind(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Gathers ranges in any order. */
export class RangeCollector {
  starts = new Uint32Array(1024);
  ends = new Uint32Array(1024);
  count4 = 0;
  readonly ranges6: Range6[] = [];

  add4(start: number, end: number): void {
    if (this.count4 === this.starts.length) this.grow();
    this.starts[this.count4] = start;
    this.ends[this.count4++] = end;
  }

  /** IPv4 mapped into IPv6 is IPv4. */
  add6(start: bigint, end: bigint): void {
    if (start >> 32n === 0xffffn && end >> 32n === 0xffffn)
      this.add4(Number(start & 0xffff_ffffn), Number(end & 0xffff_ffffn));
    else this.ranges6.push([start, end]);
  }

  addAll({ starts, ends, count4, ranges6 }: RangeCollector): void {
    while (this.starts.length < this.count4 + count4) this.grow();
    this.starts.set(starts.subarray(0, count4), this.count4);
    this.ends.set(ends.subarray(0, count4), this.count4);
    this.count4 += count4;
    for (const range of ranges6) this.ranges6.push(range);
  }

  private grow(): void {
    this.starts = grown(this.starts);
    this.ends = grown(this.ends);
  }
}

function grown(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}

const toNumber4 = (address: string): number =>
  address.split('.').reduce((value, part) => value * 256 + Number(part), 0);

export const toNumber6 = (address: string): bigint =>
  ipv6Bytes(address.replace(/%.*$/u, '')).reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);

type Ranges4 = Pick<AddressRanges, 'starts' | 'ends'>;

/** By start; lists mostly are. Else by its bytes, lowest first: linear, however they lie. */
async function sorted(ranges: Ranges4): Promise<Ranges4> {
  const { starts } = ranges;
  if (starts.every((start, index) => index === 0 || (starts[index - 1] ?? 0) <= start)) return ranges;
  let from = ranges;
  for (let shift = 0; shift < 32; shift += 8) {
    from = sortedByByte(from, shift);
    await breathe();
  }
  return from;
}

function sortedByByte({ starts, ends }: Ranges4, shift: number): Ranges4 {
  const places = new Uint32Array(257);
  const count = (slot: number, by: number): number => (places[slot] = (places[slot] ?? 0) + by);
  for (const start of starts) count(((start >>> shift) & 255) + 1, 1);
  for (let byte = 0; byte < 256; byte++) count(byte + 1, places[byte] ?? 0);
  const to = { starts: new Uint32Array(starts.length), ends: new Uint32Array(starts.length) };
  for (let index = 0; index < starts.length; index++) {
    const start = starts[index] ?? 0;
    const place = count((start >>> shift) & 255, 1) - 1;
    to.starts[place] = start;
    to.ends[place] = ends[index] ?? 0;
  }
  return to;
}

function merged(starts: Uint32Array, ends: Uint32Array): Ranges4 {
  const [outStarts, outEnds] = [new Uint32Array(starts.length), new Uint32Array(starts.length)];
  let count = 0;
  for (let index = 0; index < starts.length; index++) {
    const [start, end] = [starts[index] ?? 0, ends[index] ?? 0];
    const last = outEnds[count - 1];
    if (last !== undefined && start <= last + 1) outEnds[count - 1] = Math.max(last, end);
    else {
      outStarts[count] = start;
      outEnds[count++] = end;
    }
  }
  return { starts: outStarts.slice(0, count), ends: outEnds.slice(0, count) };
}

function merged6(ranges: readonly Range6[]): Range6[] {
  const out: Range6[] = [];
  for (const [start, end] of [...ranges].sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0))) {
    const last = out[out.length - 1];
    if (last && start <= last[1] + 1n) out[out.length - 1] = [last[0], last[1] > end ? last[1] : end];
    else out.push([start, end]);
  }
  return out;
}
