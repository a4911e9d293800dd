import { jest } from '@jest/globals';
import { SettledScopes } from './settled-scopes.js';

describe('settled scopes', () => {
  const released: string[][] = [];
  let scopes: SettledScopes;
  beforeEach(() => {
    jest.useFakeTimers();
    released.length = 0;
    scopes = new SettledScopes(
      (each) => released.push(each),
      2000,
      () => Date.now(),
    );
  });
  afterEach(() => {
    scopes.stop();
    jest.useRealTimers();
  });

  test('are released together, once, when they have been quiet', () => {
    scopes.add('a');
    jest.advanceTimersByTime(1500);
    scopes.add('b');
    jest.advanceTimersByTime(1900);
    scopes.add('b');
    expect(released.flat()).not.toContain('b');
    jest.advanceTimersByTime(2100);
    expect(released.flat().sort()).toEqual(['a', 'b']);
    jest.advanceTimersByTime(60_000);
    expect(released.flat()).toHaveLength(2);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('a directory that a copy keeps busy waits, the others do not', () => {
    scopes.add('quiet');
    for (let second = 0; second < 10; second++) {
      scopes.add('busy');
      jest.advanceTimersByTime(1000);
    }
    expect(released).toEqual([['quiet']]);
    jest.advanceTimersByTime(2000);
    expect(released).toEqual([['quiet'], ['busy']]);
  });
});
