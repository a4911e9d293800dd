import { BitReader } from './bit-reader.js';
import type { CodecFacts } from './codec-facts.js';
import { codePoint, colourOf, pixelFormatOf } from './colour.js';
import type { Colour } from './media-info.js';

/** @param config an `av1C` record (AV1 in ISOBMFF 2.3.3). */
export function av1Facts(config: Uint8Array): CodecFacts {
  const [marker = 0, b1 = 0, b2 = 0] = config;
  if (marker !== 0x81 || config.length < 4) return {};
  const profile = b1 >> 5;
  const level = b1 & 31;
  const bitDepth = b2 & 0x40 ? (b2 & 0x20 ? 12 : 10) : 8;
  const monochrome = (b2 & 0x10) !== 0;
  const subX = (b2 >> 3) & 1;
  const subY = (b2 >> 2) & 1;
  return {
    profile: ['Main', 'High', 'Professional'][profile] ?? `${profile}`,
    level: 2 + (level >> 2) + (level & 3) / 10,
    bitDepth,
    pixelFormat: pixelFormatOf(monochrome ? 0 : subX && subY ? 1 : subX ? 2 : 3, bitDepth),
    colour: sequenceColour(config.subarray(4)),
  };
}

/** AV1 in ISOBMFF section 5, all fields written out: some browsers take the short form for something else. */
export function av1CodecString(config: Uint8Array, colour: Colour): string | null {
  const [, b1, b2] = config;
  if (b1 === undefined || b2 === undefined) return null;
  const two = (value: number): string => String(value).padStart(2, '0');
  const bitDepth = b2 & 0x40 ? (b2 & 0x20 ? 12 : 10) : 8;
  const chroma = `${(b2 >> 3) & 1}${(b2 >> 2) & 1}${b2 & 0x0c ? b2 & 3 : 0}`;
  return [
    `av01.${b1 >> 5}`,
    `${two(b1 & 31)}${b2 & 0x80 ? 'H' : 'M'}`,
    two(bitDepth),
    (b2 >> 4) & 1,
    chroma,
    two(codePoint('primaries', colour.primaries)),
    two(codePoint('transfer', colour.transfer)),
    two(codePoint('matrix', colour.matrix)),
    colour.range === 'full' ? 1 : 0,
  ].join('.');
}

function sequenceColour(obus: Uint8Array): Colour | undefined {
  try {
    const header = sequenceHeader(obus);
    return header === undefined ? undefined : readColour(header);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The payload of the first sequence header OBU (AV1 5.3.2; type 1). */
function sequenceHeader(obus: Uint8Array): Uint8Array | undefined {
  let at = 0;
  while (at < obus.length) {
    const head = obus[at] ?? 0;
    let offset = at + (head & 4 ? 2 : 1);
    let size = obus.length - offset;
    if (head & 2) {
      size = 0;
      for (let i = 0; i < 5; i += 1) {
        const byte = obus[offset++] ?? 0;
        size |= (byte & 127) << (7 * i);
        if (byte < 128) break;
      }
    }
    if (((head >> 3) & 15) === 1) return obus.subarray(offset, offset + size);
    at = offset + Math.max(0, size);
  }
  return undefined;
}

/** sequence_header_obu, AV1 5.5.1, up to color_config. */
function readColour(header: Uint8Array): Colour | undefined {
  const bits = new BitReader(header);
  const profile = bits.bits(3);
  bits.flag();
  if (bits.flag()) return undefined; // reduced_still_picture_header: AVIF, not film
  skipOperatingPoints(bits);
  const widthBits = bits.bits(4) + 1;
  const heightBits = bits.bits(4) + 1;
  bits.skip(widthBits + heightBits);
  if (bits.flag()) bits.bits(7); // frame ids
  bits.bits(3);
  skipTools(bits);
  bits.bits(3); // superres, cdef, restoration
  const high = bits.flag();
  if (profile === 2 && high) bits.flag();
  const monochrome = profile === 1 ? false : bits.flag();
  if (!bits.flag()) return monochrome ? undefined : colourOf(2, 2, 2, bits.flag());
  const [p, t, m] = [bits.bits(8), bits.bits(8), bits.bits(8)];
  // sRGB with identity matrix is full range without saying so.
  const full = p === 1 && t === 13 && m === 0 ? true : bits.flag();
  return colourOf(p, t, m, full);
}

function skipOperatingPoints(bits: BitReader): void {
  let decoderModel = false;
  let delayBits = 0;
  if (bits.flag()) {
    bits.skip(64);
    if (bits.flag()) bits.ue();
    decoderModel = bits.flag();
    if (decoderModel) {
      delayBits = bits.bits(5) + 1;
      bits.skip(42);
    }
  }
  const displayDelay = bits.flag();
  const points = bits.bits(5) + 1;
  for (let i = 0; i < points; i += 1) {
    bits.skip(12);
    if (bits.bits(5) > 7) bits.flag();
    if (decoderModel && bits.flag()) bits.skip(2 * delayBits + 1);
    if (displayDelay && bits.flag()) bits.bits(4);
  }
}

function skipTools(bits: BitReader): void {
  bits.bits(4); // interintra, masked, warped, dual filter
  const orderHint = bits.flag();
  if (orderHint) bits.bits(2);
  const chooseTools = bits.flag();
  const forced = chooseTools ? 2 : bits.bit();
  if (forced > 0 && !bits.flag()) bits.flag();
  if (orderHint) bits.bits(3);
}
