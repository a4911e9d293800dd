import { dayName, dayOf, groupByDay } from './days';

const entry = (id: string, watchedAt: Date) =>
  // Only the time matters for grouping.
  ({ id, watchedAt: watchedAt.toISOString() }) as unknown as Parameters<typeof groupByDay>[0][number];

test('groups by the calendar day of this place, in order', () => {
  const late = new Date(2026, 10, 20, 23, 59);
  const early = new Date(2026, 10, 20, 0, 1);
  const before = new Date(2026, 10, 19, 23, 59);
  const days = groupByDay([entry('a', late), entry('b', early), entry('c', before)]);
  expect(days.map((day) => [day.key, day.entries.map(({ id }) => id)])).toEqual([
    ['2026-11-20', ['a', 'b']],
    ['2026-11-19', ['c']],
  ]);
});

const words = { today: 'Today', yesterday: 'Yesterday' };
test.each([
  [new Date(2026, 2, 1), 'Today'],
  [new Date(2026, 1, 28), 'Yesterday'],
  [new Date(2026, 1, 20), 'Friday 20 February'],
  [new Date(2025, 11, 31), 'Wednesday 31 December 2025'],
])('%s is “%s” on the first of March', (day, name) => {
  const shown = dayName(dayOf(day), 'en-GB', words, new Date(2026, 2, 1, 9));
  expect(shown.replace(',', '')).toBe(name);
});
