import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { jest } from '@jest/globals';
import { Api } from '../api/api';
import { ProvidersInUse } from '../providers-in-use';
import { titlesOnScreen } from './on-screen';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** A wall of titles t0, t1…, of which those after `here` are on their way. */
function wall(haveSources = true) {
  const told: string[] = [];
  const call = (_: unknown, { titleIds }: { titleIds: readonly string[] }) => {
    told.push(titleIds.join(' '));
    return Promise.reject(new Error('The server is away.'));
  };
  const here = signal(100);
  const providers = { haveSources: signal(haveSources) };
  TestBed.configureTestingModule({
    providers: [
      { provide: Api, useValue: { call } },
      { provide: ProvidersInUse, useValue: providers },
    ],
  });
  const range = TestBed.runInInjectionContext(() =>
    titlesOnScreen((index) => (index < here() ? { id: `t${index}` } : undefined)),
  );
  const show = (first: number, last: number) => {
    range.set({ first, last });
    TestBed.tick();
  };
  const rest = () => {
    TestBed.tick();
    jest.advanceTimersByTime(1000);
  };
  return { told, here, providers, show, rest };
}

test('where a wall comes to rest is told, once, and not what flew by', () => {
  const { told, show, rest } = wall();
  show(0, 2);
  show(30, 32);
  show(60, 61);
  rest();
  expect(told).toEqual(['t60 t61']);
  show(0, 2);
  show(60, 61);
  rest();
  expect(told).toHaveLength(1);
});

test('titles that are on their way are told when they are here', () => {
  const { told, here, show, rest } = wall();
  here.set(1);
  show(0, 2);
  rest();
  here.set(3);
  rest();
  expect(told).toEqual(['t0', 't0 t1 t2']);
});

test('nothing is said while nobody could be asked', () => {
  const { told, providers, show, rest } = wall(false);
  show(0, 1);
  rest();
  expect(told).toEqual([]);
  providers.haveSources.set(true);
  rest();
  expect(told).toEqual(['t0 t1']);
});
