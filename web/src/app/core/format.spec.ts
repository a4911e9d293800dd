import {
  formatAgo,
  formatBitrate,
  formatBytes,
  formatClock,
  formatDate,
  formatDuration,
  formatLanguage,
  formatResolution,
  formatYears,
} from './format';

test.each([
  [30, '30 sec'],
  [2880, '48 min'],
  [3600, '1 hr'],
  [7500, '2 hr 5 min'],
  // 59.6 minutes are an hour, never “60 min”.
  [3576, '1 hr'],
])('a duration of %d s reads %s', (seconds, text) => {
  expect(formatDuration(seconds, 'en-US')).toBe(text);
});

test.each([
  [0, '0:00'],
  [63, '1:03'],
  [3723.9, '1:02:03'],
  [-5, '0:00'],
])('the place %d s reads %s', (seconds, text) => {
  expect(formatClock(seconds)).toBe(text);
});

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1500, '2 kB'],
  [8.44e9, '8.4 GB'],
  [3.2e15, '3,200 TB'],
])('%d bytes read %s', (bytes, text) => {
  expect(formatBytes(bytes, 'en-US')).toBe(text);
});

test('a bitrate is in megabits from one million on', () => {
  expect(formatBitrate(9.2e6, 'en-US')).toContain('9.2');
  expect(formatBitrate(640_000, 'en-US')).toContain('640');
});

test.each([
  [2160, '4K'],
  [1600, '4K'],
  [1080, '1080p'],
  [800, '1080p'],
  [720, '720p'],
  [576, 'SD'],
])('a picture of %d lines is %s', (height, text) => {
  expect(formatResolution(height)).toBe(text);
});

test('years of films, ended and running series', () => {
  expect(formatYears('movie', 2019, null)).toBe('2019');
  expect(formatYears('series', 2019, 2023)).toBe('2019–2023');
  expect(formatYears('series', 2019, null)).toBe('2019–');
  expect(formatYears('series', 2019, 2019)).toBe('2019');
  expect(formatYears('movie', null, null)).toBe('');
});

test('what is no date or no language stays harmless', () => {
  expect(formatDate('someday', 'en')).toBe('');
  expect(formatLanguage('not a tag!', 'en')).toBe('not a tag!');
  expect(formatLanguage('de', 'en')).toBe('German');
});

test('ages are relative for a week, then a date', () => {
  const now = Date.parse('2026-03-10T12:00:00Z');
  expect(formatAgo('2026-03-10T11:59:30Z', 'en', now)).toBe('this minute');
  expect(formatAgo('2026-03-10T09:00:00Z', 'en', now)).toBe('3 hours ago');
  expect(formatAgo('2026-03-09T12:00:00Z', 'en', now)).toBe('yesterday');
  expect(formatAgo('2026-01-05T12:00:00Z', 'en', now)).toContain('2026');
});
