import type { Job } from '@hearth/contract/job';
import { actionsOf, withJob, withoutZeros } from './job-actions';

const job = (id: string, progress: number): Job => ({
  id,
  progress,
  name: 'library.scan',
  label: 'Films',
  state: 'running',
  message: '',
  attempts: 1,
  error: null,
  createdAt: '2026-01-01T00:00:00Z',
  startedAt: null,
  endedAt: null,
});

test('what has ended can only be run again, and not what succeeded', () => {
  expect(actionsOf('done')).toEqual([]);
  expect(actionsOf('failed')).toEqual(['retry']);
  expect(actionsOf('running')).toEqual(['pause', 'cancel']);
  expect(actionsOf('paused')).toEqual(['resume', 'cancel']);
});

test('the newest word replaces the old one in its place', () => {
  expect(withJob([job('a', 1), job('b', 1)], job('b', 50))).toEqual([job('a', 1), job('b', 50)]);
});

test('a new job comes first', () =>
  expect(withJob([job('a', 1)], job('c', 0)).map(({ id }) => id)).toEqual(['c', 'a']));

test('counts of nothing are left out, but never the first one', () => {
  expect(withoutZeros('0 of 9 files · 2 new · 0 changed · 10 unreadable')).toBe(
    '0 of 9 files · 2 new · 10 unreadable',
  );
  expect(withoutZeros('Looking for files')).toBe('Looking for files');
});
