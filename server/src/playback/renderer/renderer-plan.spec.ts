import { preferences, type Preferences } from '@hearth/contract/account';
import {
  type AudioStream,
  mediaInfo,
  type MediaInfo,
  type SubtitleStream,
  type VideoStream,
} from '../../ffmpeg/media-info.js';
import { DecisionService } from '../../transcoding/decision/decision.service.js';
import type { RendererCapabilities } from './renderer-capabilities.js';
import { type Decide, planFor, type RendererViewer } from './renderer-plan.js';

const flags = {
  default: false, forced: false, hearingImpaired: false, visualImpaired: false, commentary: false, original: false,
}; // prettier-ignore
const base = {
  language: null,
  title: null,
  flags,
  bitrate: null,
  codecString: null,
  profile: null,
  bitDepth: null,
};

const picture = (more: Partial<VideoStream> = {}): VideoStream => ({
  ...base,
  kind: 'video',
  index: 0,
  codec: 'h264',
  profile: 'High',
  bitDepth: 8,
  level: 4,
  pixelFormat: 'yuv420p',
  width: 1920,
  height: 1080,
  sampleAspect: { num: 1, den: 1 },
  displayAspect: 16 / 9,
  rotation: 0,
  frameRate: { num: 24, den: 1 },
  framesPerSecond: 24,
  variableFrameRate: false,
  interlaced: false,
  hdr: { kind: 'sdr', dolbyVision: null },
  colour: { primaries: null, transfer: null, matrix: null, range: null },
  ...more,
});
const sound = (codec: string, channels = 2, more: Partial<AudioStream> = {}): AudioStream => ({
  ...base,
  kind: 'audio',
  index: 1,
  codec,
  channels,
  channelLayout: channels === 6 ? '5.1' : 'stereo',
  sampleRate: 48_000,
  ...more,
});
const text = (index: number, language: string, more: Partial<SubtitleStream> = {}): SubtitleStream => ({
  kind: 'subtitle', index, codec: 'subrip', language, title: null, flags, bitrate: null, form: 'text', ...more,
}); // prettier-ignore

const film = (container: MediaInfo['container'], streams: MediaInfo['streams'], bitrate = 8e6): MediaInfo =>
  mediaInfo.parse({
    container, durationSeconds: 5400, startSeconds: 0, bitrate, size: 5e9, faststart: null, streams, chapters: [], tags: {},
  }); // prettier-ignore

const television: RendererCapabilities = {
  containers: {
    matroska: { video: ['h264', 'hevc'], audio: ['aac', 'ac3'] },
    mp4: { video: ['h264', 'hevc'], audio: ['aac', 'ac3'] },
    mpegts: { video: ['h264', 'mpeg2video'], audio: ['aac', 'ac3', 'mp2'] },
  },
  audio: ['mp3', 'aac', 'pcm_s16le'],
  images: ['jpeg'],
  maxHeight: 1080,
  maxAudioChannels: 6,
  bitDepth: 8,
  hdr: [],
  convert: { audio: 'ac3', maxHeight: 1080 },
  burnsSubtitles: false,
};
const everything: RendererCapabilities = {
  ...television,
  containers: { matroska: { video: ['*'], audio: ['*'] }, mpegts: { video: ['*'], audio: ['*'] } },
  audio: ['*'],
  bitDepth: 10,
  hdr: ['hdr10', 'hdr10plus', 'hlg', 'dolby-vision'],
  maxHeight: 4320,
};

const decisions = new DecisionService();
const decide: Decide = (media, client, wishes) => decisions.decide(media, client, wishes);
const viewer = (more: Partial<Preferences> = {}): RendererViewer => ({
  preferences: preferences.parse(more),
});

const hevc10 = picture({
  codec: 'hevc', profile: 'Main 10', bitDepth: 10, codecString: 'hvc1.2.4.L120.90', pixelFormat: 'yuv420p10le',
}); // prettier-ignore
const uhd = { width: 3840, height: 2160, hdr: { kind: 'hdr10', dolbyVision: null } } as const;

/** What is sent: `direct`, or picture and sound of the conversion with what is done to them. */
function summary(media: MediaInfo, device: RendererCapabilities, by = viewer()): string {
  const { action, conversion } = planFor(media, device, by, decide);
  if (action !== 'convert' || !conversion) return action;
  const { video, sound: heard, fallback, format } = conversion;
  const seen =
    video === null ? '' : video.action === 'copy' ? `${video.stream.codec} copied` : `h264 ${video.height}`;
  const noise =
    heard === null
      ? 'silent'
      : heard.action === 'copy'
        ? `${heard.stream.codec} copied`
        : `${heard.codec} ${heard.rendition.channels}`;
  return [format, seen, noise, fallback ? `or h264 ${fallback.height}` : ''].filter(Boolean).join(', ');
}

test.each<[string, MediaInfo, RendererCapabilities, string]>([
  ['what it plays goes as it is', film('matroska', [picture(), sound('ac3', 6)]), television, 'direct'],
  ['sound it does not know', film('matroska', [picture(), sound('dts', 6)]), television, 'mpegts, h264 copied, ac3 6, or h264 1080'],
  ['sound for a device that wants AAC', film('matroska', [picture(), sound('dts', 6)]), { ...television, convert: { audio: 'aac', maxHeight: 1080 } }, 'mpegts, h264 copied, aac 6, or h264 1080'],
  ['sound for two loudspeakers', film('mp4', [picture(), sound('ac3', 6)]), { ...television, maxAudioChannels: 2 }, 'mpegts, h264 copied, ac3 2, or h264 1080'],
  ['a container it does not open', film('avi', [picture(), sound('ac3')]), television, 'mpegts, h264 copied, ac3 copied, or h264 1080'],
  ['a codec it knows, but not in this container', film('mpegts', [hevc10, sound('aac')]), { ...television, bitDepth: 10 }, 'mpegts, h264 1080, aac copied'],
  ['a codec it does not know', film('matroska', [picture({ codec: 'vp9' }), sound('opus')]), television, 'mpegts, h264 1080, ac3 2'],
  ['10 bits for a device of 8', film('matroska', [hevc10, sound('ac3')]), television, 'mpegts, h264 1080, ac3 copied'],
  ['10 bits for a device of 10', film('matroska', [hevc10, sound('ac3')]), { ...television, bitDepth: 10 }, 'direct'],
  ['HDR for a device without', film('matroska', [{ ...hevc10, ...uhd }, sound('ac3')]), { ...television, bitDepth: 10, maxHeight: 2160 }, 'mpegts, h264 1080, ac3 copied'],
  ['a picture that is too large', film('matroska', [picture({ width: 3840, height: 2160 }), sound('ac3')]), television, 'mpegts, h264 1080, ac3 copied'],
  ['conversions no higher than the profile says', film('matroska', [picture({ codec: 'av1' }), sound('ac3')]), { ...television, convert: { audio: 'ac3', maxHeight: 720 } }, 'mpegts, h264 720, ac3 copied'],
  ['more bits than it takes', film('matroska', [picture(), sound('ac3')], 60e6), { ...television, maxBitrate: 20e6 }, 'mpegts, h264 1080, ac3 copied'],
  ['interlaced pictures are shown', film('mpegts', [picture({ codec: 'mpeg2video', interlaced: true, width: 720, height: 576 }), sound('mp2')]), television, 'direct'],
  ['a device that plays everything gets everything', film('matroska', [{ ...hevc10, ...uhd }, sound('truehd', 8)]), { ...everything, maxAudioChannels: 8 }, 'direct'],
  ['even High 10', film('matroska', [picture({ profile: 'High 10', bitDepth: 10, codecString: 'avc1.6E0028' }), sound('flac')]), everything, 'direct'],
  ['a device of no containers still gets H.264', film('matroska', [picture(), sound('aac')]), { ...television, containers: {} }, 'mpegts, h264 copied, ac3 2, or h264 1080'],
  ['music it plays', film('mp3', [sound('mp3')]), television, 'direct'],
  ['music it does not play', film('flac', [sound('flac')]), television, 'mp3, mp3 2'],
  ['music for who knows samples only', film('ogg', [sound('vorbis', 6)]), { ...television, audio: ['pcm_s16le'] }, 'lpcm, pcm_s16be 2'],
  ['music for who knows AAC only', film('flac', [sound('flac')]), { ...television, audio: ['aac'] }, 'adts, aac 2'],
  ['pictures nobody can make anything of', film('other', [picture({ codec: 'unknown' })]), television, 'none'],
])('%s', (_, media, device, wanted) => expect(summary(media, device)).toBe(wanted)); // prettier-ignore

test('reasons are told, without a summary of what a browser would get', () => {
  const { reasons } = planFor(film('matroska', [picture(), sound('dts', 6)]), television, viewer(), decide);
  expect(reasons).toEqual(['This device does not decode DTS audio.']);
});

test('an account’s limit counts as the device’s does', () => {
  const media = film('matroska', [picture(), sound('ac3')]);
  expect(summary(media, television, { ...viewer(), maxBitrate: 4e6 })).toBe('mpegts, h264 720, ac3 copied');
});

test('what failed there is not tried again', () => {
  const media = film('matroska', [picture(), sound('dts', 6)]);
  const first = planFor(media, television, viewer(), decide).conversion?.delivery.failureKey ?? '';
  expect(summary(media, television, { ...viewer(), failures: new Set([first]) })).toBe(
    'mpegts, h264 1080, ac3 6',
  );
});

test('a conversion is described as what it will be', () => {
  const media = film('matroska', [picture({ codec: 'av1' }), sound('dts', 6)]);
  expect(planFor(media, television, viewer(), decide).conversion?.media).toEqual({
    format: {
      container: 'mpegts',
      video: { codec: 'h264', profile: 'High', level: 4, frameRate: 24 },
      audio: { codec: 'ac3', channels: 6, bitrate: 448_000 },
    },
    durationSeconds: 5400,
    bitrate: 6_448_000,
    width: 1920,
    height: 1080,
    channels: 6,
    sampleRate: 48_000,
  });
});

describe('a device that seeks by bytes', () => {
  const player = { ...television, convert: { audio: 'aac', maxHeight: 2160, seeksByBytes: true } } as const;
  const made = (media: MediaInfo, device: RendererCapabilities = player) =>
    planFor(media, device, viewer(), decide).conversion;

  test('is told the rate, which is more than picture and sound', () => {
    const conversion = made(film('matroska', [picture({ codec: 'av1' }), sound('dts', 6)]));
    expect(conversion?.media).toMatchObject({ bitrate: 6_384_000, constantBitrate: 6_900_000 });
  });

  test('gets no copied picture, whose peaks nobody knows', () => {
    const media = film('avi', [picture(), sound('dts', 6)]);
    expect(made(media, television)).toMatchObject({ video: { action: 'copy' } });
    expect(made(media)).toMatchObject({
      video: { action: 'encode' },
      fallback: null,
      delivery: { quality: '1080p' },
    });
  });

  test.each([
    [null, 'encode'],
    [384_000, 'copy'],
  ])('a sound of %p bits per second is worth a(n) %s', (bitrate, action) => {
    const media = film('avi', [picture({ codec: 'mpeg4' }), sound('ac3', 6, { bitrate })]);
    expect(made(media)?.sound).toMatchObject({ action });
  });

  test('others are told of none', () => {
    const media = film('matroska', [picture({ codec: 'av1' }), sound('dts', 6)]);
    expect(made(media, television)?.media).not.toHaveProperty('constantBitrate');
    expect(made(film('flac', [sound('flac')]), { ...player, audio: ['mp3'] })?.media).not.toHaveProperty(
      'constantBitrate',
    );
  });
});

describe('subtitles on a device that draws none', () => {
  const draws = { ...television, burnsSubtitles: true };
  const streams = [
    picture(),
    sound('ac3', 6, { language: 'ja' }),
    text(2, 'en'),
    text(3, 'de'),
    text(4, 'en', { flags: { ...flags, forced: true } }),
  ];
  const burned = (more: Partial<Preferences>, of = streams) =>
    planFor(film('matroska', of), draws, viewer(more), decide).burned;

  test.each<[string, Partial<Preferences>, number | null]>([
    ['of a foreign film, in the language one reads', { subtitleLanguages: ['de', 'en'] }, 3],
    ['in the language of the pages where nothing else is said', {}, 2],
    ['none in a language that is understood', { subtitleLanguages: ['ja'] }, null],
    ['always', { subtitleMode: 'always', subtitleLanguages: ['en'] }, 2],
    ['never', { subtitleMode: 'off', subtitleLanguages: ['en'] }, null],
  ])('%s', (_, wish, track) => expect(burned(wish)).toBe(track));

  test('what is said in another language than the film’s', () => {
    const english = [picture(), sound('ac3', 6, { language: 'en' }), ...streams.slice(2)];
    expect(burned({}, english)).toBe(4);
  });

  test('they take the film’s direct way, and are drawn', () => {
    const plan = planFor(film('matroska', streams), draws, viewer(), decide);
    expect([plan.action, plan.burned, plan.reasons]).toEqual([
      'convert',
      2,
      expect.arrayContaining([expect.stringMatching(/drawn into the picture/)]),
    ]);
    expect(plan.conversion?.video).toMatchObject({ action: 'encode', burn: 2 });
  });
});
