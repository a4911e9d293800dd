import { ProblemError } from '../../common/problem-error.js';
import { decodeCursor, encodeCursor, type TitlePosition } from './title-cursor.js';

const positions: TitlePosition[] = [
  { sort: 'name', order: 'asc', key: 'amélie “poulain”', id: '01ABC' },
  { sort: 'name', order: 'desc', key: '', id: '01ABC' },
  { sort: 'year', order: 'desc', key: null, id: '01ABC' },
  { sort: 'rating', order: 'asc', key: 7.25, id: '01ABC' },
  { sort: 'added', order: 'desc', key: 1_795_000_000_000, id: '01ABC' },
];

test.each(positions)('comes back as it was: %j', (position) => {
  const cursor = encodeCursor(position);
  expect(cursor).toMatch(/^[\w-]+$/);
  expect(decodeCursor(cursor, position.sort, position.order)).toEqual(position);
});

test('a long name in any script fits what the contract lets through', () => {
  const cursor = encodeCursor({ sort: 'name', order: 'asc', key: '漢'.repeat(300), id: 'x'.repeat(26) });
  expect(cursor.length).toBeLessThanOrEqual(2048);
});

test('any changed character is refused', () => {
  const cursor = encodeCursor({ sort: 'name', order: 'asc', key: 'alien', id: '01ABC' });
  for (let at = 0; at < cursor.length - 1; at++) {
    const other = cursor[at] === 'A' ? 'B' : 'A';
    const changed = cursor.slice(0, at) + other + cursor.slice(at + 1);
    expect(() => decodeCursor(changed, 'name', 'asc')).toThrow(/not a cursor/);
  }
});

test.each(['', 'x', '!!!', 'e30', Buffer.from('00000000[]').toString('base64url')])('refuses %j', (text) => {
  expect(() => decodeCursor(text, 'name', 'asc')).toThrow(
    new ProblemError('VALIDATION_FAILED', {
      detail: 'cursor: not a cursor of this list; start again without one',
    }),
  );
});

test('refuses a cursor of another sort or order', () => {
  const cursor = encodeCursor({ sort: 'year', order: 'asc', key: 1999, id: '01ABC' });
  expect(() => decodeCursor(cursor, 'rating', 'asc')).toThrow(/cursor/);
  expect(() => decodeCursor(cursor, 'year', 'desc')).toThrow(/cursor/);
});
