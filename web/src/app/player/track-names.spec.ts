import { audioName, subtitleName, type TrackWords } from './track-names';

const words: TrackWords = {
  unknown: 'Unknown',
  forced: 'forced',
  hearing: 'with sounds',
  channels: (count) => `${count} channels`,
};
const subtitle = {
  id: '1', format: 'vtt', url: '', burned: false, language: 'de', label: '', forced: false, hearingImpaired: false, isDefault: false, origin: 'embedded',
} as const; // prettier-ignore

test.each([
  [{}, 'German'],
  [{ label: 'German' }, 'German'],
  [{ label: 'DE' }, 'German'],
  [{ forced: true }, 'German · forced'],
  [{ label: 'SDH', hearingImpaired: true }, 'German · SDH · with sounds'],
  [{ language: null, label: 'Track 3' }, 'Track 3'],
  [{ language: null }, 'Unknown'],
])('subtitles %j', (change, name) =>
  expect(subtitleName({ ...subtitle, ...change }, 'en', words)).toBe(name),
);

test('sound says how many channels', () => {
  const track = {
    index: 1,
    language: 'en',
    label: 'Commentary',
    codec: 'aac',
    channels: 2,
    isDefault: false,
  };
  expect(audioName(track, 'en', words)).toBe('English · Commentary');
  expect(audioName({ ...track, label: 'en · stereo' }, 'en', words)).toBe('English · stereo');
  expect(audioName({ ...track, label: '' }, 'en', words)).toBe('English · 2 channels');
  expect(audioName({ ...track, label: '', channels: null }, 'de', words)).toBe('Englisch');
});
