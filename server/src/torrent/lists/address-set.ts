import { isIPv4, isIPv6 } from 'node:net';
import { ipv6Bytes } from '../../common/fetch/address-rules.js';

/** Lets others have their turn: nothing here holds the event loop longer than a few milliseconds. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** One range of IPv6 addresses as numbers. */
type Range6 = readonly [start: bigint, end: bigint];

/**
 * Which addresses are in a list of ranges: 8 bytes a range of IPv4, found by binary search. Ranges are sorted, and those
 * that touch are one.
 */
export class AddressSet {
  static readonly empty = new AddressSet(new Uint32Array(), new Uint32Array(), []);

  private constructor(
    private readonly starts: Uint32Array,
    private readonly ends: Uint32Array,
    private readonly ranges6: readonly Range6[],
  ) {}

  /** Sorts and merges, a few milliseconds at a time. */
  static async of(ranges: RangeCollector): Promise<AddressSet> {
    const { count4 } = ranges;
    const { starts, ends } = await sorted({
      starts: ranges.starts.subarray(0, count4),
      ends: ranges.ends.subarray(0, count4),
    });
    await breathe();
    return new AddressSet(...merged(starts, ends), merged6(ranges.ranges6));
  }

  /** Ranges after merging. */
  get size(): number {
    return this.starts.length + this.ranges6.length;
  }

  /** IPv4, IPv6, and IPv4 mapped into IPv6 as sockets of both families show it. What is no address is in no set. */
  has(address: string): boolean {
    if (isIPv4(address)) return this.has4(toNumber4(address));
    if (!isIPv6(address)) return false;
    const value = toNumber6(address);
    if (value >> 32n === 0xffffn && this.has4(Number(value & 0xffff_ffffn))) return true;
    const last =
      this.ranges6[firstAfter(this.ranges6.length, (index) => (this.ranges6[index]?.[0] ?? 0n) > value) - 1];
    return last !== undefined && value <= last[1];
  }

  /** `first-last` of each range, written a few milliseconds at a time. */
  async toRanges(): Promise<string[]> {
    const texts: string[] = [];
    for (let index = 0; index < this.starts.length; index++) {
      texts.push(`${toText4(this.starts[index] ?? 0)}-${toText4(this.ends[index] ?? 0)}`);
      if (index % 5000 === 4999) await breathe();
    }
    return [...texts, ...this.ranges6.map(([start, end]) => `${toText6(start)}-${toText6(end)}`)];
  }

  private has4(value: number): boolean {
    const after = firstAfter(this.starts.length, (index) => (this.starts[index] ?? 0) > value);
    return after > 0 && value <= (this.ends[after - 1] ?? -1);
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
    if (this.count4 === this.starts.length) {
      this.starts = grown(this.starts);
      this.ends = grown(this.ends);
    }
    this.starts[this.count4] = start;
    this.ends[this.count4++] = end;
  }

  add6(start: bigint, end: bigint): void {
    this.ranges6.push([start, end]);
  }
}

function grown(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}

export const toNumber4 = (address: string): number =>
  address.split('.').reduce((value, part) => value * 256 + Number(part), 0);

const toText4 = (value: number): string =>
  `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;

export const toNumber6 = (address: string): bigint =>
  ipv6Bytes(address.replace(/%.*$/u, '')).reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);

const toText6 = (value: bigint): string =>
  (value.toString(16).padStart(32, '0').match(/.{4}/gu) ?? [])
    .map((part) => part.replace(/^0{1,3}/u, ''))
    .join(':');

interface Ranges4 {
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

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

function merged(starts: Uint32Array, ends: Uint32Array): [Uint32Array, Uint32Array] {
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
  return [outStarts.slice(0, count), outEnds.slice(0, count)];
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
