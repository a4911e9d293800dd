import { BitReader } from '../../ffmpeg/bit-reader.js';
import { box } from '../cmaf/boxes.js';
import { RemuxFailed } from './remux-failure.js';

/** Packs fields of some bits, most significant first; the last byte is filled with zeros. */
function pack(...fields: readonly (readonly [value: number, bits: number])[]): Buffer {
  let bits = '';
  for (const [value, width] of fields) bits += value.toString(2).padStart(width, '0').slice(-width);
  return Buffer.from((bits.padEnd(Math.ceil(bits.length / 8) * 8, '0').match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2))); // prettier-ignore
}

function readerOf(frame: Uint8Array): BitReader {
  if (frame[0] !== 0x0b || frame[1] !== 0x77)
    throw new RemuxFailed('damaged', 'The sound does not begin with a Dolby Digital frame.');
  const bits = new BitReader(frame);
  bits.skip(16);
  return bits;
}

/** `dac3` (ETSI TS 102 366 F.4) by the first frame's header (4.3). */
export function ac3Box(frame: Uint8Array): Buffer {
  const bits = readerOf(frame);
  bits.skip(16);
  const [rate, size, id, mode, layout] = [2, 6, 5, 3, 3].map((width) => bits.bits(width));
  const acmod = layout ?? 0;
  if ((acmod & 1) !== 0 && acmod !== 1) bits.skip(2);
  if ((acmod & 4) !== 0) bits.skip(2);
  if (acmod === 2) bits.skip(2);
  const lfe = bits.bit();
  return box('dac3', pack([rate ?? 0, 2], [id ?? 8, 5], [mode ?? 0, 3], [acmod, 3], [lfe, 1], [(size ?? 0) >> 1, 5], [0, 5])); // prettier-ignore
}

interface Eac3Frame {
  readonly dependent: boolean;
  readonly bytes: number;
  readonly rate: number;
  readonly blocks: number;
  readonly layout: number;
  readonly lfe: number;
  readonly id: number;
  /** Channels a dependent frame adds, as `dec3` numbers them. */
  readonly places: number;
}

/** Head of an E-AC-3 frame, ETSI TS 102 366 E.1.2. */
function eac3Frame(frame: Uint8Array): Eac3Frame {
  const bits = readerOf(frame);
  const type = bits.bits(2);
  bits.skip(3);
  const bytes = (bits.bits(11) + 1) * 2;
  const rate = bits.bits(2);
  const blocksCode = bits.bits(2);
  const blocks = rate === 3 ? 6 : ([1, 2, 3, 6][blocksCode] ?? 6);
  const [layout, lfe, id] = [bits.bits(3), bits.bit(), bits.bits(5)];
  bits.skip(5);
  if (bits.flag()) bits.skip(8);
  if (layout === 0) {
    bits.skip(5);
    if (bits.flag()) bits.skip(8);
  }
  const map = type === 1 && bits.flag() ? bits.bits(16) : 0;
  return { dependent: type === 1, bytes, rate, blocks, layout, lfe, id, places: placesOf(map) };
}

/** Bits 5 to 12 of the channel map (E.2.8, most significant first) are bits 0 to 7 of `chan_loc`; LFE2 is bit 8. */
function placesOf(map: number): number {
  let places = (map & 1) << 8;
  for (let at = 0; at < 8; at += 1) places |= ((map >> (15 - 5 - at)) & 1) << at;
  return places;
}

/** Samples of one E-AC-3 packet of one independent frame. */
export const eac3Samples = (frame: Uint8Array): number => eac3Frame(frame).blocks * 256;

/** `dec3` (ETSI TS 102 366 F.6) by the first packet: one independent substream and what depends on it. */
export function eac3Box(packet: Uint8Array): Buffer {
  const first = eac3Frame(packet);
  let bytes = first.bytes;
  let places = 0;
  let dependents = 0;
  while (bytes + 8 < packet.length) {
    const next = eac3Frame(packet.subarray(bytes));
    if (!next.dependent) break;
    places |= next.places;
    dependents += 1;
    bytes += next.bytes;
  }
  const hertz = [48_000, 44_100, 32_000, 24_000][first.rate] ?? 48_000;
  const kilobits = Math.round((bytes * 8 * hertz) / (first.blocks * 256) / 1000);
  return box(
    'dec3',
    pack(
      [kilobits, 13], [0, 3], [first.rate, 2], [first.id, 5], [0, 1], [0, 1], [0, 3], [first.layout, 3], [first.lfe, 1],
      [0, 3], [dependents, 4], dependents > 0 ? [places, 9] : [0, 1],
    ),
  ); // prettier-ignore
}
