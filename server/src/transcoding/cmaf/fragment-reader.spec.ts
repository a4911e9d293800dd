import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { MalformedBox } from './boxes.js';
import { ChunkQueue } from './chunk-queue.js';
import { FragmentReader, type FragmentPart } from './fragment-reader.js';
import { writeInit } from './init-segment.js';
import { writeSegment } from './segment-writer.js';
import type { Track } from './track.js';

const run = promisify(execFile);
const ffmpeg = process.env['FFMPEG_PATH'] ?? 'ffmpeg';

const track: Track = {
  kind: 'video', timescale: 24000, sampleEntry: Buffer.from('00000008' + '61766331', 'hex'), width: 640, height: 360,
}; // prettier-ignore
const samples = [0, 2002, 1001].map((pts, index) => ({
  pts,
  key: index === 0,
  bytes: Buffer.alloc(5 + index, index),
}));
const init = writeInit(track);
const segment = writeSegment(track, samples, { sequence: 1, start: 0, end: 3003 });

function readAll(bytes: Buffer, step: number): FragmentPart[] {
  const reader = new FragmentReader();
  const parts: FragmentPart[] = [];
  for (let at = 0; at < bytes.length; at += step) parts.push(...reader.push(bytes.subarray(at, at + step)));
  reader.end();
  return parts;
}

test.each([1, 7, 100, 1e6])('reads what the writer writes, %i bytes at a time', (step) => {
  const parts = readAll(Buffer.concat([init, segment, segment]), step);
  expect(parts.map(({ type }) => type)).toEqual(['init', 'samples', 'samples']);
  expect(parts[0]).toEqual({ type: 'init', track });
  expect(parts[1]).toEqual({
    type: 'samples',
    samples: samples.map((sample, index) => ({ ...sample, dts: index * 1001, duration: 1001 })),
  });
});

/** Overwrites some bytes behind the only occurrence of a box type. */
function patched(type: string, at: number, value: string): Buffer {
  const bytes = Buffer.concat([init, segment]);
  bytes.write(value, bytes.indexOf(type, 0, 'latin1') + 4 + at, 'hex');
  return bytes;
}

const cases: readonly [string, Buffer][] = [
  ['a box smaller than its header', patched('moof', -8, '00000004')],
  ['a box that goes on for ever', patched('moof', -8, '00000000')],
  ['a box larger than the limit', patched('mdat', -8, '7fffffff')],
  ['a child that runs past its parent', patched('tfdt', -8, '00000fff')],
  ['a fragment of another track', patched('tfhd', 4, '00000002')],
  ['a fragment that counts from the start of a file', patched('tfhd', 1, '000001')],
  ['more samples than the run holds', patched('trun', 4, '00000009')],
  ['a run that lies before its mdat', patched('trun', 8, '00000010')],
  ['samples larger than their mdat', patched('trun', 12, '00ffffff')],
  ['a clock that stands still', patched('mdhd', 12, '00000000')],
  ['a track of something else', patched('hdlr', 8, '74657874')],
  ['a fragment before the header', segment],
  ['two headers', Buffer.concat([init, init])],
  ['a stream that breaks off', Buffer.concat([init, segment]).subarray(0, -1)],
  ['a fragment without its mdat', Buffer.concat([init, segment.subarray(0, -26)])],
];

test.each(cases)('refuses %s', (_, bytes) => {
  expect(() => readAll(bytes, 64)).toThrow(MalformedBox);
});

test('times before zero, which ffmpeg writes as very large ones, are what they were', () => {
  const bytes = patched('tfdt', 4, 'fffffffffffffc18');
  const [, part] = readAll(bytes, 1e6);
  expect(part?.type === 'samples' && part.samples.map(({ dts }) => dts)).toEqual([-1000, 1, 1002]);
});

test('reads what ffmpeg writes: every frame in a fragment of its own, times as asked', async () => {
  const args = [
    ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=r=24000/1001:s=64x36:d=2', '-vf', 'setpts=PTS+100'],
    ...[
      '-fps_mode',
      'passthrough',
      '-c:v',
      'libx264',
      '-bf',
      '2',
      '-copyts',
      '-avoid_negative_ts',
      'disabled',
    ],
    ...['-use_editlist', '0', '-video_track_timescale', '24000', '-f', 'mp4'],
    ...['-movflags', '+frag_every_frame+empty_moov+default_base_moof+frag_discont+skip_trailer', 'pipe:1'],
  ];
  const { stdout } = await run(ffmpeg, args, { encoding: 'buffer', maxBuffer: 1e8 });
  const [first, ...rest] = readAll(stdout, 65_536);
  expect(first).toMatchObject({ type: 'init', track: { timescale: 24000, width: 64, height: 36 } });
  const pts = rest.flatMap((part) => (part.type === 'samples' ? part.samples.map((one) => one.pts) : []));
  const expected = Array.from({ length: 48 }, (_, index) => (100 + index) * 1001);
  expect(pts.sort((a, b) => a - b)).toEqual(expected);
});

test('a queue of ten thousand chunks is read in the time of one pass', () => {
  const queue = new ChunkQueue();
  for (let index = 0; index < 10_000; index++) queue.push(Buffer.alloc(3, index & 255));
  expect(queue.peek(4)).toEqual(Buffer.from([0, 0, 0, 1]));
  const pieces = Array.from({ length: 6_000 }, () => queue.take(5));
  expect(Buffer.concat(pieces)).toEqual(
    Buffer.from(Array.from({ length: 30_000 }, (_, at) => Math.floor(at / 3) & 255)),
  );
  expect(queue.length).toBe(0);
  expect(() => queue.take(1)).toThrow(RangeError);
});
