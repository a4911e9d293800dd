import type { MatroskaTrack } from '../../ffmpeg/matroska-track.js';
import type { VideoStream } from '../../ffmpeg/media-info.js';
import { ac3Box, eac3Box } from './dolby-digital.js';
import { hevcOutOfBand } from './parameter-sets.js';
import { matroskaVideoEntry } from './video-entry.js';

const stream: VideoStream = {
  kind: 'video', index: 0, codec: 'hevc', codecString: 'hvc1.2.4.L153.B0', profile: 'Main 10', level: 5.1, bitDepth: 10, pixelFormat: 'yuv420p10le',
  language: null, title: null, bitrate: null, width: 3840, height: 2160, sampleAspect: { num: 4, den: 3 }, displayAspect: 16 / 9, rotation: 0,
  flags: { default: true, forced: false, hearingImpaired: false, visualImpaired: false, commentary: false, original: false },
  frameRate: null, framesPerSecond: null, variableFrameRate: false, interlaced: false,
  hdr: { kind: 'dolby-vision', dolbyVision: { profile: 8, level: 6, compatibility: 1 } },
  colour: { primaries: 'bt2020', transfer: 'smpte2084', matrix: 'bt2020nc', range: 'limited' },
}; // prettier-ignore

const unit = (type: number, ...bytes: number[]): Buffer => Buffer.from([type << 1, 1, ...bytes]);
/** An `hvcC` record with arrays of the given units. */
const record = (...units: Buffer[]): Buffer => {
  const head = Buffer.alloc(23);
  head[0] = 1;
  head[21] = 0xf3; // lengths of four bytes
  head[22] = units.length;
  const arrays = units.flatMap((one) => [
    Buffer.from([0x80 | ((one[0] ?? 0) >> 1), 0, 1, 0, one.length]),
    one,
  ]);
  return Buffer.concat([head, ...arrays]);
};
const sample = (...units: Buffer[]): Buffer =>
  Buffer.concat(units.flatMap((one) => [Buffer.from([0, 0, 0, one.length]), one]));
const [vps, sps, pps, slice] = [unit(32, 1), unit(33, 2, 9), unit(34, 3), unit(19, 4, 4, 4)];

const track: MatroskaTrack = {
  index: 0, number: 1, uid: '', type: 1, codecId: 'V_MPEGH/ISO/HEVC', config: record(vps, sps, pps), language: null, title: null, flags: {},
  defaultDuration: 0, codecDelay: 0,
  video: {
    width: 3840, height: 2160, displayWidth: 0, displayHeight: 0, interlaced: 2, bits: 10, roll: 0, colour: stream.colour,
    light: { mastering: [0.68, 0.32, 0.265, 0.69, 0.15, 0.06, 0.3127, 0.329, 1000, 0.0001], maxContent: 1000, maxFrameAverage: 400 },
  },
  audio: { sampleRate: 0, channels: 0, bitDepth: 0 }, dolbyVision: null,
  dolbyVisionRecord: { type: 'dvvC', bytes: Buffer.from('01001034'.padEnd(48, '0'), 'hex') }, compression: null,
}; // prettier-ignore

const bodyOf = (entry: Buffer, type: string): Buffer => {
  const at = entry.indexOf(type, 86);
  expect(at).toBeGreaterThan(0);
  return entry.subarray(at + 4, at - 4 + entry.readUInt32BE(at - 4));
};

test('light, colour, aspect and Dolby Vision of a Matroska track go into the sample entry', () => {
  const { entry } = matroskaVideoEntry(track, stream, () => Buffer.alloc(0));
  expect(entry.readUInt32BE(0)).toBe(entry.length);
  expect(entry.toString('latin1', 4, 8)).toBe('hvc1');
  expect(bodyOf(entry, 'hvcC').equals(track.config)).toBe(true);
  expect(bodyOf(entry, 'colr').toString('hex')).toBe(`${Buffer.from('nclx').toString('hex')}00090010000900`);
  const mastering = bodyOf(entry, 'mdcv');
  expect(Array.from({ length: 8 }, (_, at) => mastering.readUInt16BE(at * 2))).toEqual([
    13250, 34500, 7500, 3000, 34000, 16000, 15635, 16450,
  ]);
  expect([mastering.readUInt32BE(16), mastering.readUInt32BE(20)]).toEqual([10_000_000, 1]);
  expect(bodyOf(entry, 'clli').toString('hex')).toBe('03e80190');
  expect(bodyOf(entry, 'dvvC').equals(track.dolbyVisionRecord?.bytes ?? Buffer.alloc(0))).toBe(true);
  expect(bodyOf(entry, 'pasp').toString('hex')).toBe('0000000400000003');
});

test('parameter sets move out of the samples; what says something new stays', () => {
  const { record: own, filter } = hevcOutOfBand(record(vps, sps, pps), () => Buffer.alloc(0));
  expect(Buffer.from(own).equals(record(vps, sps, pps))).toBe(true);
  expect(filter(sample(vps, sps, pps, slice))).toEqual(sample(slice));
  expect(filter(sample(slice, pps, slice))).toEqual(sample(slice, slice));
  const changed = sample(unit(34, 7), slice);
  expect(filter(changed)).toBe(changed);
  const cut = sample(vps, slice).subarray(0, -1);
  expect(filter(cut)).toEqual(cut.subarray(vps.length + 4));
  const moved = hevcOutOfBand(record(), () => sample(vps, sps, pps, slice));
  expect(Buffer.from(moved.record).equals(record(vps, sps, pps))).toBe(true);
  expect(moved.filter(sample(sps, slice))).toEqual(sample(slice));
});

test('Dolby Digital boxes by the first frame; anything else is damage', () => {
  // 48 kHz, 448 kb/s, bsid 8, 3/2 with LFE
  expect(ac3Box(Buffer.from('0b7700001e40e1', 'hex')).toString('hex')).toBe('0000000b64616333' + '103de0');
  // 48 kHz, 6 blocks, 3/2 with LFE, bsid 16, 1536 bytes: 384 kb/s
  expect(eac3Box(Buffer.from('0b7702ff3f8000000000', 'hex')).toString('hex')).toBe(
    '0000000d64656333' + '0c00200f00',
  );
  expect(() => ac3Box(Buffer.from('dead', 'hex'))).toThrow('damaged');
});
