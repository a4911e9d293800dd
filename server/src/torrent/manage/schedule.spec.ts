import { limitsAt } from './schedule.js';

const base = { downloadLimit: 100, uploadLimit: 50 };
const night = { days: [5], fromMinute: 22 * 60, toMinute: 6 * 60, downloadLimit: 0, uploadLimit: -1 };
const noon = {
  days: [0, 1, 2, 3, 4, 5, 6],
  fromMinute: 720,
  toMinute: 780,
  downloadLimit: -1,
  uploadLimit: 7,
};
const sunday = { days: [0], fromMinute: 0, toMinute: 0, downloadLimit: 1, uploadLimit: 1 };
const saturdayNight = { ...night, days: [6] };

/** 2026-01-02 is a Friday; local time, whatever the zone. */
const at = (day: number, hour: number, minute = 0): Date => new Date(2026, 0, day, hour, minute);

const free = { downloadLimit: 100, uploadLimit: 50, holdsDownloads: false, holdsSeeding: false };
const atNight = { downloadLimit: 0, uploadLimit: 50, holdsDownloads: false, holdsSeeding: true };

test.each([
  ['no schedule', [], at(2, 23), free],
  ['before it begins', [night], at(2, 21, 59), free],
  ['its first minute', [night], at(2, 22), atNight],
  ['past midnight', [night], at(3, 5, 59), atNight],
  ['its end', [night], at(3, 6), free],
  ['the same hours of another day', [night], at(3, 22), free],
  ['Friday’s night is not Friday’s morning', [night], at(2, 3), free],
  ['from Saturday into Sunday', [saturdayNight], at(4, 1), atNight],
  ['a pause of downloads', [noon], at(7, 12, 30), { ...free, uploadLimit: 7, holdsDownloads: true }],
  ['the whole day', [sunday], at(4, 0), { ...free, downloadLimit: 1, uploadLimit: 1 }],
  [
    'the last minute of the whole day',
    [sunday],
    at(4, 23, 59),
    { ...free, downloadLimit: 1, uploadLimit: 1 },
  ],
  ['the day after', [sunday], at(5, 0), free],
  ['of two, the first', [sunday, noon], at(4, 12, 30), { ...free, downloadLimit: 1, uploadLimit: 1 }],
])('%s', (_, schedules, now, expected) => {
  expect(limitsAt({ ...base, schedules }, now)).toEqual(expected);
});
