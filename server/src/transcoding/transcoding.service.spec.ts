import type { RenditionActivity } from '@hearth/contract/session-activity';
import { type AudioStream, mediaInfo, type VideoStream } from '../ffmpeg/media-info.js';
import type { Rendition } from './rendition.js';
import { type KeyframeIndex, segmentCount, segmentStart } from './timeline/segment-table.js';
import { longestGap, needsIndex, segmentTable } from './timeline/segment-tables.js';
import { type MediaInput, NoDuration, RemuxFailed, TranscodingService } from './transcoding.service.js';

const stream = {
  language: null, title: null, bitrate: null, codecString: null, profile: null, bitDepth: 8,
  flags: { default: false, forced: false, hearingImpaired: false, visualImpaired: false, commentary: false, original: false },
}; // prettier-ignore
const video: VideoStream = {
  ...stream, kind: 'video', index: 0, codec: 'h264', level: 4, pixelFormat: 'yuv420p', width: 1280, height: 720,
  sampleAspect: { num: 1, den: 1 }, displayAspect: 16 / 9, rotation: 0, frameRate: { num: 25, den: 1 }, framesPerSecond: 25,
  variableFrameRate: false, interlaced: false, hdr: { kind: 'sdr', dolbyVision: null },
  colour: { primaries: null, transfer: null, matrix: null, range: null },
}; // prettier-ignore
const audio: AudioStream = { ...stream, kind: 'audio', index: 1, codec: 'aac', channels: 2, channelLayout: 'stereo', sampleRate: 48_000 }; // prettier-ignore
const media = mediaInfo.parse({
  container: 'matroska', durationSeconds: 60, startSeconds: 0, bitrate: null, size: 1, faststart: null,
  streams: [video, audio], chapters: [], tags: {},
}); // prettier-ignore
const input: MediaInput = { path: '/film.mkv', contentKey: 'content', media };
const index: KeyframeIndex = {
  startSeconds: 0,
  endSeconds: 59.6,
  keyframes: [0, 4, 8, 12, 30, 50],
  audio: [{ index: 1, startSeconds: 0, endSeconds: 58 }],
};
const activity: RenditionActivity = {
  renditionId: '', state: 'idle', queuePosition: null, framesPerSecond: null, speed: null, encoder: null, cpu: null,
  aheadSeconds: 0, error: null,
}; // prettier-ignore

function service(remux: () => Promise<Uint8Array> = () => Promise.resolve(new Uint8Array([1]))) {
  const asked: string[] = [];
  const note = (what: string, { id }: Rendition, at?: number) =>
    void asked.push([what, id, at].join(' ').trim());
  const heads = {
    init: (_: MediaInput, rendition: Rendition) => {
      note('head init', rendition);
      return Promise.resolve(new Uint8Array([2]));
    },
    segment: (_: MediaInput, rendition: Rendition, __: unknown, at: number) => {
      note('head', rendition, at);
      return Promise.resolve(new Uint8Array([2]));
    },
    warm: (_: MediaInput, rendition: Rendition, __: unknown, at: number) => note('warm', rendition, at),
    activity: () => activity,
    release: () => undefined,
    hardwareFailed: () => false,
  };
  const copies = { init: remux, segment: remux, supports: () => true };
  const log = { debug: () => undefined, warn: () => undefined };
  const keyframes = { of: () => Promise.resolve(index) };
  return { asked, service: new TranscodingService(keyframes, copies, heads, log) };
}

test('copies are ours, encodes are the heads’', async () => {
  const { service: door, asked } = service();
  expect([...(await door.segment(input, 'v0-copy', 0))]).toEqual([1]);
  expect([...(await door.init(input, 'v0-copy'))]).toEqual([1]);
  expect([...(await door.segment(input, 'v0-480p', 3))]).toEqual([2]);
  await door.init(input, 'a1-aac2');
  expect(asked).toEqual(['head v0-480p 3', 'head init a1-aac2']);
});

test('what our reader stumbles over is ffmpeg’s from then on; what is nobody’s fault is told', async () => {
  let tries = 0;
  const { service: door, asked } = service(() => {
    tries += 1;
    return Promise.reject(new RemuxFailed('damaged', 'Broken.'));
  });
  await door.segment(input, 'v0-copy', 1);
  await door.init(input, 'v0-copy');
  expect([tries, asked]).toEqual([1, ['head v0-copy 1', 'head init v0-copy']]);
  const away = service(() => Promise.reject(new RemuxFailed('unreadable', 'Gone.')));
  await expect(away.service.segment(input, 'v0-copy', 1)).rejects.toMatchObject({ code: 'unreadable' });
  expect(away.asked).toEqual([]);
});

test('there is nothing beyond the end, and nothing that the media has not', async () => {
  const { service: door } = service();
  await expect(door.segment(input, 'v0-480p', 34)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  for (const id of ['v1-copy', 'v0-1080p', 'a0-copy', 's2'])
    await expect(door.segment(input, id, 0)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a start begins where it is resumed, with the picture and the first sound; of copies the index is read', async () => {
  let opened = 0;
  const { service: door, asked } = service(() => Promise.resolve(Uint8Array.of((opened += 1))));
  door.warm(input, ['v0-480p', 'a1-aac2', 'a1-aac1'], 31);
  door.warm(input, ['v0-copy', 'a1-copy'], 31);
  await new Promise(setImmediate);
  expect(asked).toEqual(['warm v0-480p 19', 'warm a1-aac2 7']);
  expect(opened).toBe(2);
});

describe('where a rendition is cut', () => {
  const { service: door } = service();
  const table = (id: string, of: KeyframeIndex | null = index) =>
    segmentTable(media, door.rendition(input, id), of);

  test('copied pictures at key frames, six seconds apart or more', () => {
    expect(table('v0-copy').boundaries.map((at) => at / 1e6)).toEqual([0, 8, 30, 50, 59.6]);
    expect(() => table('v0-copy', null)).toThrow(NoDuration);
  });

  test('encoded ones every two seconds, up to the last frame; the first two groups in four and in two', () => {
    const encoded = table('v0-480p');
    const starts = [0, 1, 2, 3, 4, 5, 6, 7, 34].map((segment) => segmentStart(encoded, segment));
    expect(segmentCount(encoded)).toBe(34);
    expect(starts).toEqual([0, 0.52, 1, 1.52, 2, 3, 4, 6, 59.6]);
  });

  test('sound as long as there is any, or as the file says', () => {
    const end = (id: string, of: KeyframeIndex | null) => {
      const cut = table(id, of);
      return segmentStart(cut, segmentCount(cut));
    };
    expect(end('a1-copy', index)).toBe(58);
    expect(end('a1-aac2', index)).toBeCloseTo(58, 1);
    expect(end('a1-copy', null)).toBe(60);
    const endless = { ...media, durationSeconds: null };
    expect(() => segmentTable(endless, door.rendition(input, 'a1-copy'), null)).toThrow(NoDuration);
  });

  test('the whole file is read for it only where key frames are needed', () => {
    const avi = { ...media, container: 'avi' as const };
    const needs = (id: string, of = media) => needsIndex(of, door.rendition(input, id));
    expect([needs('v0-copy'), needs('v0-480p'), needs('a1-copy')]).toEqual([true, true, true]);
    expect([needs('v0-copy', avi), needs('v0-480p', avi), needs('a1-copy', avi)]).toEqual([
      true,
      false,
      false,
    ]);
    expect(needs('a1-copy', { ...media, streams: [audio] })).toBe(false);
  });

  test('the longest stretch without a key frame counts to the end', () => {
    expect(longestGap(index)).toBe(20);
    expect(longestGap({ startSeconds: 0, endSeconds: 90, keyframes: [0] })).toBe(90);
  });
});
