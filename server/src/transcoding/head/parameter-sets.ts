import { bufferOf, MalformedBox, readBoxes } from '../cmaf/boxes.js';
import type { Sample, Track } from '../cmaf/track.js';

/** Bytes of a visual sample entry before its boxes, ISO/IEC 14496-12 12.1.3. */
const visualEntryFields = 78;

/**
 * The H.264 parameter sets of a track as they stand in a sample: a 4-byte length before each (ISO/IEC 14496-15 5.3.3).
 * Empty where the track is not H.264.
 */
export function parameterSets({ sampleEntry }: Track): Buffer {
  const entry = bufferOf(sampleEntry);
  if (entry.toString('latin1', 4, 8) !== 'avc1') return Buffer.alloc(0);
  const avcc = [...readBoxes(entry.subarray(8 + visualEntryFields))].find(
    ({ type }) => type === 'avcC',
  )?.body;
  if (!avcc || avcc.length < 7 || (avcc.readUInt8(4) & 3) !== 3)
    throw new MalformedBox('H.264 without a usable avcC.');
  const units: Buffer[] = [];
  let at = 5;
  for (const mask of [0x1f, 0xff]) {
    const count = avcc.readUInt8(at) & mask;
    at += 1;
    for (let index = 0; index < count; index++) {
      const length = avcc.readUInt16BE(at);
      units.push(Buffer.from([0, 0, length >> 8, length & 255]), avcc.subarray(at + 2, at + 2 + length));
      at += 2 + length;
    }
  }
  return Buffer.concat(units);
}

/** Samples that decode behind another track's header too: an encoder that replaced another carries its parameter sets along. */
export const selfContained = (samples: readonly Sample[], sets: Buffer): Sample[] =>
  samples.map((sample) => (sample.key ? { ...sample, bytes: Buffer.concat([sets, sample.bytes]) } : sample));
