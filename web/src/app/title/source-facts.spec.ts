import { type MediaStream, type Source, source } from '@hearth/contract/title';
import { bestSource, pictureOf, playsDirectly, soundOf, subtitlesOf } from './source-facts';

const stream = (kind: MediaStream['kind'], fields: Partial<MediaStream> = {}) => ({
  index: 0,
  kind,
  codec: 'x',
  codecString: null,
  language: null,
  title: null,
  isDefault: false,
  forced: false,
  hearingImpaired: false,
  width: null,
  height: null,
  frameRate: null,
  hdr: null,
  channels: null,
  channelLayout: null,
  bitrate: null,
  ...fields,
});
const file = (fields: Partial<Source> = {}) =>
  source.parse({
    id: 's',
    kind: 'file',
    fileId: 'f',
    episodeIds: [],
    label: '',
    fileName: 'a.mp4',
    size: 1,
    container: 'mov,mp4,m4a',
    durationSeconds: 1,
    bitrate: null,
    available: true,
    streams: [],
    externalSubtitles: [],
    extraKind: null,
    ...fields,
  });

test('Play takes the first that is there, never an extra', () => {
  const trailer = file({ id: 't', extraKind: 'trailer' });
  const gone = file({ id: 'g', available: false });
  expect(bestSource([trailer, gone, file({ id: 'ok' })])?.id).toBe('ok');
  expect(bestSource([trailer, gone])?.id).toBe('g');
  expect(bestSource([trailer])).toBeUndefined();
});

test('a cropped film is named by its width', () => {
  const streams = [stream('video', { width: 1920, height: 800, hdr: 'HDR10' })];
  expect(pictureOf(file({ streams }))).toBe('1080p HDR10');
  expect(pictureOf(file())).toBe('');
});

test('each language once, with its most channels', () => {
  const streams = [
    stream('audio', { language: 'en', channels: 2 }),
    stream('audio', { language: 'en', channels: 6 }),
    stream('audio', { language: null, channels: 1 }),
  ];
  expect(soundOf(file({ streams }), 'en', 'unknown')).toBe('English 5.1, Mono');
});

test('subtitles inside and beside the file are one list', () => {
  const streams = [stream('subtitle', { language: 'en' }), stream('subtitle', { language: 'de' })];
  const externalSubtitles = [{ language: 'de', format: 'srt' }];
  expect(subtitlesOf(file({ streams, externalSubtitles }), 'en', 'unknown')).toBe('English, German');
});

test('“as it is” is said only when the browser is sure', () => {
  const streams = [
    stream('video', { codecString: 'avc1.640028' }),
    stream('audio', { codecString: 'mp4a.40.2' }),
  ];
  const asked: string[] = [];
  const sure = (type: string) => (asked.push(type), 'probably');
  expect(playsDirectly(file({ streams }), sure)).toBe(true);
  expect(asked).toEqual(['video/mp4; codecs="avc1.640028, mp4a.40.2"']);
  expect(playsDirectly(file({ streams }), () => 'maybe')).toBe(false);
  expect(playsDirectly(file({ streams: [stream('video')] }), sure)).toBe(false);
  expect(playsDirectly(file({ streams, container: 'avi' }), sure)).toBe(false);
});
