import type { MatroskaTrack } from '../../ffmpeg/matroska-track.js';
import type { AudioStream } from '../../ffmpeg/media-info.js';
import { box, fullBox, uint16, uint32 } from '../cmaf/boxes.js';
import { ac3Box, eac3Box } from './dolby-digital.js';
import { RemuxFailed } from './remux-failure.js';

/** An AudioSampleEntry of version 0, ISO 14496-12 12.2.3. */
export function audioEntry(type: string, { channels, sampleRate }: AudioStream, ...parts: readonly Uint8Array[]): Buffer {
  const rate = sampleRate < 65_536 ? sampleRate * 65_536 : 0; // 16.16: higher ones stand in the codec's own box
  return box(type, uint32(0), uint16(0, 1), uint32(0, 0), uint16(channels, 16), uint32(0, rate), ...parts);
} // prettier-ignore

/** ES descriptor with as little as decoders need, ISO 14496-1 7.2.6.5. @param objectType 0x40 AAC, 0x6b MP3 */
export function esds(objectType: number, config: Uint8Array): Buffer {
  const descriptor = (tag: number, ...parts: Uint8Array[]): Buffer => {
    const body = Buffer.concat(parts);
    return Buffer.concat([Buffer.from([tag, 0x80, 0x80, 0x80 | (body.length >> 7), body.length & 127]), body]);
  };
  const specific = config.length > 0 ? [descriptor(5, config)] : [];
  // stream type 5 (audio); buffer size and rates left open
  const decoder = descriptor(4, Buffer.from([objectType, 0x15, 0, 0, 0]), uint32(0, 0), ...specific);
  return fullBox('esds', 0, 0, descriptor(3, Buffer.from([0, 1, 0]), decoder, descriptor(6, Buffer.from([2]))));
} // prettier-ignore

/** The sample entry of a Matroska sound track, by its CodecPrivate or, for Dolby Digital, its first frame. */
export function matroskaAudioEntry(
  { config }: MatroskaTrack,
  stream: AudioStream,
  firstFrame: () => Uint8Array,
): Buffer {
  switch (stream.codec) {
    case 'aac':
      if (config.length >= 2) return audioEntry('mp4a', stream, esds(0x40, config));
      break;
    case 'mp3':
      return audioEntry('mp4a', stream, esds(0x6b, Buffer.alloc(0)));
    case 'ac3':
      return audioEntry('ac-3', stream, ac3Box(firstFrame()));
    case 'eac3':
      return audioEntry('ec-3', stream, eac3Box(firstFrame()));
    case 'opus':
      if (config.length >= 19) return audioEntry('Opus', { ...stream, sampleRate: 48_000 }, opusBox(config));
      break;
    case 'flac':
      if (config.length >= 42) return audioEntry('fLaC', stream, flacBox(config));
  }
  throw new RemuxFailed('unsupported', 'The sound track does not say how it is to be decoded.');
}

/** OpusHead (RFC 7845 5.1), little-endian, as `dOps` (Opus in ISOBMFF 4.3.2), big-endian. */
function opusBox(head: Buffer): Buffer {
  const family = head[18] ?? 0;
  return box(
    'dOps',
    Buffer.from([0, head[9] ?? 2]),
    uint16(head.readUInt16LE(10)),
    uint32(head.readUInt32LE(12)),
    uint16(head.readUInt16LE(16)),
    Buffer.from([family]),
    family === 0 ? Buffer.alloc(0) : head.subarray(19),
  );
}

/** `dfLa` with STREAMINFO alone, marked as the last block (FLAC in ISOBMFF 3.3.2). */
function flacBox(config: Buffer): Buffer {
  const at = config.toString('latin1', 0, 4) === 'fLaC' ? 4 : 0;
  return fullBox('dfLa', 0, 0, Buffer.from([0x80, 0, 0, 34]), config.subarray(at + 4, at + 38));
}
