import type { MediaStream, Source } from '@hearth/contract/title';
import { bestFilesFirst } from './file-rankable.js';

const stream = (values: Partial<MediaStream>): MediaStream => ({
  index: 0,
  kind: 'video',
  codec: 'h264',
  codecString: null,
  language: null,
  title: null,
  isDefault: true,
  forced: false,
  hearingImpaired: false,
  width: null,
  height: null,
  frameRate: null,
  hdr: null,
  channels: null,
  channelLayout: null,
  bitrate: null,
  ...values,
});

const video = (width: number, height: number, hdr: string | null = null) => [stream({ width, height, hdr })];

const source = (id: string, values: Partial<Source>): Source => ({
  id,
  kind: 'file',
  fileId: id,
  episodeIds: [],
  label: '',
  fileName: '',
  size: 0,
  container: 'mp4',
  durationSeconds: null,
  bitrate: null,
  available: true,
  streams: [],
  externalSubtitles: [],
  extraKind: null,
  ...values,
});

const full = video(1920, 1080);

test.each([
  ['there', source('b', { streams: video(640, 480) }), source('a', { available: false, streams: full })],
  ['the thing itself', source('b', {}), source('a', { extraKind: 'trailer', streams: full })],
  [
    'larger picture',
    source('b', { streams: full }),
    source('a', { streams: video(1280, 720), bitrate: 9e6 }),
  ],
  [
    'cropped, but wider',
    source('b', { streams: video(1920, 800) }),
    source('a', { streams: video(1440, 900) }),
  ],
  ['HDR', source('b', { streams: video(3840, 2160, 'hdr10') }), source('a', { streams: video(3840, 2160) })],
  ['bit rate', source('b', { bitrate: 2e6 }), source('a', { bitrate: 1e6 })],
  ['more channels', source('b', { streams: [stream({ kind: 'audio', channels: 6 })] }), source('a', {})],
  ['larger file', source('b', { size: 2 }), source('a', { size: 1 })],
  ['older of equals', source('a', {}), source('b', {})],
])('%s comes first', (_, better, worse) => {
  expect(bestFilesFirst([worse, better]).map(({ id }) => id)).toEqual([better.id, worse.id]);
  expect(bestFilesFirst([better, worse]).map(({ id }) => id)).toEqual([better.id, worse.id]);
});
