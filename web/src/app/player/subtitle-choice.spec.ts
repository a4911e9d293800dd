import type { Preferences } from '@hearth/contract/account';
import type { AudioTrack, SubtitleTrack } from '@hearth/contract/playback';
import { chooseSubtitles, heardTrack, toggledSubtitles } from './subtitle-choice';

const track = (id: string, language: string | null, extra: Partial<SubtitleTrack> = {}): SubtitleTrack => ({
  id,
  language,
  format: 'vtt',
  url: `/${id}.vtt`,
  burned: false,
  label: id,
  forced: false,
  hearingImpaired: false,
  isDefault: false,
  origin: 'embedded',
  ...extra,
});
const sound = (language: string | null, isDefault = true): AudioTrack => ({
  index: 1,
  language,
  label: '',
  codec: 'aac',
  channels: 2,
  isDefault,
});
const taste = (change: Partial<Preferences> = {}) => ({
  subtitleMode: 'foreign' as const,
  subtitleLanguages: [],
  audioLanguages: [],
  language: 'en',
  ...change,
});
const english = track('en', 'en');
const german = track('de', 'de');
const germanForced = track('de-forced', 'de', { forced: true });
const englishForced = track('en-forced', 'en', { forced: true });

test('none, whatever there is, when switched off', () => {
  expect(chooseSubtitles([english, englishForced], sound('ja'), taste({ subtitleMode: 'off' }))).toBeNull();
});

test('foreign: a film in a language one does not know gets subtitles in one that one reads', () => {
  expect(chooseSubtitles([german, english], sound('ja'), taste())).toBe('en');
  expect(chooseSubtitles([german, english], sound('ja'), taste({ subtitleLanguages: ['de'] }))).toBe('de');
});

test('foreign: a film one understands gets only the forced ones', () => {
  expect(chooseSubtitles([english, englishForced], sound('en-US'), taste())).toBe('en-forced');
  expect(chooseSubtitles([english], sound('en'), taste())).toBeNull();
  expect(chooseSubtitles([english, germanForced], sound('de'), taste({ audioLanguages: ['de'] }))).toBe(
    'de-forced',
  );
});

test('foreign: a sound without a language counts as understood', () => {
  expect(chooseSubtitles([english], sound(null), taste())).toBeNull();
  expect(chooseSubtitles([english], sound('und'), taste())).toBeNull();
  expect(chooseSubtitles([english], undefined, taste())).toBeNull();
});

test('forced: never full ones', () => {
  const mode = taste({ subtitleMode: 'forced' });
  expect(chooseSubtitles([english], sound('ja'), mode)).toBeNull();
  expect(chooseSubtitles([english, englishForced], sound('ja'), mode)).toBe('en-forced');
});

test('always: full ones in the first language that has them', () => {
  const mode = taste({ subtitleMode: 'always', subtitleLanguages: ['fr', 'de', 'en'] });
  expect(chooseSubtitles([english, germanForced, german], sound('en'), mode)).toBe('de');
});

test('always: without a language one reads, the forced ones, or none', () => {
  const mode = taste({ subtitleMode: 'always', subtitleLanguages: ['fr'] });
  expect(chooseSubtitles([german], sound('en'), mode)).toBeNull();
  expect(chooseSubtitles([german, englishForced], sound('en'), mode)).toBe('en-forced');
});

test('sound descriptions only when nothing else is there', () => {
  const described = track('en-sdh', 'en', { hearingImpaired: true, isDefault: true });
  const mode = taste({ subtitleMode: 'always' });
  expect(chooseSubtitles([described, english], sound('en'), mode)).toBe('en');
  expect(chooseSubtitles([described], sound('en'), mode)).toBe('en-sdh');
});

test('regions of a language are that language', () => {
  expect(chooseSubtitles([track('br', 'pt-BR')], sound('ja'), taste({ subtitleLanguages: ['pt'] }))).toBe(
    'br',
  );
});

test('the heard track is the default one, else the first', () => {
  expect(heardTrack([sound('en', false), sound('de')])?.language).toBe('de');
  expect(heardTrack([sound('en', false), sound('de', false)])?.language).toBe('en');
  expect(heardTrack([])).toBeUndefined();
});

test('c: off, then the last choice again, else the most suitable, else whatever there is', () => {
  expect(toggledSubtitles([english, german], 'de', null, taste())).toBeNull();
  expect(toggledSubtitles([english, german], null, 'de', taste())).toBe('de');
  expect(toggledSubtitles([german, english], null, 'gone', taste())).toBe('en');
  expect(toggledSubtitles([track('ja', 'ja')], null, null, taste())).toBe('ja');
  expect(toggledSubtitles([], null, null, taste())).toBeNull();
});
