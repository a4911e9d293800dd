import { catalog, type Extra } from '@hearth/contract/provider-manifest';
import { ProblemError } from '../../common/problem-error.js';
import { filtersOf, usualFilters } from './catalog-filters.js';

const options = [{ id: 'a', label: 'A' }, { id: 'b', label: 'B' }, { id: 'c', label: 'C' }]; // prettier-ignore
const extras: readonly Partial<Extra>[] = [
  { name: 'search' },
  { name: 'one', type: 'select', options },
  { name: 'free', type: 'select' },
  { name: 'some', type: 'multiselect', options, optionsLimit: 2, default: 'a' },
  { name: 'year', type: 'range', min: 1900, max: 2000 },
  { name: 'on', type: 'toggle' },
  { name: 'sort', type: 'sort', options, default: 'b' },
  { name: 'detail', type: 'text', dependsOn: { name: 'one', in: ['a'] } },
];
const films = catalog.parse({ type: 'movie', id: 'films', name: 'Films', extra: extras });
const usual = { some: 'a', sort: 'b' };

test.each([
  [{}, usual],
  [{ search: '  a film ' }, { ...usual, search: 'a film' }],
  [{ search: '', some: '', sort: '' }, {}],
  [{ one: 'b' }, { ...usual, one: 'b' }],
  [{ free: 'anything' }, { ...usual, free: 'anything' }],
  [{ some: 'b,a' }, { ...usual, some: 'b,a' }],
  [{ some: ['b', 'a', 'b'] }, { ...usual, some: 'b,a' }],
  [{ year: '1920-1929' }, { ...usual, year: '1920-1929' }],
  [{ year: '-1929' }, { ...usual, year: '-1929' }],
  [{ year: '-' }, usual],
  [{ on: 'true' }, { ...usual, on: 'true' }],
  [{ on: 'false' }, usual],
  [
    { detail: 'x', one: 'a' },
    { ...usual, detail: 'x', one: 'a' },
  ],
  [
    { detail: 'x', one: 'b' },
    { ...usual, one: 'b' },
  ],
])('%j is asked as %j', (query, filters) => expect(filtersOf(films, query)).toEqual(filters));

test.each([
  [{ stranger: 'x' }, ['stranger']],
  [{ search: ['a', 'b'] }, ['search']],
  [{ search: { deep: 'x' } }, ['search']],
  [{ search: 'x'.repeat(1001) }, ['search']],
  [{ one: 'd', sort: 'd' }, ['one', 'sort']],
  [{ some: 'a,d' }, ['some']],
  [{ some: 'a,b,c' }, ['some']],
  [{ year: '1920' }, ['year']],
  [{ year: '1930-1920' }, ['year']],
  [{ year: '1899-' }, ['year']],
  [{ year: '-2001' }, ['year']],
  [{ year: '1e3-' }, ['year']],
  [{ on: 'yes' }, ['on']],
])('%j is refused for %j', (query, paths) => {
  const refusal = (): unknown => {
    try {
      return filtersOf(films, query);
    } catch (error) {
      return error;
    }
  };
  const error = refusal();
  expect(error).toBeInstanceOf(ProblemError);
  expect(error).toMatchObject({ code: 'VALIDATION_FAILED' });
  expect((error as ProblemError).extras.errors?.map(({ path }) => path)).toEqual(paths);
});

test('what has to be set is asked for, once it is shown', () => {
  const required = (...more: Partial<Extra>[]) => catalog.parse({ ...films, extra: [{ name: 'q', isRequired: true }, ...more] });
  expect(() => filtersOf(required(), { q: ' ' })).toThrow(ProblemError);
  expect(filtersOf(required(), { q: 'x' })).toEqual({ q: 'x' });
  expect(usualFilters(required())).toBeNull();
  expect(usualFilters(films)).toEqual(usual);
  const hidden = catalog.parse({ ...films, extra: [{ name: 'q', isRequired: true, dependsOn: { name: 'x', in: ['y'] } }] });
  expect(usualFilters(hidden)).toEqual({});
}); // prettier-ignore
