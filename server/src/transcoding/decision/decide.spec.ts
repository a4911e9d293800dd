import { clientCapabilities } from '@hearth/contract/playback';
import { mediaInfo, type MediaInfo } from '../../ffmpeg/media-info.js';
import { decide, type Decision } from './decide.js';
import { withoutFalseClaims } from './quirks.js';
import type { Wishes } from './situation.js';

const flags = {
  default: false,
  forced: false,
  hearingImpaired: false,
  visualImpaired: false,
  commentary: false,
  original: false,
};
const base = { title: null, flags, bitrate: null, profile: null, bitDepth: null };

function film(
  container: string,
  codec: string,
  codecString: string,
  ...sounds: [string, string, number][]
): MediaInfo {
  const picture = {
    ...base, kind: 'video', index: 0, codec, codecString, language: null, level: null, pixelFormat: null, width: 1920,
    height: 1080, sampleAspect: { num: 1, den: 1 }, displayAspect: 1.78, rotation: 0, frameRate: null,
    framesPerSecond: 24, variableFrameRate: null, interlaced: false, hdr: { kind: 'sdr', dolbyVision: null },
    colour: { primaries: null, transfer: null, matrix: null, range: null },
  }; // prettier-ignore
  const audio = sounds.map(([name, string, channels], place) => ({
    ...base, kind: 'audio', index: place + 1, codec: name, codecString: string, language: null, channels,
    channelLayout: null, sampleRate: 48_000,
  })); // prettier-ignore
  return mediaInfo.parse({
    container, durationSeconds: 60, startSeconds: 0, bitrate: 12_000_000, size: 90_000_000, faststart: null,
    streams: [picture, ...audio], chapters: [], tags: {},
  }); // prettier-ignore
}

const browser = {
  containers: ['mp4', 'webm'],
  videoCodecs: ['avc1.640033', 'vp09.00.10.08'],
  audioCodecs: ['mp4a.40.2', 'opus'],
};
const aac: [string, string, number] = ['aac', 'mp4a.40.2', 2];
const aac6: [string, string, number] = ['aac', 'mp4a.40.2', 6];
const dts: [string, string, number] = ['dts', 'dtsc', 6];

function playable(media: MediaInfo, client: object = browser, wishes: Wishes = {}): Decision {
  const decision = decide(media, clientCapabilities.parse(client), wishes);
  if (decision.method === 'unsupported') throw new Error('this can be played');
  return decision;
}

const steps = ({ failureKey, renditions }: { failureKey: string; renditions: string[] }): string =>
  [failureKey.split('|')[0], ...renditions].join(' ');

test('the ladder goes down from the file itself to the smallest picture, and names every rendition', () => {
  const decision = playable(film('mp4', 'h264', 'avc1.640028', aac6, dts));
  expect([decision, ...decision.ladder].map(steps)).toEqual([
    'direct',
    'remux v0-copy a1-copy a2-aac2',
    'audio-encode v0-copy a1-aac2 a2-aac2',
    '1080p v0-1080p a1-aac2 a2-aac2',
    '720p v0-720p a1-aac2 a2-aac2',
    '480p v0-480p a1-aac2 a2-aac2',
    '360p v0-360p a1-aac2 a2-aac2',
  ]);
  expect(decision.ladder.map(({ method }) => method)).toEqual([
    'remux',
    'transcode',
    'transcode',
    'transcode',
    'transcode',
    'transcode',
  ]);
});

test('sound that is plain AAC is not encoded again on the way down', () => {
  const decision = playable(film('mp4', 'h264', 'avc1.640028', aac));
  expect([decision, ...decision.ladder].map(steps).slice(0, 3)).toEqual([
    'direct',
    'remux v0-copy a1-copy',
    '1080p v0-1080p a1-copy',
  ]);
});

test('a chosen quality begins the ladder', () => {
  const decision = playable(film('mp4', 'h264', 'avc1.640028', aac), browser, {
    choice: { quality: '480p' },
  });
  expect([decision, ...decision.ladder].map(({ quality }) => quality)).toEqual(['480p', '360p']);
});

test('every reason is given, not only the first, in words', () => {
  expect(playable(film('matroska', 'hevc', 'hvc1.2.4.L120.90', dts)).reasons).toEqual([
    'This device does not play this Matroska file.',
    'This device does not decode HEVC video.',
    'This device does not decode DTS audio.',
    'Video is converted to H.264, audio is converted to AAC.',
  ]);
});

test.each<[string, MediaInfo, Wishes, string[]]>([
  [
    'direct',
    film('mp4', 'h264', 'avc1.640028', aac),
    {},
    ['Container, video and audio play on this device as they are.'],
  ],
  [
    'remux',
    film('matroska', 'h264', 'avc1.640028', aac),
    {},
    [
      'This device does not play this Matroska file.',
      'Nothing is converted: video and audio are repackaged as they are.',
    ],
  ],
  [
    'sound only',
    film('mp4', 'h264', 'avc1.640028', dts),
    {},
    ['This device does not decode DTS audio.', 'Video is sent as it is, audio is converted to AAC.'],
  ],
  [
    'a choice',
    film('mp4', 'h264', 'avc1.640028', aac),
    { choice: { quality: '720p' } },
    ['You chose 720p.', 'Video is converted to H.264, audio is sent as it is.'],
  ],
])('the words of %s', (_, media, wishes, reasons) => {
  expect(playable(media, browser, wishes).reasons).toEqual(reasons);
});

test('limits are told in figures', () => {
  const { reasons } = playable(film('mp4', 'h264', 'avc1.640028', aac), {
    ...browser,
    maxBitrate: 4_000_000,
  });
  expect(reasons[0]).toBe('The file needs 12.0 Mbit/s; the limit is 4.0 Mbit/s.');
});

test('the menu shows the original where it can be had, and only what is worth having below it', () => {
  const menu = (rate: number, client: object = browser) =>
    playable({ ...film('mp4', 'h264', 'avc1.640028', aac), bitrate: rate }, client).qualities;
  expect(menu(12e6).map(({ name, action }) => `${name} ${action}`)).toEqual([
    'original copy', '1080p encode', '720p encode', '480p encode', '360p encode',
  ]); // prettier-ignore
  expect(menu(5e6).map(({ name }) => name)).toEqual(['original', '720p', '480p', '360p']);
  expect(menu(12e6, { ...browser, maxBitrate: 4e6 }).map(({ name }) => name)).toEqual([
    '720p',
    '480p',
    '360p',
  ]);
  expect(menu(12e6, { ...browser, maxHeight: 500 }).map(({ name }) => name)).toEqual(['480p', '360p']);
});

test('what failed is remembered by way, container and codecs: a like file is spared, another is not', () => {
  const failures = new Set([playable(film('mp4', 'h264', 'avc1.640028', aac)).failureKey]);
  const next = (media: MediaInfo) => playable(media, browser, { failures }).method;
  expect(next(film('mp4', 'h264', 'avc1.640028', aac))).toBe('remux');
  expect(next(film('mp4', 'h264', 'avc1.640029', aac))).toBe('direct');
  expect(next(film('mov', 'h264', 'avc1.640028', aac))).toBe('direct');
  expect(next(film('mp4', 'h264', 'avc1.640028', aac6))).toBe('remux');
});

test('the last way is never closed', () => {
  const media = film('mp4', 'h264', 'avc1.640028', aac);
  const { failureKey, ladder } = playable(media);
  const failures = new Set([failureKey, ...ladder.map((one) => one.failureKey)]);
  const last = playable(media, browser, { failures });
  expect([last.quality, last.ladder]).toEqual(['360p', []]);
});

test.each<[string, string, object, object]>([
  [
    'Firefox 145 loads Matroska whole',
    'Mozilla/5.0 (X11; rv:145.0) Gecko/20100101 Firefox/145.0',
    { containers: ['mp4', 'matroska'] },
    { containers: ['mp4'] },
  ],
  [
    'Firefox 140 did not claim it',
    'Mozilla/5.0 (X11; rv:140.0) Gecko/20100101 Firefox/140.0',
    { containers: ['matroska'] },
    { containers: ['matroska'] },
  ],
  [
    'High 10 on a telephone',
    'Mozilla/5.0 (Linux; Android 10; K) Chrome/156.0.0.0 Mobile',
    { videoCodecs: ['avc1.6E0033', 'avc1.640033'] },
    { videoCodecs: ['avc1.640033'] },
  ],
  [
    'High 10 on Linux is true',
    'Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0 Safari/537.36',
    { videoCodecs: ['avc1.6E0033'] },
    { videoCodecs: ['avc1.6E0033'] },
  ],
  [
    'Opus on webOS 3, in segments too',
    'Mozilla/5.0 (Web0S; Linux/SmartTV) Chrome/38.0',
    { streaming: { videoCodecs: [], audioCodecs: ['opus', 'aac'] } },
    { streaming: { videoCodecs: [], audioCodecs: ['aac'] } },
  ],
])('%s', (_, device, client, expected) => {
  expect(withoutFalseClaims(clientCapabilities.parse(client), device, true)).toEqual(
    expect.objectContaining(expected),
  );
});

/** The same film with other facts of its picture. */
const shown = (media: MediaInfo, facts: object): MediaInfo =>
  mediaInfo.parse({
    ...media,
    streams: media.streams.map((one, place) => (place === 0 ? { ...one, ...facts } : one)),
  });

test.each<[string, object, object, string[]]>([
  ['turns nothing', { rotation: 90 }, { rotates: false }, ['video-rotated']],
  ['turns nothing, upright', {}, { rotates: false }, []],
  [
    'knows square pixels only',
    { sampleAspect: { num: 64, den: 45 } },
    { anamorphic: false },
    ['video-anamorphic'],
  ],
  ['knows square pixels only, and they are', {}, { anamorphic: false }, []],
  ['is slow', { framesPerSecond: 60 }, { maxFrameRate: 30 }, ['video-frame-rate-too-high']],
])('a device that %s', (_, facts, traits, reasons) => {
  const media = shown(film('mp4', 'h264', 'avc1.640028', aac), facts);
  const assumed = {
    deinterlaces: false,
    anamorphic: true,
    rotates: true,
    choosesAudioTrack: false,
    entersOpenGroups: true,
  };
  const decision = playable(media, browser, { traits: { ...assumed, ...traits } });
  expect(decision.video?.reasons).toEqual(reasons);
  expect(decision.container).toBe(reasons.length > 0 ? 'hls' : 'direct');
});

test('speed is told in figures', () => {
  const media = shown(film('mp4', 'h264', 'avc1.640028', aac), { framesPerSecond: 59.94 });
  const traits = {
    deinterlaces: false,
    anamorphic: true,
    rotates: true,
    choosesAudioTrack: false,
    entersOpenGroups: true,
    maxFrameRate: 30,
  };
  expect(playable(media, browser, { traits }).reasons[0]).toBe(
    '60 frames a second are more than this device shows.',
  );
});

test('a device that says nothing is told so, on the first way and on no other', () => {
  const { reasons, ladder } = playable(film('avi', 'h264', 'avc1.640028', dts), {});
  expect(reasons).toEqual(['The device did not say what it can play.']);
  expect(ladder.map((one) => one.reasons[0])).not.toContain(reasons[0]);
});

test('Dolby Vision is shown in the profiles that are named', () => {
  const vision = (profile: number) =>
    shown(film('mp4', 'hevc', 'hvc1.2.4.L120.90', aac), {
      hdr: { kind: 'dolby-vision', dolbyVision: { profile, level: 6, compatibility: 0 } },
    });
  const device = { ...browser, videoCodecs: ['avc1.640033', 'dvh1.08.06'], hdr: ['dolby-vision'] };
  expect(playable(vision(8), device).method).toBe('direct');
  expect(playable(vision(5), device).video?.reasons).toContain('video-range-unsupported');
});
