import { downloadName } from './download-name.js';

test.each([
  [{ name: 'Long Crossing', year: 2020 }, null, null, 'Long Crossing (2020)'],
  [{ name: 'Long Crossing', year: null }, null, '720p', 'Long Crossing (720p)'],
  [
    { name: 'Harbour Nine', year: 2018 },
    { seasonNumber: 1, number: 2 },
    '480p',
    'Harbour Nine S01E02 (480p)',
  ],
  [{ name: '../..\\etc: "passwd"?', year: null }, null, null, 'etc passwd'],
  [{ name: 'Тени\u0000 забытых\npredki', year: 1965 }, null, null, 'Тени забытых predki (1965)'],
  [null, null, null, 'Download'],
])('%j %j %s', (title, episode, quality, expected) => {
  expect(downloadName(title, episode, quality)).toBe(expected);
});
