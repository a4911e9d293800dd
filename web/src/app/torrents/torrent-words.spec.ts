import { guessText } from './torrent-words';

const none = {
  title: 'Night Shift',
  year: null,
  season: null,
  episodes: [],
  resolution: null,
  source: null,
  videoCodec: null,
  audioCodec: null,
};

test.each([
  [{}, 'Night Shift'],
  [{ year: 2018 }, 'Night Shift (2018)'],
  [{ season: 1, episodes: [2] }, 'Night Shift · S1 E2'],
  [{ season: 1, episodes: [2, 3, 4] }, 'Night Shift · S1 E2–4'],
  [{ season: 3 }, 'Night Shift · S3'],
  [{ year: 2018, resolution: '1080p', source: 'WEB-DL' }, 'Night Shift (2018) · 1080p · WEB-DL'],
  [{ title: '' }, ''],
])('%p reads “%s”', (guess, text) => {
  expect(guessText({ ...none, ...guess })).toBe(text);
});
