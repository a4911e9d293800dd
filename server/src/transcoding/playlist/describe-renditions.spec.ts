import { mediaInfo, type MediaInfo, streamsOf } from '../../ffmpeg/media-info.js';
import { audioCopy, audioEncode, videoCopy, videoEncode } from '../rendition.js';
import { presentationOf } from './describe-renditions.js';

const flags = {
  default: false,
  forced: false,
  hearingImpaired: false,
  visualImpaired: false,
  commentary: false,
  original: false,
};
const base = { language: null, title: null, flags, bitrate: null };
const colour = { primaries: null, transfer: null, matrix: null, range: null };

function film(video: object = {}, audio: object = {}): MediaInfo {
  const picture = {
    ...base, index: 0, kind: 'video', codec: 'h264', codecString: 'avc1.640028', profile: 'High', bitDepth: 8,
    level: 4, pixelFormat: 'yuv420p', width: 1920, height: 1080, sampleAspect: { num: 1, den: 1 },
    displayAspect: 1.78, rotation: 0, frameRate: { num: 24, den: 1 }, framesPerSecond: 24,
    variableFrameRate: false, interlaced: false, hdr: { kind: 'sdr', dolbyVision: null }, colour, ...video,
  }; // prettier-ignore
  const sound = {
    ...base, index: 1, kind: 'audio', codec: 'aac', codecString: 'mp4a.40.2', profile: 'LC', bitDepth: null,
    channels: 6, channelLayout: '5.1', sampleRate: 44_100, language: 'pt-BR', ...audio,
  }; // prettier-ignore
  return mediaInfo.parse({
    container: 'matroska', durationSeconds: 60, startSeconds: 0, bitrate: 8_000_000, size: 60_000_000,
    faststart: null, streams: [picture, sound], chapters: [], tags: {},
  }); // prettier-ignore
}

const table = { timescale: 24, boundaries: [0, 48, 96, 120] };

function copied(media: MediaInfo) {
  const [video] = streamsOf(media, 'video');
  const [audio] = streamsOf(media, 'audio');
  if (!video || !audio) throw new Error('a film has both');
  const list = [videoCopy(video), audioCopy(audio)].map((rendition) => ({ rendition, table }));
  const { video: pictures, audio: sounds } = presentationOf(media, list);
  return { ...pictures[0], sound: sounds[0] };
}

test.each<[string, object, object]>([
  ['H.264', {}, { codec: 'avc1.640028', range: 'SDR', width: 1920, height: 1080 }],
  ['parameter sets in band are moved to the front', { codecString: 'avc3.640028' }, { codec: 'avc1.640028' }],
  [
    'HEVC in band',
    { codec: 'hevc', codecString: 'hev1.2.4.L150.B0', hdr: { kind: 'hdr10', dolbyVision: null } },
    { codec: 'hvc1.2.4.L150.B0', range: 'PQ' },
  ],
  ['HLG', { hdr: { kind: 'hlg', dolbyVision: null } }, { range: 'HLG' }],
  [
    'Dolby Vision over HDR10',
    {
      codec: 'hevc',
      codecString: 'hev1.2.4.L153.B0',
      hdr: { kind: 'dolby-vision', dolbyVision: { profile: 8, level: 6, compatibility: 1 } },
    },
    { codec: 'hvc1.2.4.L153.B0', range: 'PQ', supplementalCodec: 'dvh1.08.06/db1p' },
  ],
  [
    'Dolby Vision alone',
    {
      codec: 'hevc',
      codecString: 'hvc1.2.4.L153.B0',
      hdr: { kind: 'dolby-vision', dolbyVision: { profile: 5, level: 6, compatibility: 0 } },
    },
    { codec: 'dvh1.05.06', range: 'PQ', supplementalCodec: null },
  ],
  [
    'a file whose entry is Dolby’s own',
    {
      codec: 'hevc',
      codecString: 'dvh1.2.4.L153.B0',
      hdr: { kind: 'dolby-vision', dolbyVision: { profile: 8, level: 6, compatibility: 1 } },
    },
    { codec: 'dvh1.08.06', supplementalCodec: null },
  ],
  [
    'Dolby Vision over HLG',
    { hdr: { kind: 'dolby-vision', dolbyVision: { profile: 8, level: 7, compatibility: 4 } } },
    { range: 'HLG', supplementalCodec: 'dvh1.08.07/db4h' },
  ],
  [
    'cinema pixels',
    { width: 720, height: 576, sampleAspect: { num: 64, den: 45 } },
    { width: 1024, height: 576 },
  ],
  ['a telephone held upright', { rotation: 90 }, { width: 1080, height: 1920 }],
  [
    'no rate but a mean',
    { frameRate: null, framesPerSecond: 23.5 },
    { frameRate: { num: 23_500, den: 1000 } },
  ],
])('picture as it is: %s', (_, stream, expected) => {
  expect(copied(film(stream))).toEqual(expect.objectContaining(expected));
});

test('Dolby Vision is said only of segments that carry its box: ffmpeg leaves it out', () => {
  const media = film({
    codec: 'hevc',
    hdr: { kind: 'dolby-vision', dolbyVision: { profile: 8, level: 6, compatibility: 1 } },
  });
  expect(copied(media).supplementalCodec).toBe('dvh1.08.06/db1p');
  expect(copied({ ...media, container: 'mpegts' }).supplementalCodec).toBeNull();
});

test.each<[string, object, object]>([
  [
    'AAC',
    {},
    { codec: 'mp4a.40.2', channels: 6, name: 'Brazilian Portuguese', language: 'pt-BR', sampleRate: 44_100 },
  ],
  ['FLAC', { codec: 'flac', codecString: 'flac' }, { codec: 'fLaC' }],
  ['Opus', { codec: 'opus', codecString: 'opus' }, { codec: 'Opus' }],
  ['MP3', { codec: 'mp3', codecString: 'mp3' }, { codec: 'mp4a.40.34' }],
  [
    'Atmos',
    { codec: 'eac3', codecString: 'ec-3', profile: 'Dolby Digital Plus + Dolby Atmos' },
    { codec: 'ec-3', atmos: true },
  ],
  [
    'a title of its own',
    { title: ' Director ', flags: { ...flags, commentary: true } },
    { name: 'Director', purpose: 'commentary' },
  ],
  ['nothing known', { language: null }, { name: 'Unknown', language: null }],
])('sound as it is: %s', (_, stream, expected) => {
  expect(copied(film({}, stream)).sound).toEqual(expect.objectContaining(expected));
});

test('measured rates are told as they are; what an encoder may use is bounded by its buffer', () => {
  const media = film();
  const [video] = streamsOf(media, 'video');
  const [audio] = streamsOf(media, 'audio');
  if (!video || !audio) throw new Error('a film has both');
  const {
    video: pictures,
    audio: sounds,
    durationSeconds,
  } = presentationOf(media, [
    { rendition: videoCopy(video), table, rates: { average: 7_000_000, peak: 31_000_000 } },
    { rendition: videoEncode(video, 720), table },
    { rendition: audioEncode(audio, 2), table },
  ]);
  expect(pictures.map((one) => [one.averageBandwidth, one.peakBandwidth])).toEqual([
    [7_000_000, 31_000_000],
    [3_200_000, 6_080_000],
  ]);
  expect(pictures[1]).toEqual(
    expect.objectContaining({ codec: 'avc1.64001F', width: 1280, height: 720, range: 'SDR' }),
  );
  expect(sounds[0]).toEqual(expect.objectContaining({ codec: 'mp4a.40.2', channels: 2, sampleRate: 48_000 }));
  expect(durationSeconds).toBe(5);
});

test('sound that says nothing of its rate is guessed by its channels; alone in a file, it has all of it', () => {
  expect(copied(film()).sound?.averageBandwidth).toBe(576_000);
  const media = film();
  const [audio] = streamsOf(media, 'audio');
  if (!audio) throw new Error('a film has sound');
  const music = { ...media, bitrate: 900_000, streams: [audio] };
  const alone = presentationOf(music, [{ rendition: audioCopy(audio), table }]);
  expect(alone.audio[0]?.averageBandwidth).toBe(900_000);
});
