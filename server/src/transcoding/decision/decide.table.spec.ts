import { readFileSync } from 'node:fs';
import { clientCapabilities, type ReasonCode, type StreamDecision } from '@hearth/contract/playback';
import { mediaInfo, type MediaInfo } from '../../ffmpeg/media-info.js';
import type { Decision, Unplayable } from './decide.js';
import { DecisionService } from './decision.service.js';
import { deviceProfiles, profileOf } from './device-profiles.js';
import type { Wishes } from './situation.js';

/** The rows of decide.table.txt, which says how to read them. */
const table = readFileSync(new URL('decide.table.txt', import.meta.url), 'utf8');

const hdr = (kind: string, profile?: number, compatibility?: number) => ({
  hdr: { kind, dolbyVision: profile === undefined ? null : { profile, level: 6, compatibility } },
});
const fullHd = { width: 1920, height: 1080, bitRate: 6e6 };
const uhd = { width: 3840, height: 2160, bitRate: 40e6 };
const small = { width: 640, height: 360, bitRate: 1e6 };
const ten = { bitDepth: 10 };
const interlaced = { interlaced: true, framesPerSecond: 25 };
const picture = (codec: string, codecString: string | null, ...more: object[]): Record<string, unknown> =>
  Object.fromEntries([{ codec, codecString }, fullHd, ...more].flatMap((facts) => Object.entries(facts)));

const pictures: Record<string, Record<string, unknown>> = {
  h264: picture('h264', 'avc1.640028'),
  'h264-base': picture('h264', 'avc1.42E01E', small),
  'h264-4k': picture('h264', 'avc1.640033', uhd),
  'h264-60': picture('h264', 'avc1.64002A', { framesPerSecond: 60 }),
  h264i: picture('h264', 'avc1.640028', interlaced),
  hi10: picture('h264', 'avc1.6E0029', ten),
  hi422: picture('h264', 'avc1.7A0029', ten),
  bare: picture('h264', null, { profile: 'High', level: 4 }),
  'bare-hi10': picture('h264', null, ten, { profile: 'High 10', level: 4 }),
  anamorphic: picture('h264', 'avc1.64001E', { width: 720, height: 480, sampleAspect: { num: 32, den: 27 } }),
  rotated: picture('h264', 'avc1.640028', { rotation: 90 }),
  upright: picture('h264', 'avc1.640028', { width: 1080, height: 1920 }),
  hevc: picture('hevc', 'hvc1.1.6.L120.90'),
  hevc10: picture('hevc', 'hvc1.2.4.L120.90', ten),
  hev1: picture('hevc', 'hev1.1.6.L120.90'),
  'hevc-high': picture('hevc', 'hvc1.2.4.H153.90', ten, uhd),
  'hevc-8k': picture('hevc', 'hvc1.2.4.L183.90', ten, uhd, { width: 7680, height: 4320 }),
  'hevc-dci': picture('hevc', 'hvc1.2.4.L153.90', ten, uhd, { width: 4096, height: 1716 }),
  'hevc-120': picture('hevc', 'hvc1.2.4.L150.90', ten, { framesPerSecond: 120 }),
  hevc12: picture('hevc', 'hvc1.4.10.L120.98', { bitDepth: 12, profile: 'Rext' }),
  hdr10: picture('hevc', 'hvc1.2.4.L153.90', ten, uhd, hdr('hdr10')),
  hdr10plus: picture('hevc', 'hvc1.2.4.L153.90', ten, uhd, hdr('hdr10plus')),
  hlg: picture('hevc', 'hvc1.2.4.L153.90', ten, uhd, hdr('hlg')),
  dv5: picture('hevc', 'dvh1.2.4.L153.90', ten, uhd, hdr('dolby-vision', 5, 0)),
  dv7: picture('hevc', 'hvc1.2.4.L153.90', ten, uhd, hdr('dolby-vision', 7, 6)),
  dv8: picture('hevc', 'hvc1.2.4.L153.90', ten, uhd, hdr('dolby-vision', 8, 1)),
  'dv8-dvh1': picture('hevc', 'dvh1.2.4.L153.90', ten, uhd, hdr('dolby-vision', 8, 1)),
  'dv8-hlg': picture('hevc', 'hvc1.2.4.L153.90', ten, uhd, hdr('dolby-vision', 8, 4)),
  'dv8-sdr': picture('hevc', 'hvc1.2.4.L153.90', ten, uhd, hdr('dolby-vision', 8, 2)),
  vp9: picture('vp9', 'vp09.00.40.08.01.01.01.01.00'),
  'vp9-hdr': picture('vp9', 'vp09.02.51.10.01.09.16.09.00', ten, uhd, hdr('hdr10')),
  vp8: picture('vp8', 'vp8', small),
  av1: picture('av1', 'av01.0.08M.08.0.111.01.01.01.0'),
  'av1-10': picture('av1', 'av01.0.12M.10.0.111.01.01.01.0', ten, uhd),
  'av1-high': picture('av1', 'av01.1.08M.08.0.000.01.01.01.0', { profile: 'High' }),
  mpeg2: picture('mpeg2video', null, interlaced, {
    width: 720, height: 576, sampleAspect: { num: 64, den: 45 },
  }), // prettier-ignore
  xvid: picture('mpeg4', 'mp4v.20.9', { width: 640, height: 480, bitRate: 1e6 }),
  vc1: picture('vc1', null),
  wmv3: picture('wmv3', null, small),
  theora: picture('theora', null, small),
  prores: picture('prores', null, ten, { bitRate: 100e6 }),
  unknown: picture('unknown', null),
  sizeless: picture('h264', 'avc1.640028', { width: 0, height: 0 }),
};

const sounds: Record<string, [codec: string, codecString: string | null, channels: number, bitrate: number]> =
  {
    aac: ['aac', 'mp4a.40.2', 2, 192e3],
    aac6: ['aac', 'mp4a.40.2', 6, 384e3],
    heaac: ['aac', 'mp4a.40.5', 2, 64e3],
    xheaac: ['aac', 'mp4a.40.42', 2, 64e3],
    ac3: ['ac3', 'ac-3', 6, 640e3],
    eac3: ['eac3', 'ec-3', 6, 768e3],
    dts: ['dts', 'dtsc', 6, 1509e3],
    truehd: ['truehd', 'mlpa', 8, 4e6],
    flac: ['flac', 'flac', 2, 900e3],
    opus: ['opus', 'opus', 2, 128e3],
    vorbis: ['vorbis', 'vorbis', 2, 192e3],
    mp3: ['mp3', 'mp3', 2, 320e3],
    pcm: ['pcm_s16le', null, 2, 1536e3],
    alac: ['alac', 'alac', 2, 900e3],
    wma: ['wmav2', null, 2, 192e3],
    noise: ['unknown', null, 0, 0],
  };

const subtitles: Record<string, [codec: string, form: string]> = {
  srt: ['subrip', 'text'],
  ass: ['ass', 'text'],
  pgs: ['hdmv_pgs_subtitle', 'bitmap'],
  vobsub: ['dvd_subtitle', 'bitmap'],
  dvb: ['dvb_subtitle', 'bitmap'],
};

/** `aac:de*` is German and the default; `!` marks a commentary. */
function stream(word: string, index: number): object {
  const [, name = '', language, marks = ''] = /^([a-z0-9-]+)(?::([a-z-]+))?([*!]*)$/i.exec(word) ?? [];
  const flags = {
    default: marks.includes('*'), forced: false, hearingImpaired: false, visualImpaired: false,
    commentary: marks.includes('!'), original: false,
  }; // prettier-ignore
  const base = { index, language: language ?? null, title: null, flags, bitrate: null };
  const coded = { profile: null, bitDepth: null };
  const shown = pictures[name];
  if (shown) {
    const { width, height } = shown;
    return {
      ...base, ...coded, kind: 'video', level: null, pixelFormat: null, sampleAspect: { num: 1, den: 1 },
      displayAspect: Number(width) / (Number(height) || 1), rotation: 0, frameRate: null, framesPerSecond: 24,
      variableFrameRate: false, interlaced: false, ...hdr('sdr'),
      colour: { primaries: null, transfer: null, matrix: null, range: null }, ...shown,
    }; // prettier-ignore
  }
  const [codec, codecString, channels, bitrate] = sounds[name] ?? [];
  if (codec !== undefined)
    return {
      ...base,
      ...coded,
      kind: 'audio',
      codec,
      codecString,
      channels,
      bitrate,
      channelLayout: null,
      sampleRate: 48_000,
    };
  const [subtitle, form] = subtitles[name] ?? [];
  if (subtitle === undefined) throw new Error(`no such stream: ${word}`);
  return { ...base, kind: 'subtitle', codec: subtitle, form };
}

function media(container: string, words: readonly string[], rate: number | undefined): MediaInfo {
  const bitrate = rate ?? Number(pictures[words[0] ?? '']?.['bitRate'] ?? 400e3);
  return mediaInfo.parse({
    container, durationSeconds: 3600, startSeconds: 0, bitrate, size: bitrate * 450, faststart: false,
    streams: words.map(stream), chapters: [], tags: {},
  }); // prettier-ignore
}

/** `codec` for both `video-codec-unsupported` and `audio-codec-unsupported`, and so on. */
const shortReason = (code: ReasonCode): string =>
  ({
    'video-resolution-too-high': 'height',
    'video-frame-rate-too-high': 'fps',
    'audio-track-not-default': 'track',
    'subtitle-needs-burning': 'burn',
    'video-colours-wrong': 'colours',
    'night-mode-chosen': 'night',
    'failed-before-on-this-device': 'failed',
    'sparse-keyframes': 'sparse',
    'video-bit-depth-unsupported': 'depth',
  })[code as string] ?? code.replace(/^(video|audio)-|-(unsupported|too-many|too-high|chosen)/g, '');

function streamText(part: StreamDecision | null | undefined, encoded: string): string {
  if (!part) return '-';
  const action = part.action === 'encode' ? encoded : part.action;
  return part.reasons.length === 0 ? action : `${action}(${part.reasons.map(shortReason).sort().join(',')})`;
}

function text(decision: Decision | Unplayable): string {
  if (decision.method === 'unsupported') return 'unsupported';
  const { video, audio, subtitle, renditions, quality, container } = decision;
  const named = renditions.find((id) => id.startsWith(`a${audio[0]?.index}-`))?.split('-') ?? [];
  const parts = [
    `v=${streamText(video, quality)}`,
    `a=${streamText(audio[0], named.slice(1).join('-'))}`,
    ...(subtitle ? [`s=${streamText(subtitle, '')}`] : []),
  ];
  const plain = parts.every((part) => /=(copy|-|convert)$/.test(part));
  return container === 'direct' && plain
    ? ['direct', ...parts.slice(2)].join(' ')
    : [...(container === 'direct' ? ['direct'] : []), ...parts].join(' ');
}

interface Row {
  name: string;
  profile: string;
  source: string;
  expected: string;
}

function rows(): Row[] {
  let profile = '';
  return table.split('\n').flatMap((line): Row[] => {
    if (line.startsWith('[')) profile = line.slice(1, -1);
    const [source, expected] = line.split('=>').map((part) => part.trim());
    if (line.startsWith('#') || source === undefined || expected === undefined) return [];
    return [{ name: `${profile}: ${source}`, profile, source, expected }];
  });
}

/** @param words what stands in braces */
function optionsOf(words: string): Record<string, string> {
  const pairs = words.split(' ').filter(Boolean);
  return Object.fromEntries(pairs.map((pair) => [pair.split('=')[0] ?? '', pair.split('=')[1] ?? 'yes']));
}

const mega = (value: string | undefined): number | undefined =>
  value === undefined ? undefined : Number(value.replace('M', '')) * 1e6;

function decided({ profile: name, source }: Row): Decision | Unplayable {
  const [, words = '', braces = ''] = /^([^{]*)(?:\{(.*)\})?$/.exec(source) ?? [];
  const [container = '', ...streams] = words.trim().split(/\s+/);
  const options = optionsOf(braces);
  const profile = deviceProfiles[name];
  const client = clientCapabilities.parse({
    ...profile?.client,
    ...(options['max'] ? { maxBitrate: mega(options['max']) } : {}),
    ...(options['height'] ? { maxHeight: Number(options['height']) } : {}),
    ...(options['channels'] ? { maxAudioChannels: Number(options['channels']) } : {}),
    ...(options['hdr'] ? { hdr: options['hdr'].split(',').filter((one) => one !== 'none') } : {}),
  });
  const wishes: Wishes = {
    choice: {
      quality: options['quality'],
      audioIndex: options['audio'] === undefined ? undefined : Number(options['audio']),
      subtitleId: options['sub'],
      nightMode: options['night'] !== undefined,
    },
    audioLanguages: options['lang']?.split(',') ?? [],
    keyframeGapSeconds: options['gap'] === undefined ? null : Number(options['gap']),
    ...(profile ? { traits: profile.traits } : {}),
  };
  const film = media(container, streams, mega(options['rate']));
  const service = new DecisionService();
  const decide = (more: Wishes = {}) =>
    service.decide(film, client, { ...wishes, ...more }, profile?.example ?? '');
  const failed = options['failed']?.split(',') ?? [];
  const first = decide();
  if (failed.length === 0 || first.method === 'unsupported') return first;
  const keys = [first, ...first.ladder].map(({ failureKey }) => failureKey);
  return decide({ failures: new Set(keys.filter((key) => failed.includes(key.split('|')[0] ?? ''))) });
}

const all = rows();

test('the table is as large as it says, and no row is there twice', () => {
  expect(all.length).toBeGreaterThanOrEqual(300);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  expect([...new Set(all.map(({ profile }) => profile))].filter((name) => name !== 'silent').sort()).toEqual(
    Object.keys(deviceProfiles).sort(),
  );
});

test.each(all.map((row): [string, Row] => [row.name, row]))('%s', (_, row) => {
  expect(text(decided(row))).toBe(row.expected);
});

test('whatever is decided explains itself, names its renditions in order and can be stepped down from', () => {
  for (const row of all) {
    const decision = decided(row);
    expect(decision.reasons.length).toBeGreaterThan(0);
    expect(decision.reasons.join(' ')).not.toMatch(/undefined|NaN|unsupported|-too-/);
    if (decision.method === 'unsupported') continue;
    const { renditions, ladder, container, video, audio, qualities, quality } = decision;
    expect(renditions.length > 0).toBe(container === 'hls');
    if (container === 'hls') {
      const kept = [video, ...audio].filter((part) => part && part.action !== 'drop');
      expect(renditions.map((id) => Number(/\d+/.exec(id)?.[0]))).toEqual(kept.map((part) => part?.index));
    }
    const keys = [decision, ...ladder].map(({ failureKey }) => failureKey);
    expect(new Set(keys).size).toBe(keys.length);
    if (video && video.action !== 'drop') expect(qualities.map(({ name }) => name)).toContain(quality);
    const heights = qualities.filter(({ action }) => action === 'encode').map(({ height }) => height);
    expect(heights).toEqual([...heights].sort((a, b) => b - a));
  }
});

test.each(Object.entries(deviceProfiles))(
  '%s is told from all others by its own User-Agent',
  (_, profile) => {
    if (profile.example === null) expect(profile.device).toBeNull();
    else expect(profileOf(profile.example)?.name).toBe(profile.name);
  },
);

test('a device that says nothing, and whose like is known, is treated as its like', () => {
  const nothing = clientCapabilities.parse({});
  const film = media('matroska', ['h264', 'dts'], undefined);
  const agent = deviceProfiles['apple-tv']?.example ?? '';
  expect(new DecisionService().decide(film, nothing, {}, agent).method).toBe('transcode');
  expect(new DecisionService().decide(film, nothing, {}, 'nobody').method).toBe('direct');
});
