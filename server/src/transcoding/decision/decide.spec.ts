import { clientCapabilities } from '@hearth/contract/playback';
import { mediaInfo, type MediaInfo } from '../../ffmpeg/media-info.js';
import { decide } from './decide.js';

const flags = {
  default: false,
  forced: false,
  hearingImpaired: false,
  visualImpaired: false,
  commentary: false,
  original: false,
};
const base = { language: null, title: null, flags, bitrate: null };

function video(codec: string, codecString: string | null, more: object = {}): object {
  return {
    ...base,
    index: 0,
    kind: 'video',
    codec,
    codecString,
    profile: null,
    bitDepth: 8,
    level: null,
    pixelFormat: 'yuv420p',
    width: 1920,
    height: 1080,
    sampleAspect: { num: 1, den: 1 },
    displayAspect: 1.78,
    rotation: 0,
    frameRate: null,
    framesPerSecond: 24,
    variableFrameRate: null,
    interlaced: false,
    hdr: { kind: 'sdr', dolbyVision: null },
    colour: { primaries: null, transfer: null, matrix: null, range: null },
    ...more,
  };
}

const audio = (codec: string, codecString: string | null, isDefault = false): object => ({
  ...base,
  flags: { ...flags, default: isDefault },
  index: 1,
  kind: 'audio',
  codec,
  codecString,
  profile: null,
  bitDepth: null,
  channels: 2,
  channelLayout: 'stereo',
  sampleRate: 48_000,
});

const media = (container: string, ...streams: object[]): MediaInfo =>
  mediaInfo.parse({
    container,
    durationSeconds: 60,
    startSeconds: 0,
    bitrate: 8_000_000,
    size: 1,
    faststart: null,
    streams,
    chapters: [],
    tags: {},
  });

const h264 = video('h264', 'avc1.640028');
const aac = audio('aac', 'mp4a.40.2');
const browser = {
  containers: ['mp4', 'webm'],
  videoCodecs: ['avc1.640033', 'vp09.00.10.08'],
  audioCodecs: ['mp4a.40.2', 'opus'],
};

test.each<[string, MediaInfo, object, 'direct' | 'remux' | 'transcode']>([
  ['H.264 and AAC in MP4', media('mp4', h264, aac), browser, 'direct'],
  ['QuickTime is MP4 to a browser', media('mov', h264, aac), browser, 'direct'],
  [
    'short names speak for the whole family',
    media('mp4', h264, aac),
    { ...browser, videoCodecs: ['h264'] },
    'direct',
  ],
  [
    'media types name containers too',
    media('mp4', h264, aac),
    { ...browser, containers: ['video/mp4'] },
    'direct',
  ],
  ['a container the device does not know', media('matroska', h264, aac), browser, 'remux'],
  ['a level above the device’s', media('mp4', video('h264', 'avc1.640034'), aac), browser, 'transcode'],
  [
    'a 10-bit profile',
    media('mp4', video('h264', 'avc1.6e0028', { bitDepth: 10 }), aac),
    browser,
    'transcode',
  ],
  ['a lower profile', media('mp4', video('h264', 'avc1.42e01e'), aac), browser, 'direct'],
  ['HEVC without its string', media('mp4', video('hevc', 'hvc1.2.4.L120.90'), aac), browser, 'transcode'],
  [
    'HEVC by exact string',
    media('mp4', video('hevc', 'hvc1.1.6.L93.B0'), aac),
    { ...browser, videoCodecs: ['hvc1.1.6.L93.B0'] },
    'direct',
  ],
  ['audio it cannot decode', media('mp4', h264, audio('ac3', 'ac-3')), browser, 'transcode'],
  [
    'the default track counts, not the first',
    media('mp4', h264, audio('ac3', 'ac-3'), audio('aac', 'mp4a.40.2', true)),
    browser,
    'direct',
  ],
  ['no audio at all', media('mp4', h264), browser, 'direct'],
  [
    'a picture higher than the device takes',
    media('mp4', h264, aac),
    { ...browser, maxHeight: 720 },
    'transcode',
  ],
  ['a bit rate above the limit', media('mp4', h264, aac), { ...browser, maxBitrate: 4_000_000 }, 'transcode'],
  ['a device that says nothing gets the file', media('avi', h264, aac), {}, 'direct'],
])('%s', (_, source, client, method) => {
  const decision = decide(source, clientCapabilities.parse(client));
  expect(decision.method).toBe(method);
  expect(decision.reasons.length).toBeGreaterThan(0);
});

test('every reason is given, not only the first', () => {
  const source = media('matroska', video('hevc', 'hvc1.2.4.L120.90', { bitDepth: 10 }), audio('dts', null));
  expect(decide(source, clientCapabilities.parse(browser)).reasons).toEqual([
    'This device does not play this Matroska file.',
    'This device does not decode HEVC video.',
    'This device does not decode DTS audio.',
    'Video is converted to H.264, audio is converted to AAC.',
  ]);
});
