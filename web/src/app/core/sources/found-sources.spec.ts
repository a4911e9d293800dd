import { Injector, runInInjectionContext, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { TitleReference } from '@hearth/contract/provider-exchange';
import type { TitleSources } from '@hearth/contract/source';
import { Api } from '../api/api';
import { foundSources } from './found-sources';
import { aTorrentSource } from './testing/a-source';

const film: TitleReference = { type: 'movie', name: 'A Film', externalIds: {} };
const answer = (ids: string[], searching: boolean): TitleSources => ({
  items: ids.map((id) => aTorrentSource(id)),
  ...{ searching, parts: [] },
});

/** A server whose answers are given one by one. */
function server(of: () => TitleReference | undefined) {
  const asked: { name?: string; wait: number }[] = [];
  const waiting: ((given: TitleSources | Error) => void)[] = [];
  const call = (_: unknown, question: { name?: string; wait: number }) => {
    asked.push({ name: question.name ?? '', wait: question.wait });
    return new Promise((resolve, reject) =>
      waiting.push((given) => (given instanceof Error ? reject(given) : resolve(given))),
    );
  };
  TestBed.configureTestingModule({ providers: [{ provide: Api, useValue: { call } }] });
  const found = runInInjectionContext(TestBed.inject(Injector), () => foundSources(of));
  const settle = async () => {
    TestBed.tick();
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  };
  const give = async (given: TitleSources | Error) => {
    waiting.shift()?.(given);
    await settle();
  };
  return { found, asked, give, settle };
}

test('what is known comes at once; then it is asked again until nobody is searching', async () => {
  const { found, asked, give, settle } = server(() => film);
  await settle();
  await give(answer(['a'], true));
  expect(found.value()?.items.map(({ id }) => id)).toEqual(['a']);
  await give(answer(['a', 'b'], false));
  expect(found.value()?.items).toHaveLength(2);
  expect(asked.map(({ wait }) => wait)).toEqual([0, 8]);
});

test('a search that never ends is given up', async () => {
  const { found, asked, give, settle } = server(() => film);
  await settle();
  for (let turn = 0; turn < 9; turn++) await give(answer([], true));
  expect(asked).toHaveLength(5);
  expect(found.value()?.searching).toBe(false);
});

test('another title forgets the one before, whatever comes of it late', async () => {
  const of = signal<TitleReference>(film);
  const { found, asked, give, settle } = server(of);
  await settle();
  of.set({ ...film, name: 'Another' });
  await settle();
  await give(answer(['late'], true));
  expect(found.value()).toBeUndefined();
  await give(answer(['right'], false));
  expect(found.value()?.items.map(({ id }) => id)).toEqual(['right']);
  expect(asked.map(({ name }) => name)).toEqual(['A Film', 'Another']);
});

test('a failure is said', async () => {
  const { found, give, settle } = server(() => film);
  await settle();
  await give(new Error('no'));
  expect(found.problem()?.detail).toBe('no');
});
