import type { LogEntry } from '@hearth/contract/system';
import { fits, lineOf, mostLines, pairsOf, withEntry } from './log-lines';

const entry = (change: Partial<LogEntry> = {}): LogEntry => ({
  time: '2026-11-21T03:00:00.000Z',
  level: 'info',
  scope: 'scan',
  message: 'Found 12 films',
  ...change,
});

test.each([
  ['debug', true],
  ['info', true],
  ['warn', false],
] as const)('an ordinary entry with the filter at %s shows: %s', (least, shown) =>
  expect(fits(entry(), least, '')).toBe(shown),
);

test('search looks at everything a line says, in any case', () => {
  expect(fits(entry(), 'info', '12 FILMS')).toBe(true);
  expect(fits(entry({ data: { path: '/media/Amelie' } }), 'info', 'amelie')).toBe(true);
  expect(fits(entry(), 'info', 'series')).toBe(false);
});

test('a line is what people paste into a report', () => {
  expect(lineOf(entry({ level: 'warn', data: { files: 3 } }))).toBe(
    '2026-11-21T03:00:00.000Z WARN  scan: Found 12 films {"files":3}',
  );
});

test('what an entry brings along reads as words', () => {
  expect(pairsOf(entry({ data: { path: '/media/Amelie', files: 3, ids: [1, 2] } }))).toBe(
    'path /media/Amelie · files 3 · ids [1,2]',
  );
  expect(pairsOf(entry())).toBe('');
});

test('no more lines than fit', () => {
  const many = Array.from({ length: mostLines }, () => entry());
  const more = withEntry(many, entry({ message: 'last' }));
  expect(more).toHaveLength(mostLines);
  expect(more.at(-1)?.message).toBe('last');
});
