import { isIPv6 } from 'node:net';
import { type RangeCollector, toNumber6 } from './address-set.js';

const DOT = 0x2e;
const DASH = 0x2d;
const SLASH = 0x2f;
const COLON = 0x3a;
const COMMA = 0x2c;
const HASH = 0x23;
const SEMICOLON = 0x3b;
const LINE_FEED = 0x0a;

/** Lines between two breaths: some milliseconds. */
const LINES_AT_ONCE = 4000;
/** IPv6 ranges are kept as numbers of any length, which take more room; no list has as many. */
const MOST_IPV6 = 100_000;
/** A longer line is none of a list. */
const LONGEST_LINE = 4096;
/** eMule blocks what has a lower level of access (https://www.emule-project.net, ipfilter.dat). */
const FIRST_ALLOWED_LEVEL = 128;
/** Half of all addresses: such a range is a mistake, and would block everything. */
const WIDEST = 2 ** 31;

export interface ParsedLines {
  readonly ranges: number;
  /** Lines that are no comment, no blank and no range. */
  readonly malformed: number;
}

/**
 * Reads block lists line by line, in any mixture of formats: `1.2.3.4`, `1.2.3.0/24`, `1.2.3.4-1.2.3.9`, the same of IPv6,
 * P2P (`label:1.2.3.4-1.2.3.9`) and eMule (`001.002.003.004 - 001.002.003.009 , 100 , label`).
 */
export async function parseBlockList(bytes: Uint8Array, into: RangeCollector): Promise<ParsedLines> {
  const reader = new LineReader(bytes, into);
  let start = 0;
  for (let line = 1; start < bytes.length; line++) {
    const found = bytes.indexOf(LINE_FEED, start);
    const end = found < 0 ? bytes.length : found;
    reader.line(start, end);
    start = end + 1;
    if (line % LINES_AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return { ranges: reader.ranges, malformed: reader.malformed };
}

class LineReader {
  ranges = 0;
  malformed = 0;
  /** Where the next character is read. */
  private at = 0;
  private end = 0;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly into: RangeCollector,
  ) {}

  line(start: number, end: number): void {
    while (end > start && isBlank(this.bytes[end - 1])) end--;
    [this.at, this.end] = [start, end];
    this.skipBlanks();
    const first = this.bytes[this.at];
    if (
      this.at >= end ||
      first === HASH ||
      first === SEMICOLON ||
      (first === SLASH && this.bytes[this.at + 1] === SLASH)
    )
      return;
    const begin = this.at;
    if (end - begin <= LONGEST_LINE && (this.range4() || this.afterLabel(begin) || this.range6(begin)))
      this.ranges++;
    else this.malformed++;
  }

  private afterLabel(begin: number): boolean {
    let colon = this.end - 1;
    while (colon >= begin && this.bytes[colon] !== COLON) colon--;
    if (colon < begin) return false;
    this.at = colon + 1;
    return this.range4();
  }

  /** An address, alone, with `/prefix` or with `-last`; true also for what is a range but is allowed. */
  private range4(): boolean {
    this.skipBlanks();
    const first = this.address();
    if (first < 0) return false;
    this.skipBlanks();
    let [start, last] = [first, first];
    if (this.take(SLASH)) {
      const prefix = this.number(32);
      if (prefix < 0) return false;
      const size = 2 ** (32 - prefix);
      start = Math.floor(first / size) * size;
      last = start + size - 1;
    } else if (this.take(DASH)) {
      this.skipBlanks();
      last = this.address();
    }
    if (last < start || last - start >= WIDEST || !this.ends()) return false;
    if (!this.isAllowed()) this.into.add4(start, last);
    return true;
  }

  /** Nothing follows, or a comment, or eMule's columns. */
  private ends(): boolean {
    this.skipBlanks();
    const byte = this.bytes[this.at];
    return this.at >= this.end || byte === COMMA || byte === HASH || byte === SEMICOLON;
  }

  private isAllowed(): boolean {
    if (this.at >= this.end || !this.take(COMMA)) return false;
    this.skipBlanks();
    return this.number(255) >= FIRST_ALLOWED_LEVEL;
  }

  /** Four numbers with dots; leading zeros are eMule's way of writing, and still decimal. -1: none. */
  private address(): number {
    let value = 0;
    for (let part = 0; part < 4; part++) {
      if (part > 0 && !this.take(DOT)) return -1;
      const number = this.number(255);
      if (number < 0) return -1;
      value = value * 256 + number;
    }
    return value;
  }

  private number(most: number): number {
    let value = 0;
    const start = this.at;
    for (; this.at < this.end; this.at++) {
      const digit = (this.bytes[this.at] ?? 0) - 0x30;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
      if (value > most) return -1;
    }
    return this.at > start && this.at - start <= 3 ? value : -1;
  }

  private range6(begin: number): boolean {
    const text = Buffer.from(this.bytes.subarray(begin, this.end))
      .toString('latin1')
      .replace(/[#;,].*$/u, '')
      .trim();
    const [, first = '', prefix, last] =
      /^([0-9a-f:]+)(?:\/(\d{1,3})|\s*-\s*([0-9a-f:]+))?$/iu.exec(text) ?? [];
    if (!isIPv6(first) || (last !== undefined && !isIPv6(last)) || this.into.ranges6.length >= MOST_IPV6)
      return false;
    const bits = BigInt(128 - Math.min(Number(prefix ?? 128), 128));
    const start = (toNumber6(first) >> bits) << bits;
    const end = last === undefined ? start + (1n << bits) - 1n : toNumber6(last);
    if (end < start || bits > 120n) return false;
    this.into.add6(start, end);
    return true;
  }

  private take(byte: number): boolean {
    if (this.at >= this.end || this.bytes[this.at] !== byte) return false;
    this.at++;
    return true;
  }

  private skipBlanks(): void {
    while (this.at < this.end && isBlank(this.bytes[this.at])) this.at++;
  }
}

const isBlank = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x09 || byte === 0x0d;
