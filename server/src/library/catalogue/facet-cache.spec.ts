import type { TitleFacets } from '@hearth/contract/title';
import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.js';
import { LogSink, Logger } from '../../common/log/logger.js';
import { EventBus } from '../../events/event-bus.js';
import { FacetCacheService } from './facet-cache.service.js';

let opened: TestDatabase;
let events: EventBus;
let cache: FacetCacheService;
let counted: string[];
beforeAll(async () => (opened = await openTestDatabase([])));
afterAll(() => opened.close());
beforeEach(() => {
  events = new EventBus(opened.database, new Logger(new LogSink('error', () => undefined), 'test'));
  cache = new FacetCacheService(events);
  counted = [];
});

const none: TitleFacets = { genres: [], decades: [], resolutions: [], contentRatings: [], letters: [] };
const ask = (key: string, accountId?: string) =>
  cache.facets(key, accountId, () => {
    counted.push(key);
    return Promise.resolve(none);
  });

test('counts once until the library changes', async () => {
  await Promise.all([ask('a'), ask('a')]);
  await ask('b');
  expect(counted).toEqual(['a', 'b']);
  events.publish('library.changed', { libraryId: 'l', titleIds: [] });
  await ask('a');
  expect(counted).toEqual(['a', 'b', 'a']);
});

test('what an account did concerns its own counts only', async () => {
  await ask('all');
  await ask('mine', 'me');
  await ask('theirs', 'you');
  events.publish('favorites.changed', { titleId: 't', favorite: true }, 'me');
  for (const [key, account] of [['all'], ['mine', 'me'], ['theirs', 'you']] as const) await ask(key, account);
  expect(counted).toEqual(['all', 'mine', 'theirs', 'mine']);
});

test('what changed while it was counted is counted again', async () => {
  const slow = cache.facets('a', undefined, async () => {
    await Promise.resolve();
    counted.push('a');
    return none;
  });
  events.publish('library.changed', { libraryId: 'l', titleIds: [] });
  await slow;
  await ask('a');
  expect(counted).toEqual(['a', 'a']);
});

test('a failure is not kept', async () => {
  await expect(cache.facets('a', undefined, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await ask('a');
  expect(counted).toEqual(['a']);
});
