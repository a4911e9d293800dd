import { torrentLimits } from './torrent-limits.js';
import { TorrentInvalid } from './torrent-invalid.js';

/** Bencoded values (BEP 3). Byte strings are views of the input; integers are safe ones. */
export type Bencoded = number | Uint8Array | Bencoded[] | BencodedDictionary;

export class BencodedDictionary {
  readonly entries = new Map<string, Bencoded>();
  /** Where it stands in the input, its `d` and `e` included. */
  start = 0;
  end = 0;
  /** Keys of it and of all below are UTF-8 and sorted, so that whoever encodes it anew gets the same bytes. */
  canonical = true;

  get(key: string): Bencoded | undefined {
    return this.entries.get(key);
  }

  /** The value where it is a byte string that holds something. */
  bytes(key: string): Uint8Array | undefined {
    const value = this.entries.get(key);
    return value instanceof Uint8Array && value.length > 0 ? value : undefined;
  }

  integer(key: string): number | undefined {
    const value = this.entries.get(key);
    return typeof value === 'number' ? value : undefined;
  }
}

const D = 0x64;
const E = 0x65;
const I = 0x69;
const L = 0x6c;
const COLON = 0x3a;
const MINUS = 0x2d;
const ZERO = 0x30;

/** Bytes that may follow the outermost value: some programs end the file with a line break. */
const BLANK = new Set([0x09, 0x0a, 0x0d, 0x20]);

const malformed = (what: string): TorrentInvalid =>
  new TorrentInvalid('not-bencoded', `This is not a .torrent: ${what}.`);

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads one value that fills the input, strictly as BEP 3 has it (no leading zeros, no key twice), bounded in depth and
 * in the number of values by `torrentLimits`. Time and memory are linear in the input.
 * @throws TorrentInvalid
 */
export function decodeBencode(input: Uint8Array): Bencoded {
  const reader = new BencodeReader(input);
  const value = reader.value(0);
  reader.finish();
  return value;
}

class BencodeReader {
  private at = 0;
  private parts = 0;

  constructor(private readonly input: Uint8Array) {}

  finish(): void {
    for (; this.at < this.input.length; this.at++) {
      if (!BLANK.has(this.input[this.at] ?? 0)) throw malformed('something follows its end');
    }
  }

  value(depth: number): Bencoded {
    if (depth > torrentLimits.depth)
      throw new TorrentInvalid('too-deep', 'This torrent is nested too deeply.');
    if (++this.parts > torrentLimits.parts) {
      throw new TorrentInvalid('too-many-parts', 'This torrent has too many parts.');
    }
    const byte = this.input[this.at];
    if (byte === D) return this.dictionary(depth);
    if (byte === L) return this.list(depth);
    if (byte !== I) return this.string();
    this.at++;
    return this.number(E);
  }

  private list(depth: number): Bencoded[] {
    const list: Bencoded[] = [];
    this.at++;
    while (this.input[this.at] !== E) list.push(this.value(depth + 1));
    this.at++;
    return list;
  }

  private dictionary(depth: number): BencodedDictionary {
    const dictionary = new BencodedDictionary();
    dictionary.start = this.at++;
    let previous: Key | null = null;
    while (this.input[this.at] !== E) {
      const key = readKey(this.string());
      if (dictionary.entries.has(key.raw)) throw malformed('it says something twice');
      dictionary.canonical &&=
        key.faithful && (previous === null || (previous.raw < key.raw && previous.text < key.text));
      previous = key;
      const value = this.value(depth + 1);
      dictionary.canonical &&= isCanonical(value);
      dictionary.entries.set(key.raw, value);
    }
    dictionary.end = ++this.at;
    return dictionary;
  }

  private string(): Uint8Array {
    const length = this.number(COLON);
    if (length < 0 || length > this.input.length - this.at) throw malformed('it ends too early');
    this.at += length;
    return this.input.subarray(this.at - length, this.at);
  }

  /** Decimal digits up to `end`, which is passed too. */
  private number(end: number): number {
    const negative = this.input[this.at] === MINUS;
    if (negative) this.at++;
    const first = this.at;
    let value = 0;
    for (;;) {
      const byte = this.input[this.at++];
      if (byte === end && this.at - 1 > first) break;
      if (byte === undefined || byte < ZERO || byte > ZERO + 9) throw malformed('a number is not one');
      value = value * 10 + (byte - ZERO);
      if (!Number.isSafeInteger(value)) throw malformed('a number is too large');
    }
    const digits = this.at - 1 - first;
    if (this.input[first] === ZERO && (digits > 1 || negative)) throw malformed('a number is not one');
    return negative ? -value : value;
  }
}

interface Key {
  /** One character a byte. */
  readonly raw: string;
  readonly text: string;
  /** Whether programs that keep keys as text write the same bytes again. */
  readonly faithful: boolean;
}

function readKey(bytes: Uint8Array): Key {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  // An object's prototype in the engine's parser, not a key.
  if (raw === '__proto__') throw malformed('a name in it is not allowed');
  if (/^[\x00-\x7f]*$/.test(raw)) return { raw, text: raw, faithful: true };
  try {
    const text = utf8.decode(bytes);
    // The engine's parser drops the first and takes the second for a fault.
    return { raw, text, faithful: !text.startsWith('\ufeff') && !text.includes('\ufffd') };
  } catch {
    return { raw, text: raw, faithful: false };
  }
}

const isCanonical = (value: Bencoded): boolean =>
  Array.isArray(value)
    ? value.every(isCanonical)
    : value instanceof BencodedDictionary
      ? value.canonical
      : true;

/** What `encodeBencode` writes; keys of dictionaries are ASCII, in any order. */
export type Encodable =
  number | string | Uint8Array | RawBencode | readonly Encodable[] | ReadonlyMap<string, Encodable>;

/** Bytes that are bencoded already. */
export class RawBencode {
  constructor(readonly bytes: Uint8Array) {}
}

export function encodeBencode(value: Encodable): Uint8Array {
  const chunks: Uint8Array[] = [];
  write(value, chunks);
  return new Uint8Array(Buffer.concat(chunks));
}

const isList = (value: Encodable): value is readonly Encodable[] => Array.isArray(value);

function write(value: Encodable, out: Uint8Array[]): void {
  if (value instanceof RawBencode) out.push(value.bytes);
  else if (typeof value === 'number') out.push(Buffer.from(`i${value}e`));
  else if (typeof value === 'string') write(Buffer.from(value), out);
  else if (value instanceof Uint8Array) out.push(Buffer.from(`${value.length}:`), value);
  else if (isList(value)) {
    out.push(Buffer.from('l'));
    for (const item of value) write(item, out);
    out.push(Buffer.from('e'));
  } else {
    out.push(Buffer.from('d'));
    for (const [key, item] of [...value].sort(([a], [b]) => (a < b ? -1 : 1))) {
      write(key, out);
      write(item, out);
    }
    out.push(Buffer.from('e'));
  }
}
