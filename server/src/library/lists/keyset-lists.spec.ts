import { openTestDatabase, type TestDatabase } from '../../../../tests/support/database.js';
import { ProblemError } from '../../common/problem-error.js';
import { libraryEntities } from '../entities.js';
import { KeysetLists, type OrderedList } from './keyset-lists.service.js';
import { readListCursor, writeListCursor } from './list-cursor.js';

let opened: TestDatabase;
let lists: KeysetLists;
const list = (more: Partial<OrderedList> = {}): OrderedList => ({
  table: 'artist',
  column: 'sort_name',
  descending: false,
  where: [],
  ...more,
});
/** Pairs share a name, so that ids decide. */
const names = Array.from({ length: 23 }, (_, at) => `n${String(Math.floor(at / 2)).padStart(2, '0')}`);
const ids = names.map((name, at) => `${name}-${at % 2}`);

beforeAll(async () => {
  opened = await openTestDatabase(libraryEntities);
  lists = new KeysetLists(opened.database);
  await opened.database.write(async (manager) => {
    for (const library of ['seen', 'hidden'])
      await manager.sql`INSERT INTO library (id, name, kind, created_at) VALUES (${library}, 'L', 'music', 0)`;
    for (const [at, name] of names.entries())
      await manager.sql`INSERT INTO artist (id, library_id, identity, name, sort_name, added_at)
        VALUES (${ids[at]}, ${at === 5 ? 'hidden' : 'seen'}, ${ids[at]}, ${name}, ${name}, 0)`;
  });
});
afterAll(() => opened.close());

test.each([false, true])('a window is the same rows from whichever end it is nearer, descending %s', async (descending) => {
  const all = descending ? ids.toReversed() : ids;
  for (let start = 0; start <= all.length + 1; start++)
    expect(await lists.window(list({ descending }), { start, count: 4 }, all.length)).toEqual(
      all.slice(start, start + 4),
    );
  expect(await lists.window(list({ descending }), { start: 0, count: 0 }, all.length)).toEqual(all);
}); // prettier-ignore

test.each([false, true])(
  'pages by key miss nothing and repeat nothing, descending %s',
  async (descending) => {
    const found: string[] = [];
    for (let after: { key: string | number; id: string } | undefined; ;) {
      const places = await lists.places(list({ descending }), after, 4);
      found.push(...places.map(({ id }) => id));
      after = places.at(-1);
      if (places.length < 4) break;
    }
    expect(found).toEqual(descending ? ids.toReversed() : ids);
  },
);

test('what is left out is not counted either', async () => {
  const where = [{ sql: 'x.library_id NOT IN (:...hidden)', parameters: { hidden: ['hidden'] } }];
  expect(await lists.count(list({ where }))).toBe(22);
  expect(await lists.window(list({ where }), { start: 4, count: 2 }, 22)).toEqual([ids[4], ids[6]]);
});

test('a cursor belongs to its list, whole', () => {
  const cursor = writeListCursor('albums by name', { key: 'x', id: 'i' });
  expect(readListCursor('albums by name', cursor)).toEqual({ key: 'x', id: 'i' });
  for (const [of, text] of [['albums by year', cursor], ['albums by name', `${cursor}x`], ['albums by name', '']] as const)
    expect(() => readListCursor(of, text)).toThrow(ProblemError);
}); // prettier-ignore
