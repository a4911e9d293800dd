import type { MediaInfo, MediaStream } from '../ffmpeg/media-info.js';
import type { SubtitleFile } from '../library/playable.service.js';
import { type SubtitleFormat, subtitleFonts, subtitleTracks } from './subtitle-tracks.js';

const flags = {
  default: false,
  forced: false,
  hearingImpaired: false,
  visualImpaired: false,
  commentary: false,
  original: false,
};
const base = { language: 'en', title: null, flags, bitrate: null };
const subtitle = (index: number, codec: string, form: 'text' | 'bitmap' = 'text'): MediaStream => ({
  kind: 'subtitle',
  index,
  codec,
  form,
  ...base,
});
const font = (index: number, codec: string, name: string | null, size = 1000): MediaStream => ({
  kind: 'attachment',
  index,
  codec,
  name,
  mime: 'font/ttf',
  size,
  ...base,
});
const media = (...streams: MediaStream[]): MediaInfo => ({
  container: 'matroska',
  durationSeconds: 10,
  startSeconds: 0,
  bitrate: null,
  size: 1,
  faststart: null,
  streams,
  chapters: [],
  tags: {},
});
const beside = (format: string): SubtitleFile => ({
  id: 'file',
  fileId: 'f',
  relativePath: `a.${format}`,
  size: 1,
  modifiedMs: 1,
  format,
  streamIndex: null,
  language: 'de',
  label: null,
  forced: false,
  hearingImpaired: false,
});
const sign = (track: string): string => `/s/${track}?signature=x`;
const all: SubtitleFormat[] = ['vtt', 'ass', 'pgs', 'vobsub'];

const rows: [string, 'text' | 'bitmap', SubtitleFormat[], SubtitleFormat, string][] = [
  ['subrip', 'text', ['vtt'], 'vtt', '/s/3?signature=x'],
  ['mov_text', 'text', all, 'vtt', '/s/3?signature=x'],
  ['webvtt', 'text', all, 'vtt', '/s/3?signature=x'],
  ['subrip', 'text', [], 'vtt', ''],
  ['ass', 'text', ['vtt'], 'vtt', '/s/3?signature=x'],
  ['ass', 'text', all, 'ass', '/s/3?signature=x&format=ass'],
  ['ass', 'text', ['ass'], 'ass', '/s/3?signature=x&format=ass'],
  ['ass', 'text', ['pgs'], 'ass', ''],
  ['hdmv_pgs_subtitle', 'bitmap', ['vtt'], 'pgs', ''],
  ['hdmv_pgs_subtitle', 'bitmap', all, 'pgs', '/s/3?signature=x&format=pgs'],
  ['dvd_subtitle', 'bitmap', all, 'pgs', '/s/3?signature=x&format=pgs'],
  ['dvd_subtitle', 'bitmap', ['vobsub'], 'pgs', ''],
  ['dvb_subtitle', 'bitmap', all, 'pgs', '/s/3?signature=x&format=pgs'],
  ['dvb_subtitle', 'bitmap', ['vtt'], 'pgs', ''],
];

test.each(rows)('%s (%s) for a device that draws %j', (codec, form, formats, format, url) => {
  const tracks = subtitleTracks(media(subtitle(3, codec, form)), [], sign, null, formats);
  expect(tracks).toEqual([
    expect.objectContaining({ id: '3', format, url, burned: false, origin: 'embedded' }),
  ]);
});

test.each([
  ['srt', ['vtt'], 'vtt', '/s/file?signature=x'],
  ['ass', ['vtt'], 'vtt', '/s/file?signature=x'],
  ['ssa', all, 'ass', '/s/file?signature=x&format=ass'],
  ['sup', all, 'pgs', '/s/file?signature=x&format=pgs'],
  ['idx', all, 'pgs', '/s/file?signature=x&format=pgs'],
] as const)('a file beside the film: %s for %j', (kind, formats, format, url) => {
  const tracks = subtitleTracks(media(), [beside(kind)], sign, null, formats);
  expect(tracks).toEqual([expect.objectContaining({ id: 'file', format, url, origin: 'external' })]);
});

test.each(['sup', 'idx'])(
  'a file beside the film that the device cannot draw goes into the picture: %s',
  (kind) => {
    expect(subtitleTracks(media(), [beside(kind)], sign, 'file')).toEqual([
      expect.objectContaining({ id: 'file', format: 'pgs', url: '', burned: true }),
    ]);
  },
);

test('the one in the picture says so, and files come first', () => {
  const tracks = subtitleTracks(
    media(subtitle(2, 'dvd_subtitle', 'bitmap'), subtitle(3, 'subrip')),
    [beside('srt')],
    sign,
    '2',
  );
  expect(tracks.map(({ id, burned }) => [id, burned])).toEqual([
    ['file', false],
    ['2', true],
    ['3', false],
  ]);
});

test('fonts come with ASS only, and no giants among them', () => {
  const fonts = [
    font(4, 'ttf', 'A.ttf'),
    font(5, 'otf', null),
    font(6, 'unknown', 'x.txt'),
    font(7, 'ttf', 'Huge', 1e9),
  ];
  expect(subtitleFonts(media(subtitle(3, 'ass'), ...fonts), sign)).toEqual([
    { name: 'A.ttf', url: '/s/4?signature=x' },
    { name: 'Font 5', url: '/s/5?signature=x' },
  ]);
  expect(subtitleFonts(media(subtitle(3, 'subrip'), ...fonts), sign)).toEqual([]);
});
