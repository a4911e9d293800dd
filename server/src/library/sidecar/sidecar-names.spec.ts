import { readArtworkName } from './artwork.js';
import { readExtraName } from './extra-name.js';
import { fileKindOf } from './file-kind.js';
import { readSubtitleName } from './subtitle-name.js';

describe('subtitles beside “Film (2000)”', () => {
  const row = (language: string | null, more: object = {}) => ({
    language,
    forced: false,
    hearingImpaired: false,
    label: null,
    ...more,
  });
  test.each([
    ['Film (2000).srt', row(null)],
    ['Film (2000).en.srt', row('en')],
    ['Film (2000).eng.forced.srt', row('en', { forced: true })],
    ['Film (2000).forced.en.srt', row('en', { forced: true })],
    ['film (2000).EN.sdh.ass', row('en', { hearingImpaired: true })],
    ['Film (2000).en.hi.srt', row('en', { hearingImpaired: true })],
    ['Film (2000).hi.srt', row('hi')],
    ['Film (2000).pt-BR.vtt', row('pt-BR')],
    ['Film (2000)_German.default.srt', row('de')],
    ['Film (2000).en.Commentary.srt', row('en', { label: 'Commentary' })],
    ['Film (2000).zh-Hans.srt', row('zh-Hans')],
  ])('%s', (name, expected) => {
    expect(readSubtitleName(name, 'Film (2000)')).toMatchObject(expected);
  });

  test.each(['Film (2000) 2.en.srt', 'Film (2001).en.srt', 'Film (2000)b.en.srt'])(
    '%s is another’s',
    (name) => {
      expect(readSubtitleName(name, 'Film (2000)')).toBeNull();
    },
  );

  test.each([
    ['2_English.srt', row('en')],
    ['3_French (forced).srt', row('fr', { forced: true })],
    ['English SDH.srt', row('en', { hearingImpaired: true })],
  ])('%s in Subs', (name, expected) => {
    expect(readSubtitleName(name, null)).toMatchObject(expected);
  });
});

test.each([
  ['poster.jpg', { kind: 'poster', base: null, season: null }],
  ['Folder.PNG', { kind: 'poster', base: null }],
  ['fanart.jpg', { kind: 'backdrop', base: null }],
  ['backdrop.webp', { kind: 'backdrop', base: null }],
  ['clearlogo.png', { kind: 'logo', base: null }],
  ['Film (2000)-poster.jpg', { kind: 'poster', base: 'film (2000)' }],
  ['Film (2000)-fanart.jpg', { kind: 'backdrop', base: 'film (2000)' }],
  ['Show S01E01-thumb.jpg', { kind: 'still', base: 'show s01e01' }],
  ['Film (2000).jpg', { kind: 'poster', base: 'film (2000)' }],
  ['season01-poster.jpg', { kind: 'poster', season: 1 }],
  ['season-specials-poster.jpg', { kind: 'poster', season: 0 }],
  ['Season 2.jpg', { kind: 'poster', season: 2 }],
  ['season-all-poster.jpg', { kind: 'poster', season: -1 }],
])('%s is artwork', (name, expected) => {
  expect(readArtworkName(name)).toMatchObject(expected);
});

test('what is no picture is no artwork', () => {
  expect(readArtworkName('poster.txt')).toBeNull();
});

test.each([
  ['Film (2000)/Trailers/one.mkv', 'trailer', 'Film (2000)', null],
  ['Film (2000)/Behind The Scenes/one.mkv', 'behind-the-scenes', 'Film (2000)', null],
  ['Show/Season 1/Extras/one.mkv', 'extra', 'Show/Season 1', null],
  ['Film (2000)/Film (2000)-trailer.mkv', 'trailer', 'Film (2000)', 'film (2000)'],
  ['Film (2000)-deleted.mkv', 'deleted-scene', '', 'film (2000)'],
  ['Film (2000)/trailer.mp4', 'trailer', 'Film (2000)', null],
])('%s is an extra', (path, kind, ownerDirectory, ownerBase) => {
  expect(readExtraName(path)).toEqual({ kind, ownerDirectory, ownerBase });
});

test.each([
  'Film (2000)/Film (2000).mkv',
  'Shorts/Some Film (2000).mkv',
  'The.Interview.2014.mkv',
  'Deleted.mkv',
  'Trailer.mkv',
])('%s is no extra', (path) => {
  expect(readExtraName(path)).toBeNull();
});

test.each([
  ['a.MKV', 'video'], ['a.srt', 'subtitle'], ['a.nfo', 'nfo'], ['a.jpg', 'image'], ['a.flac', 'audio'], ['a.txt', null], ['.mkv', null], ['mkv', null],
])('%s is of kind %p', (name, kind) => {
  expect(fileKindOf(name)).toBe(kind);
}); // prettier-ignore
