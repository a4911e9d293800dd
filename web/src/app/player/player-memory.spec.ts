import { parseHabits, parseNoted } from './player-memory';

test('what is stored comes back', () => {
  const habits = { volume: 0.4, muted: true, subtitleSize: 150 };
  expect(parseHabits(habits)).toEqual(habits);
  const noted = { target: 'title/7', position: 12, at: 5 };
  expect(parseNoted(noted)).toEqual(noted);
});

test.each([undefined, null, 'x', [], { volume: 7, muted: 'yes', subtitleSize: 9000 }])(
  '%j means what is usual',
  (value) => {
    expect(parseHabits(value)).toEqual({ volume: 1, muted: false, subtitleSize: 100 });
  },
);

test.each([undefined, null, {}, { target: 'title/7', position: '12', at: 5 }])('%j is no place', (value) => {
  expect(parseNoted(value)).toBeUndefined();
});
