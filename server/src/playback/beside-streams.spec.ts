import { type MediaInfo, streamsOf } from '../ffmpeg/media-info.js';
import type { SubtitleFile } from '../library/playable.service.js';
import { parseRendition, videoEncode } from '../transcoding/rendition.js';
import { besideIndex, isBeside, subtitleId, withBeside } from './beside-streams.js';

const flags = {
  ...{ default: true, forced: false, hearingImpaired: false },
  ...{ visualImpaired: false, commentary: false, original: false },
};
const media: MediaInfo = {
  ...{ container: 'matroska', durationSeconds: 60, startSeconds: 0, bitrate: null, size: 1, faststart: null },
  streams: [
    {
      ...{
        kind: 'video',
        index: 0,
        codec: 'h264',
        codecString: 'avc1.640028',
        profile: 'High',
        level: 40,
        bitDepth: 8,
      },
      ...{
        language: null,
        title: null,
        flags,
        bitrate: null,
        pixelFormat: 'yuv420p',
        width: 1280,
        height: 720,
      },
      ...{
        sampleAspect: { num: 1, den: 1 },
        displayAspect: 16 / 9,
        rotation: 0,
        frameRate: { num: 25, den: 1 },
      },
      ...{
        framesPerSecond: 25,
        variableFrameRate: false,
        interlaced: false,
        hdr: { kind: 'sdr', dolbyVision: null },
      },
      colour: { primaries: null, transfer: null, matrix: null, range: null },
    },
    {
      kind: 'subtitle',
      index: 1,
      codec: 'subrip',
      form: 'text',
      language: 'en',
      title: null,
      flags,
      bitrate: null,
    },
  ],
  ...{ chapters: [], tags: {} },
};
const beside = (id: string, format: string, more: Partial<SubtitleFile> = {}): SubtitleFile => ({
  ...{ id, fileId: 'f', relativePath: `a.${format}`, size: 10, modifiedMs: 5, format, streamIndex: null },
  ...{ language: 'de', label: null, forced: false, hearingImpaired: false },
  ...more,
});

test.each([
  ['srt', 'subrip', 'text'],
  ['vtt', 'webvtt', 'text'],
  ['ssa', 'ass', 'text'],
  ['sup', 'hdmv_pgs_subtitle', 'bitmap'],
  ['idx', 'dvd_subtitle', 'bitmap'],
])('a file beside the film is a stream of it: %s', (format, codec, form) => {
  const file = beside('one', format, { forced: true });
  const [first, second] = streamsOf(withBeside(media, [file]), 'subtitle');
  expect(first).toMatchObject({
    codec,
    form,
    language: 'de',
    flags: { forced: true },
    index: besideIndex(file),
  });
  expect(second?.index).toBe(1);
});

test('its number is of its contents, names a rendition, and leads back to it', () => {
  const [one, two] = [beside('one', 'srt'), beside('two', 'sup')];
  const index = besideIndex(one);
  expect([index, isBeside(index), isBeside(9999)]).toEqual([besideIndex(one), true, false]);
  expect(besideIndex(beside('one', 'srt', { modifiedMs: 6 }))).not.toBe(index);
  expect([subtitleId([two, one], index), subtitleId([two], 1)]).toEqual(['one', '1']);
  const all = withBeside(media, [one]);
  const [video] = streamsOf(all, 'video');
  const rendition = video && videoEncode(video, 720, index);
  expect(parseRendition(all, rendition?.id ?? '')).toEqual(rendition);
  expect(parseRendition(media, rendition?.id ?? '')).toBeUndefined();
});
