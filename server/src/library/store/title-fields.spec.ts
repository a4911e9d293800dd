import type { MediaInfo, VideoStream } from '../../ffmpeg/media-info.js';
import { pictureHeight } from './title-fields.js';

const picture = (width: number, height: number): VideoStream => ({
  kind: 'video',
  index: 0,
  codec: 'h264',
  language: null,
  title: null,
  flags: { default: false, forced: false, hearingImpaired: false, visualImpaired: false, commentary: false, original: false }, // prettier-ignore
  bitrate: null,
  codecString: null,
  profile: null,
  bitDepth: null,
  level: null,
  pixelFormat: null,
  width,
  height,
  sampleAspect: { num: 1, den: 1 },
  displayAspect: null,
  rotation: 0,
  frameRate: null,
  framesPerSecond: null,
  variableFrameRate: null,
  interlaced: false,
  hdr: { kind: 'sdr', dolbyVision: null },
  colour: { primaries: null, transfer: null, matrix: null, range: null },
});

const film = (...streams: VideoStream[]): MediaInfo => ({
  container: 'matroska',
  durationSeconds: 1,
  startSeconds: 0,
  bitrate: null,
  size: 1,
  faststart: null,
  streams,
  chapters: [],
  tags: {},
});

test.each([
  ['a wide film is as high as the screen it fills', 1920, 800, 1080],
  ['full high definition', 1920, 1080, 1080],
  ['an old film keeps its height', 1440, 1080, 1080],
  ['a wide film in 4K', 3840, 1600, 2160],
  ['a DVD', 720, 576, 576],
])('%s: %d×%d', (_, width, height, expected) => {
  expect(pictureHeight(film(picture(width, height)))).toBe(expected);
});

test('the best picture counts, and none is none', () => {
  expect(pictureHeight(film(picture(640, 480), picture(1280, 534)))).toBe(720);
  expect(pictureHeight(film())).toBeNull();
  expect(pictureHeight(null)).toBeNull();
});
