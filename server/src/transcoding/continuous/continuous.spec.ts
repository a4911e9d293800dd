import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { pgsFile } from '../../../../tests/support/pgs.js';
import { streamsOf } from '../../ffmpeg/media-info.js';
import { softwareEncoder, type VideoEncoder } from '../head/encoder.js';
import { HeadFailed, SegmentLate } from '../head/head-errors.js';
import { HeadLane } from '../head/head-lane.js';
import { inputOf, tools } from '../head/testing/service.js';
import { audioEncode, rungsFor, videoCopy, videoEncode } from '../rendition.js';
import { type ContinuousRequest, ContinuousService, type SoundCodec } from './continuous.service.js';
import { type MarkedClip, markedClip, rate, see, seconds } from './testing/marked-clips.js';

let folder: string;
const opened: ContinuousService[] = [];
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'hearth-continuous-'))));
afterEach(async () => {
  for (const service of opened.splice(0)) service.close();
  await rm(folder, { recursive: true });
});

/** Here ffprobe looks for the key frames, by reading everything. */
const patient = { indexMs: 20_000 };
const lanes = (video = 2) => ({ video: new HeadLane(video), other: new HeadLane(4) });
function open(places = lanes(), overrides: Parameters<typeof tools>[0] = {}): ContinuousService {
  const service = new ContinuousService(tools(overrides), places);
  opened.push(service);
  return service;
}

/** A film as televisions get it. */
async function request(
  clip: MarkedClip,
  fromSeconds: number,
  {
    copy = false,
    sound = 'aac',
    burn = null as number | null,
  }: { copy?: boolean; sound?: SoundCodec | 'copy'; burn?: number | null } = {},
): Promise<ContinuousRequest> {
  const input = await inputOf(await markedClip(clip));
  const [picture] = streamsOf(input.media, 'video');
  const [track] = streamsOf(input.media, 'audio');
  if (!track) throw new Error('no sound');
  const encode = picture ? videoEncode(picture, rungsFor(picture)[0] ?? 216, burn) : null;
  return {
    input,
    format: 'mpegts',
    video: picture && copy ? videoCopy(picture) : encode,
    fallback: encode,
    sound:
      sound === 'copy'
        ? { action: 'copy', stream: track }
        : { action: 'encode', codec: sound, rendition: audioEncode(track, 6) },
    fromSeconds,
  };
}

/** Takes a stream up to so many seconds into a file. */
async function take(stream: Readable, name: string): Promise<string> {
  const path = join(folder, name);
  await pipeline(stream, createWriteStream(path));
  return path;
}

async function until(what: () => boolean | Promise<boolean>, ms = 60_000): Promise<void> {
  for (const end = Date.now() + ms; !(await what()); await new Promise((resolve) => setTimeout(resolve, 20)))
    if (Date.now() > end) throw new Error(`never: ${what.toString()}`);
}

const isAlive = async (pid: number): Promise<boolean> => {
  const state = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '');
  return state !== '' && !state.includes(') Z ');
};

test.each([
  ['dense.mkv', 0, { sound: 'ac3' }, 'ac3 h264'],
  ['dense.mkv', 23.4, { sound: 'copy' }, 'ac3 h264'],
  ['dense.mp4', 11.72, { sound: 'ac3' }, 'ac3 h264'],
  ['sparse.mkv', 17.3, { sound: 'ac3', copy: true }, 'ac3 h264'],
  ['xvid.avi', 21, { sound: 'aac', copy: true }, 'aac h264'],
  ['broadcast.ts', 19.6, { sound: 'aac' }, 'aac h264'],
  ['hdr.mkv', 27.2, { sound: 'aac' }, 'aac h264'],
] as const)(
  '%s from %d s (%j) shows what is there, and sounds in step with it',
  async (clip, from, how, codecs) => {
    const service = open();
    const { stream, startSeconds, copiesPicture } = await service.start(
      await request(clip, from, how),
      patient,
    );
    const seen = await see(await take(stream, 'out.ts'));
    expect(seen.errors).toBe('');
    expect(copiesPicture).toBe(false);
    expect(startSeconds).toBe(from);
    expect(seen.streams.split(' ').sort().join(' ')).toBe(codecs);
    const [first = 0] = seen.frames;
    // Some files show their first picture up to a frame late.
    expect([Math.round(from * rate), Math.round(from * rate) - 1]).toContain(first);
    expect(seen.frames.slice(0, 200)).toEqual(Array.from({ length: 200 }, (_, at) => first + at));
    expect(seen.frames.length).toBeGreaterThanOrEqual(seconds * rate - first - 2);
    expect(seen.firstPicture).toBeLessThan(0.2);
    // Beeps are at whole seconds of the film.
    expect(seen.beeps.length).toBeGreaterThan(seconds - from - 3);
    for (const at of seen.beeps.slice(0, 10)) {
      const inFilm = at - seen.firstPicture + first / rate;
      expect(Math.abs(inFilm - Math.round(inFilm))).toBeLessThan(0.045);
    }
  },
);

test.each([
  ['dense.mkv', 0, 0],
  ['dense.mkv', 23.4, 24],
  ['dense.mp4', 12.9, 12],
  ['sparse.mkv', 13.9, 12],
] as const)(
  'a picture that can be entered near by is copied: %s from %d s begins at %d s',
  async (clip, from, at) => {
    const service = open();
    const { stream, startSeconds, copiesPicture } = await service.start(
      await request(clip, from, { copy: true, sound: 'ac3' }),
      patient,
    );
    const seen = await see(await take(stream, 'out.ts'));
    expect(copiesPicture).toBe(true);
    expect(startSeconds).toBeCloseTo(at, 1);
    expect(seen.errors).toBe('');
    expect(seen.frames.slice(0, 100)).toEqual(Array.from({ length: 100 }, (_, n) => at * rate + n));
    for (const beep of seen.beeps.slice(0, 10)) {
      const inFilm = beep - seen.firstPicture + at;
      expect(Math.abs(inFilm - Math.round(inFilm))).toBeLessThan(0.045);
    }
  },
);

describe('at a constant rate', () => {
  const constantBitrate = 1_000_000;
  /** What is sent from one second on: bytes, and the clock in them by where they lie, s. */
  async function steady(fromSeconds: number, name: string) {
    const asked = await request('dense.mkv', fromSeconds);
    const { stream, startSeconds } = await open().start({ ...asked, constantBitrate }, patient);
    expect(startSeconds).toBe(fromSeconds);
    const path = await take(stream, name);
    return { path, bytes: await readFile(path) };
  }

  test('a byte is a moment, wherever the stream begins; pictures never come later than they are shown', async () => {
    const whole = await steady(0, 'steady-0.ts');
    const late = await steady(24, 'steady-24.ts');
    expect(whole.bytes.length).toBeGreaterThan((constantBitrate / 8) * (seconds - 1));
    expect(whole.bytes.length).toBeLessThan((constantBitrate / 8) * (seconds + 1));
    const [first, ...rest] = clocks(whole.bytes);
    if (!first) throw new Error('no clock');
    for (const [at, clock] of [
      ...rest,
      ...clocks(late.bytes).map(([byte, one]) => [byte + 24 * (constantBitrate / 8), one] as const),
    ])
      expect(Math.abs(clock - first[1] - ((at - first[0]) * 8) / constantBitrate)).toBeLessThan(0.1);
    const seen = await see(late.path);
    expect([seen.errors, seen.frames[0]]).toEqual(['', 24 * rate]);
    expect(seen.firstPicture - (await see(whole.path)).firstPicture).toBeCloseTo(24, 1);
    const { stdout } = await promisify(execFile)(process.env['FFPROBE_PATH'] ?? 'ffprobe', [
      '-v',
      'error',
      '-select_streams',
      'v',
      '-show_entries',
      'packet=dts_time,pos,size',
      '-of',
      'csv=p=0',
      whole.path,
    ]);
    const packets = stdout
      .split('\n')
      .filter((line) => /\d/.test(line)) // its side data has lines too, with nothing asked for in them
      .map((line) => line.split(',').map(Number));
    const [[origin = 0] = []] = packets;
    expect(packets.length).toBe(seconds * rate);
    // Half a second lies between a byte's moment and what is shown then.
    for (const [dts = 0, size = 0, at = 0] of packets)
      expect(((at + size) * 8) / constantBitrate).toBeLessThan(dts - origin + 0.55);
  });
});

/** Program clock references and where they lie (ISO 13818-1 2.4.3.4), s. */
function clocks(stream: Buffer): (readonly [byte: number, seconds: number])[] {
  const found: (readonly [number, number])[] = [];
  for (let at = 0; at + 188 <= stream.length; at += 188) {
    const has = ((stream[at + 3] ?? 0) & 0x20) !== 0 && (stream[at + 4] ?? 0) >= 7;
    if (has && ((stream[at + 5] ?? 0) & 0x10) !== 0)
      found.push([at, (stream.readUInt32BE(at + 6) * 2) / 90_000]);
  }
  return found;
}

test('of a broadcast, the copy goes on at its next key frame', async () => {
  const service = open();
  const { stream } = await service.start(await request('h264.ts', 20.5, { copy: true, sound: 'copy' }));
  const seen = await see(await take(stream, 'out.ts'));
  const [first = 0] = seen.frames;
  expect(first % 25).toBe(0);
  expect(Math.abs(first / rate - 20.5)).toBeLessThan(1.1);
  for (const beep of seen.beeps.slice(0, 10)) {
    const inFilm = beep - seen.firstPicture + first / rate;
    expect(Math.abs(inFilm - Math.round(inFilm))).toBeLessThan(0.045);
  }
});

test('subtitles are drawn into the picture, wherever it begins', async () => {
  const drawText = (input: { path: string }) => Promise.resolve(`subtitles=filename=${input.path}`);
  const service = open(lanes(), { drawText });
  const { stream } = await service.start(await request('captions.mkv', 18, { burn: 2 }));
  const { low, frames } = await see(await take(stream, 'out.ts'));
  expect(frames[0]).toBe(18 * rate);
  const white = low.map((value) => value > 128);
  expect(white.indexOf(true)).toBe(2 * rate);
  expect(white.lastIndexOf(true)).toBe(12 * rate - 1);
});

test.each([
  ['from before they are shown', 18, 20, 30],
  ['while they are shown', 18, 2, 30],
])('pictures of a file beside the film are drawn into it, %s', async (_, from, start, end) => {
  const sup = join(folder, 'beside.sup');
  await writeFile(sup, pgsFile([{ start, end, width: 1900, height: 500 }]));
  const plain = await request('dense.mkv', from, { burn: 10_000 });
  const flags = { default: false, forced: false, hearingImpaired: false, visualImpaired: false, commentary: false, original: false }; // prettier-ignore
  const track = { kind: 'subtitle', index: 10_000, codec: 'hdmv_pgs_subtitle', form: 'bitmap', language: null, title: null, flags, bitrate: null } as const; // prettier-ignore
  const media = { ...plain.input.media, streams: [track, ...plain.input.media.streams] };
  const input = { ...plain.input, media, beside: new Map([[10_000, sup]]) };
  const { stream } = await open().start({ ...plain, input });
  const { low, frames } = await see(await take(stream, 'out.ts'));
  expect(frames[0]).toBe(from * rate);
  const white = low.map((value) => value > 128);
  // A second input counts its time by itself: the overlay takes a picture up with the frame at its time or the next.
  expect(Math.abs(white.indexOf(true) - Math.max(0, start - from) * rate)).toBeLessThanOrEqual(1);
  expect(Math.abs(white.lastIndexOf(true) - (end - from) * rate + 1)).toBeLessThanOrEqual(1);
});

test.each([
  ['mp3', 'mp3'],
  ['adts', 'aac'],
  ['lpcm', 'pcm_s16be'],
] as const)('music as %s, from any second on', async (format, codec) => {
  const service = open();
  const asked = await request('music.flac', 12.25, { sound: codec });
  const run = await service.start({ ...asked, format });
  const path = await take(
    run.stream,
    format === 'lpcm' ? 'out.raw' : `out.${format === 'adts' ? 'aac' : format}`,
  );
  expect(run.startSeconds).toBe(12.25);
  expect(run.sentSeconds()).toBeGreaterThan(seconds - 1.5);
  expect(run.sentSeconds()).toBeLessThan(seconds + 1.5);
  if (format !== 'lpcm') return;
  const samples = await readFile(path);
  expect(samples.length).toBe(Math.round((seconds - 12.25) * 48_000) * 2);
});

test('while nobody reads, the encoder stands still, for as long as it likes; then it goes on', async () => {
  const service = open();
  const { stream, activity, sentSeconds } = await service.start(await request('ten-minutes.mkv', 60));
  const [pid = 0] = service.pids;
  const ticks = async (): Promise<string> =>
    (await readFile(`/proc/${pid}/stat`, 'latin1')).split(' ').slice(13, 15).join();
  await until(async () => {
    const before = await ticks();
    await new Promise((resolve) => setTimeout(resolve, 500));
    return before === (await ticks());
  });
  expect(activity().state).toBe('throttled');
  expect(sentSeconds()).toBeLessThan(120);
  const sent = sentSeconds();
  stream.on('data', () => undefined);
  await until(() => sentSeconds() > sent + 20);
  stream.destroy();
  await until(async () => !(await isAlive(pid)));
  expect(service.pids).toEqual([]);
});

test('a stream that stands still lends its place to who needs it, and goes on when there is one', async () => {
  const places = lanes(1);
  const service = open(places);
  const first = await service.start(await request('ten-minutes.mkv', 0));
  await until(() => first.activity().state === 'throttled');
  const second = await service.start(await request('dense.mkv', 0));
  expect(places.video.running).toBe(1);
  const whole = take(second.stream, 'second.ts');
  let bytes = 0;
  first.stream.on('data', (chunk: Buffer) => (bytes += chunk.length));
  const had = bytes;
  await whole;
  await until(() => bytes > had + 500_000);
  expect(service.pids).toHaveLength(1);
});

test('when all places are taken by others, it says so', async () => {
  const places = lanes(1);
  places.video.enqueue({
    owner: 'other',
    wanted: () => true,
    start: () => ({ idleMs: () => null, kill: () => undefined }),
  });
  const service = open(places);
  await expect(service.start(await request('dense.mkv', 0), { placeMs: 300 })).rejects.toBeInstanceOf(
    SegmentLate,
  );
  expect(service.pids).toEqual([]);
});

test('a reader that goes before the first byte leaves nothing behind', async () => {
  const places = lanes(1);
  const service = open(places);
  const asked = await request('ten-minutes.mkv', 300);
  const gone = new AbortController();
  const start = service.start(asked, { signal: gone.signal });
  setTimeout(() => gone.abort(), 30);
  await expect(start).rejects.toThrow();
  await until(() => service.pids.length === 0 && places.video.running === 0);
});

test('hardware that fails is followed by software, and remembered', async () => {
  const broken: VideoEncoder = {
    ...softwareEncoder,
    name: 'h264_broken',
    hardware: true,
    outputArguments: () => ['-c:v', 'no_such_encoder'],
  };
  const failed: string[] = [];
  const service = open(lanes(), { encoder: () => broken, encoderFailed: (name) => void failed.push(name) });
  const { stream } = await service.start(await request('dense.mkv', 30));
  const seen = await see(await take(stream, 'out.ts'));
  expect(seen.frames[0]).toBe(30 * rate);
  expect(failed).toEqual(['h264_broken']);
});

test('what cannot be made says why, and a file that is gone is told from one that is broken', async () => {
  const asked = await request('dense.mkv', 0);
  const refuses = join(folder, 'ffmpeg');
  await writeFile(refuses, '#!/bin/sh\necho "no way" >&2\nexit 1\n');
  await chmod(refuses, 0o755);
  const failure = open(lanes(), { ffmpeg: refuses }).start(asked);
  await expect(failure).rejects.toThrow(/no way/);
  const gone = { ...asked, input: { ...asked.input, path: join(folder, 'gone.mkv') } };
  await expect(open().start(gone)).rejects.toMatchObject({ reason: 'source-missing' });
  await expect(open(lanes(), { ffmpeg: join(folder, 'none') }).start(asked)).rejects.toBeInstanceOf(
    HeadFailed,
  );
});
