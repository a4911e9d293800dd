import { jest } from '@jest/globals';
import { backoffMs } from './backoff.js';
import { JobInterrupted } from './job-queue.js';
import type { JobRecord } from './job-record.js';
import { JobRun } from './job-run.js';

const record: JobRecord = {
  ...{
    id: 'a',
    name: 'test',
    key: null,
    label: '',
    payload: '{}',
    state: 'running',
    priority: 0,
    progress: null,
  },
  ...{ message: '', attempts: 1, error: null, runAt: 0, createdAt: 0, startedAt: 0, endedAt: null },
};

describe('JobRun', () => {
  beforeEach(() => void jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] }));
  afterEach(() => void jest.useRealTimers());

  test('tells four times a second, saves once a second, whatever the handler does', () => {
    const told: string[] = [];
    const saved: string[] = [];
    const run = new JobRun(record, {
      tell: ({ latest }) => void told.push(latest.message),
      save: ({ latest }) => void saved.push(latest.message),
    });
    for (let at = 0; at < 3000; at += 10) {
      run.progress(at / 30, `${at}`);
      jest.advanceTimersByTime(10);
    }
    jest.advanceTimersByTime(2000);
    expect(told.length).toBeLessThanOrEqual(13);
    expect(saved).toHaveLength(4);
    expect(told.at(-1)).toBe('2990');
    expect(saved.at(-1)).toBe('2990');
  });

  test('keeps progress between 0 and 100', () => {
    const run = new JobRun(record, { tell: () => undefined, save: () => undefined });
    run.progress(140, '');
    expect(run.latest.progress).toBe(100);
    run.progress(-1, '');
    expect(run.latest.progress).toBe(0);
    run.progress(null, '');
    expect(run.latest.progress).toBeNull();
  });

  test('an interruption ends a paused breath and every later one', async () => {
    const run = new JobRun(record, { tell: () => undefined, save: () => undefined });
    run.pause();
    const breath = run.breathe();
    run.interrupt();
    await expect(breath).rejects.toThrow(JobInterrupted);
    run.pause();
    await expect(run.breathe()).rejects.toThrow(JobInterrupted);
  });
});

describe('backoffMs', () => {
  test.each([
    [1, 0.5, 1000],
    [2, 0.5, 2000],
    [4, 0.5, 8000],
    [4, 0, 4000],
    [4, 1, 12_000],
    [60, 0.5, 600_000],
  ])('after try %i with chance %f: %i ms', (attempt, chance, expected) => {
    expect(backoffMs(attempt, 1000, () => chance)).toBe(expected);
  });
});
