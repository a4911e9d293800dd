import { DataSource } from 'typeorm';
import type { Testing } from './testing.js';
import { applyTitleFilter, type TitleFilter } from './title-filter.js';

const source = new DataSource({ type: 'sqlite', database: ':memory:' });

function sqlOf(filter: TitleFilter, testing: Testing = 'set'): [string, unknown[]] {
  const query = source.createQueryBuilder().select('COUNT(*)', 'n').from('title', 't');
  const [sql, parameters] = applyTitleFilter(query, filter, 'me', testing).getQueryAndParameters();
  return [sql.slice(sql.indexOf('WHERE') + 6).replaceAll('"', ''), parameters];
}

beforeAll(() => source.initialize());
afterAll(() => source.destroy());

test('no filter states the types for a set, nothing for a walk', () => {
  expect(sqlOf({})[0]).toBe("t.type IN ('movie', 'series')");
  expect(sqlOf({}, 'each')[0]).not.toContain('WHERE');
});

test.each<[TitleFilter, string, unknown[]]>([
  [{ type: 'movie' }, 't.type = ?', ['movie']],
  [{ libraryId: 'l' }, "t.library_id || '' = ?", ['l']],
  [{ year: '1999' }, 't.year + 0 BETWEEN 1999 AND 1999', []],
  [{ year: '2005-1990' }, 't.year + 0 BETWEEN 1990 AND 2005', []],
  [{ minRating: 7.5 }, 't.rating + 0 >= 7.5', []],
  [{ contentRating: ['PG', 'R'] }, 't.content_rating IN (?, ?)', ['PG', 'R']],
  [{ resolution: ['sd', '2160p'] }, 't.max_height < 700) OR (t.max_height >= 2000', []],
  [{ hdr: false }, 't.hdr = ?', [0]],
  [{ available: true }, 't.available = ?', [1]],
  [{ letter: 'q' }, 't.letter = ?', ['Q']],
  [{ letter: 'q', hdr: true }, "t.letter || '' = ?", [1, 'Q']],
  [
    { genre: ['A', 'B'] },
    't.id IN (SELECT r.title_id FROM title_genre r WHERE r.genre IN (?, ?))',
    ['A', 'B'],
  ],
  [{ personId: 'p' }, 't.id IN (SELECT r.title_id FROM credit r WHERE r.person_id = ?)', ['p']],
  [{ favorite: true }, 't.id IN (SELECT r.title_id FROM favorite r WHERE r.account_id = ?)', ['me']],
  [{ favorite: false }, 'NOT EXISTS (SELECT 1 FROM favorite r WHERE r.title_id = t.id', ['me']],
  [{ ids: ['a', 'b'] }, 't.id IN (?, ?)', ['a', 'b']],
  [{ ids: [] }, '1 = 0', []],
])('%j', (filter, sql, parameters) => {
  const [condition, given] = sqlOf(filter);
  expect(condition).toContain(sql);
  expect(given).toEqual(parameters);
});

test('filters combine with “and”, and what a person gives never becomes SQL', () => {
  const [sql, parameters] = sqlOf({ type: 'movie', genre: ["x' OR 1=1 --"], letter: "'" });
  expect(sql.match(/ AND /g)).toHaveLength(2);
  expect(sql).not.toContain('1=1');
  expect(parameters).toContain("x' OR 1=1 --");
});

test('a walk looks related rows up; so does a set of which little is left', () => {
  expect(sqlOf({ genre: ['A'] }, 'each')[0]).toContain('EXISTS (SELECT 1 FROM title_genre');
  expect(sqlOf({ genre: ['A'], year: '1999', minRating: 8 })[0]).toContain(
    'EXISTS (SELECT 1 FROM title_genre',
  );
});

test('the films of a genre that were not watched are those that its own rows leave', () => {
  const [sql, parameters] = sqlOf({ type: 'movie', genre: ['A'], watched: 'no' });
  expect(sql).toMatch(/^t.id IN \(SELECT .* r.type = \? AND NOT EXISTS \(.* ps.title_id = r.title_id\)\)$/);
  expect(parameters).toEqual(['A', 'movie', 'me', 1]);
});

test('what is not watched is left out as a set, or looked up one by one', () => {
  expect(sqlOf({ watched: 'no', type: 'movie' })[0]).toMatch(
    /^t.type = \? AND NOT EXISTS \(SELECT 1 FROM play_state [^()]*ps.title_id = t.id\)$/,
  );
  expect(sqlOf({ watched: 'no', type: 'movie' }, 'each')[0]).toContain(
    'NOT EXISTS (SELECT 1 FROM play_state',
  );
});
