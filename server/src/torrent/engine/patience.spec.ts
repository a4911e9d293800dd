import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { Patience } from './patience.js';

beforeEach(() => void jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] }));
afterEach(() => void jest.useRealTimers());

const refusal = new Error('Enough');
const never = new Promise<void>(() => undefined);
const after = (ms: number): Promise<string> => new Promise((resolve) => setTimeout(resolve, ms, 'came'));

test('gives what comes in time', async () => {
  const patience = new Patience(100, () => refusal);
  const waited = patience.during(after(99), () => undefined);
  await jest.advanceTimersByTimeAsync(99);
  expect(await waited).toBe('came');
  expect(jest.getTimerCount()).toBe(0);
});

test('gives up after the time, and says so to the work', async () => {
  const patience = new Patience(100, () => refusal);
  const gaveUp = jest.fn();
  const waited = patience.during(never, gaveUp).catch((error: unknown) => error);
  await jest.advanceTimersByTimeAsync(100);
  expect(await waited).toBe(refusal);
  expect(gaveUp).toHaveBeenCalledTimes(1);
});

test('waits that brought nothing add up; what lies between them does not count', async () => {
  const patience = new Patience(100, () => refusal);
  const first = patience.during(after(60), () => undefined);
  await jest.advanceTimersByTimeAsync(60);
  await first;
  await jest.advanceTimersByTimeAsync(10_000);
  const second = patience.during(never, () => undefined).catch((error: unknown) => error);
  await jest.advanceTimersByTimeAsync(39);
  await expect(Promise.race([second, Promise.resolve('waits')])).resolves.toBe('waits');
  await jest.advanceTimersByTimeAsync(1);
  expect(await second).toBe(refusal);
});

test('whatever comes gives the whole time back', async () => {
  const patience = new Patience(100, () => refusal);
  for (let round = 0; round < 5; round++) {
    const waited = patience.during(after(90), () => undefined);
    await jest.advanceTimersByTimeAsync(90);
    expect(await waited).toBe('came');
    patience.renew();
  }
});

test('passes on what the work throws', async () => {
  const patience = new Patience(100, () => refusal);
  await expect(patience.during(Promise.reject(new Error('broken')), () => undefined)).rejects.toThrow(
    'broken',
  );
});
