import { codePoint } from '../../ffmpeg/colour.js';
import type { MatroskaTrack } from '../../ffmpeg/matroska-track.js';
import type { VideoStream } from '../../ffmpeg/media-info.js';
import { box, fullBox, uint16, uint32 } from '../cmaf/boxes.js';
import type { Track } from '../cmaf/track.js';
import { hevcOutOfBand, type SampleFilter, untouched } from './parameter-sets.js';
import { RemuxFailed } from './remux-failure.js';

/** A sample entry, and what has to be done to the samples under it. */
export interface Entry {
  readonly entry: Buffer;
  readonly filter: SampleFilter;
}

/** Size for the track header: in square pixels, before it is turned. */
export function shownSize(stream: VideoStream): Pick<Track, 'width' | 'height' | 'rotation'> {
  const { width, height, sampleAspect, rotation } = stream;
  return { width: Math.round((width * sampleAspect.num) / sampleAspect.den), height, rotation };
}

/** A VisualSampleEntry, ISO 14496-12 12.1.3. */
export function visualEntry(type: string, { width, height }: VideoStream, parts: readonly Uint8Array[]): Buffer {
  return box(
    type,
    uint32(0), uint16(0, 1), Buffer.alloc(16), uint16(width, height), uint32(0x480000, 0x480000, 0),
    uint16(1), Buffer.alloc(32), uint16(0x18, 0xffff), ...parts,
  );
} // prettier-ignore

/** The sample entry of a Matroska video track, by its CodecPrivate (RFC 9559 and the codec mappings). */
export function matroskaVideoEntry(
  track: MatroskaTrack,
  stream: VideoStream,
  firstSample: () => Uint8Array,
): Entry {
  const { config } = track;
  const facts = [...colourBoxes(track, stream), ...aspectBox(stream)];
  const record = track.dolbyVisionRecord;
  const vision = record ? [box(record.type, record.bytes)] : [];
  const alone = stream.hdr.dolbyVision?.compatibility === 0; // nothing a plain decoder could show
  const entry = (type: string, ...parts: Uint8Array[]): Buffer =>
    visualEntry(type, stream, [...parts, ...facts, ...vision]);
  if (stream.codec === 'h264' && config[0] === 1)
    return { entry: entry('avc1', box('avcC', config)), filter: untouched };
  if (stream.codec === 'hevc' && config[0] === 1) {
    const { record, filter } = hevcOutOfBand(config, firstSample);
    return { entry: entry(alone ? 'dvh1' : 'hvc1', box('hvcC', record)), filter };
  }
  if (stream.codec === 'av1' && config.length >= 4)
    return { entry: entry('av01', box('av1C', config)), filter: untouched };
  if (stream.codec === 'vp9') return { entry: entry('vp09', vp9Box(stream)), filter: untouched };
  throw new RemuxFailed('unsupported', 'The video track does not say how it is to be decoded.');
}

/** `vpcC` (VP Codec ISO Media File Format Binding) out of the full codec string, which has all of it. */
function vp9Box({ codecString }: VideoStream): Buffer {
  const [name, ...fields] = (codecString ?? '').split('.');
  const [profile = 0, level = 0, depth = 8, chroma = 1, primaries = 2, transfer = 2, matrix = 2, full = 0] = fields.map(Number); // prettier-ignore
  if (name !== 'vp09' || fields.length < 3)
    throw new RemuxFailed('unsupported', 'The VP9 track does not tell its profile.');
  const packed = (depth << 4) | (chroma << 1) | full;
  return fullBox('vpcC', 1, 0, Buffer.from([profile, level, packed, primaries, transfer, matrix, 0, 0]));
}

function colourBoxes({ video: { light } }: MatroskaTrack, { colour }: VideoStream): Buffer[] {
  const found: Buffer[] = [];
  const { primaries, transfer, matrix, range } = colour;
  if (primaries !== null || transfer !== null || matrix !== null) {
    const codes = [codePoint('primaries', primaries, 2), codePoint('transfer', transfer, 2), codePoint('matrix', matrix, 2)]; // prettier-ignore
    const full = Buffer.from([range === 'full' ? 0x80 : 0]);
    found.push(box('colr', Buffer.from('nclx', 'latin1'), uint16(...codes), full));
  }
  if (light.mastering) {
    const [rx = 0, ry = 0, gx = 0, gy = 0, bx = 0, by = 0, wx = 0, wy = 0, most = 0, least = 0] = light.mastering; // prettier-ignore
    const places = [gx, gy, bx, by, rx, ry, wx, wy].map((place) => Math.round(place * 50_000));
    found.push(box('mdcv', uint16(...places), uint32(Math.round(most * 10_000), Math.round(least * 10_000))));
  }
  if (light.maxContent > 0) found.push(box('clli', uint16(light.maxContent, light.maxFrameAverage)));
  return found;
}

const aspectBox = ({ sampleAspect: { num, den } }: VideoStream): Buffer[] =>
  num === den ? [] : [box('pasp', uint32(num, den))];
