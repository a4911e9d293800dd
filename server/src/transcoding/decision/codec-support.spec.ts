import type { ReasonCode } from '@hearth/contract/playback';
import { parseCodecString, shortCodecName } from './codec-string.js';
import { codecProblem } from './codec-support.js';

const stream = (codec: string, codecString: string | null, bitDepth: number | null = null) => ({
  codec,
  codecString,
  profile: null,
  bitDepth,
});

const depth = 'video-bit-depth-unsupported';
const profile = 'video-profile-unsupported';
const level = 'video-level-unsupported';
const none = 'video-codec-unsupported';

test.each<[claim: string, codec: string, needed: string, problem: ReasonCode | null]>([
  // H.264: profiles hold each other, levels are numbers
  ['avc1.640033', 'h264', 'avc1.640028', null],
  ['avc1.640028', 'h264', 'avc1.640029', level],
  ['avc1.640033', 'h264', 'avc1.42E01E', null],
  ['avc1.42E033', 'h264', 'avc1.4D401E', profile],
  ['avc1.4D4033', 'h264', 'avc1.640028', profile],
  ['avc1.640033', 'h264', 'avc1.6E0028', depth],
  ['avc1.6E0033', 'h264', 'avc1.7A0028', profile],
  ['avc1.F40033', 'h264', 'avc1.7A0028', null],
  ['avc1.640033', 'h264', 'avc1.58001E', profile],
  ['avc3.640033', 'h264', 'avc1.640028', null],
  ['h264', 'h264', 'avc1.640034', null],
  ['h264', 'h264', 'avc1.6E0028', depth],
  ['H264', 'h264', 'avc1.640028', null],
  // HEVC: profile, tier, level
  ['hvc1.1.6.L120.90', 'hevc', 'hvc1.1.6.L93.90', null],
  ['hvc1.1.6.L120.90', 'hevc', 'hvc1.1.6.L123.90', level],
  ['hvc1.2.4.L120.90', 'hevc', 'hvc1.1.6.L120.90', null],
  ['hvc1.1.6.L153.90', 'hevc', 'hvc1.2.4.L120.90', depth],
  ['hvc1.2.4.L153.B0', 'hevc', 'hvc1.2.4.H120.90', level],
  ['hvc1.2.4.H153.B0', 'hevc', 'hvc1.2.4.L153.90', null],
  ['hvc1.2.4.L153.B0', 'hevc', 'hvc1.4.10.L120.98', profile],
  ['hev1.2.4.L153.B0', 'hevc', 'hvc1.2.4.L150.90', null],
  ['hvc1.1.L120', 'hevc', 'hvc1.1.6.L93.B0', null],
  ['hvc1.2.4.L153', 'hevc', 'dvh1.2.4.L150.90', null],
  ['hevc', 'hevc', 'hvc1.2.4.L186.90', null],
  ['hevc', 'hevc', 'hvc1.4.10.L120.98', profile],
  ['dvh1.05.06', 'hevc', 'hvc1.2.4.L150.90', none],
  // AV1: profile, level index, tier, depth
  ['av01.0.08M.08', 'av1', 'av01.0.08M.08', null],
  ['av01.0.08M.08', 'av1', 'av01.0.08M.10', depth],
  ['av01.0.15M.10', 'av1', 'av01.0.08M.08.0.111.01.01.01.0', null],
  ['av01.0.08M.10', 'av1', 'av01.0.09M.10', level],
  ['av01.0.15M.10', 'av1', 'av01.0.09H.10', level],
  ['av01.0.15M.10', 'av1', 'av01.1.08M.08', profile],
  ['av01.2.15M.12', 'av1', 'av01.1.08M.08', null],
  ['av1', 'av1', 'av01.0.19M.10', null],
  ['av1', 'av1', 'av01.0.08M.12', depth],
  // VP9: profile, level, depth
  ['vp09.00.51.08', 'vp9', 'vp09.00.40.08.01.01.01.01.00', null],
  ['vp09.00.30.08', 'vp9', 'vp09.00.31.08', level],
  ['vp09.00.51.08', 'vp9', 'vp09.02.40.10', depth],
  ['vp09.02.51.10', 'vp9', 'vp09.00.40.08', null],
  ['vp09.02.51.10', 'vp9', 'vp09.02.40.12', depth],
  ['vp09.02.51.10', 'vp9', 'vp09.01.40.08', profile],
  ['vp9', 'vp9', 'vp09.02.61.10', null],
  // Others are families only
  ['vp8', 'vp8', 'vp8', null],
  ['mp4v.20.9', 'mpeg4', 'mp4v.20.240', null],
  ['mp4a.40.2', 'aac', 'mp4a.40.5', null],
  ['mp4a.40.5', 'aac', 'mp4a.40.2', null],
  ['aac', 'aac', 'mp4a.40.29', null],
  ['mp4a.40.2', 'aac', 'mp4a.40.42', profile],
  ['mp4a.40.42', 'aac', 'mp4a.40.42', null],
  ['mp4a.6B', 'mp3', 'mp3', null],
  ['mp4a.a5', 'ac3', 'ac-3', null],
  ['dts', 'dts', 'dtsh', null],
  ['mp4a.40.2', 'mp3', 'mp3', none],
  // What is no string of any codec says nothing
  ['', 'h264', 'avc1.640028', none],
  ['avc1.', 'h264', 'avc1.640028', null],
  ['avc1.zz', 'h264', 'avc1.640028', null],
  ['avc', 'h264', 'avc1.640028', none],
  ['hvc1.99999999999', 'hevc', 'hvc1.1.6.L93.90', profile],
  ['av01.0', 'av1', 'av01.0.08M.08', null],
])('who decodes %s decodes of %s %s: %s', (claim, codec, needed, problem) => {
  expect(codecProblem([claim], stream(codec, needed))).toBe(problem);
});

test('exact strings narrow what a short name says of the picture, and add to what it says of sound', () => {
  expect(codecProblem(['hevc', 'hvc1.1.6.L120.90'], stream('hevc', 'hvc1.2.4.L120.90'))).toBe(depth);
  expect(codecProblem(['aac', 'mp4a.40.42'], stream('aac', 'mp4a.40.2'))).toBeNull();
});

test('of several claims the nearest says what is wrong', () => {
  const claims = ['avc1.42E01E', 'avc1.640028'];
  expect(codecProblem(claims, stream('h264', 'avc1.640033'))).toBe(level);
  expect(codecProblem(claims, stream('h264', 'avc1.6E0028'))).toBe(depth);
});

test('a stream without a string is known by its profile, level and depth', () => {
  const bare = { ...stream('h264', null, 8), profile: 'High', level: 4.1 };
  expect(codecProblem(['avc1.640029'], bare)).toBeNull();
  expect(codecProblem(['avc1.640028'], bare)).toBe(level);
  expect(codecProblem(['avc1.4D4029'], bare)).toBe(profile);
  expect(codecProblem(['avc1.640029'], { ...bare, bitDepth: 10 })).toBe(depth);
  expect(codecProblem(['av01.0.09M.08'], { ...stream('av1', null), level: 4.1 })).toBeNull();
  expect(codecProblem(['av01.0.08M.08'], { ...stream('av1', null), level: 4.1 })).toBe(level);
});

test.each([
  ['dvh1.05.06', 'dolby-vision'],
  ['dvh1.2.4.L153.90', 'hevc'],
  ['dav1.10.06', 'dolby-vision'],
  ['mp4a', 'aac'],
  ['mp4a.40.34', 'mp3'],
  ['Opus', 'opus'],
  ['fLaC', 'flac'],
  ['mlpa', 'truehd'],
  ['MPEG2VIDEO', 'mpeg2video'],
])('%s is %s', (codec, name) => {
  expect(shortCodecName(codec)).toBe(name);
});

test('strings are read to their parts', () => {
  expect(parseCodecString('hvc1.2.4.H153.B0')).toEqual({
    family: 'hevc',
    profile: 2,
    level: 153,
    highTier: true,
    bitDepth: 10,
  });
});
