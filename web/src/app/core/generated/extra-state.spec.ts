import { extra, type Extra } from '@hearth/contract/provider-manifest';
import { missingExtras, queryOf, rangeText, shownExtras, valueOf } from './extra-state';

const options = ['drama', 'comedy', 'war'].map((id) => ({ id, label: id }));
const of = (fields: Partial<Extra> & Pick<Extra, 'name'>): Extra => extra.parse(fields);

test.each<[string, Partial<Extra>, string | undefined, string]>([
  ['what nobody offers is left out', { type: 'select', options }, 'horror', ''],
  ['a choice of the list stands', { type: 'select', options }, 'war', 'war'],
  ['nothing is said: as the provider begins', { type: 'select', options, default: 'war' }, undefined, 'war'],
  ['taken away on purpose', { type: 'select', options, default: 'war' }, '', ''],
  ['one is needed: the first', { type: 'select', options, isRequired: true }, '', 'drama'],
  ['of several, the known ones', { type: 'multiselect', options }, 'war,horror,drama', 'war,drama'],
  ['no more than it takes', { type: 'multiselect', options, optionsLimit: 1 }, 'war,drama', 'war'],
  ['a range within its bounds', { type: 'range', min: 1900, max: 2000 }, '1950-2100', '1950-2000'],
  ['a range that is open', { type: 'range' }, '1950-', '1950-'],
  ['a range of nonsense', { type: 'range' }, 'old', ''],
  ['a switch is on or not there', { type: 'toggle' }, 'yes', ''],
])('%s', (_, fields, text, expected) => {
  expect(valueOf(of({ ...fields, name: 'x' }), { x: text })).toBe(expected);
});

test('ends that are turned around are turned back', () => {
  expect(rangeText(of({ name: 'year', type: 'range' }), 1990, 1980)).toBe('1980-1990');
  expect(rangeText(of({ name: 'degrees', type: 'range' }), -5, 5)).toBe('-5-5');
});

describe('one that depends on another', () => {
  const extras = [
    of({ name: 'kind', type: 'select', options: [{ id: 'film', label: 'Film' }] }),
    of({ name: 'genre', type: 'multiselect', options, dependsOn: { name: 'kind', in: ['film'] } }),
    of({ name: 'mood', type: 'toggle', dependsOn: { name: 'genre', in: ['war'] } }),
  ];

  test('is shown, and asked with, only while the other is', () => {
    const values = { kind: 'film', genre: 'drama,war', mood: 'true' };
    expect(queryOf(extras, values)).toEqual(values);
    expect(queryOf(extras, { ...values, kind: undefined })).toEqual({});
    expect(shownExtras(extras, { ...values, genre: 'drama' }).map(({ name }) => name)).toEqual([
      'kind',
      'genre',
    ]);
  });

  test('two that wait for each other never show', () => {
    const circle = [
      of({ name: 'a', dependsOn: { name: 'b', in: ['1'] } }),
      of({ name: 'b', dependsOn: { name: 'a', in: ['1'] } }),
    ];
    expect(shownExtras(circle, { a: '1', b: '1' })).toEqual([]);
  });
});

test('what must be typed first is named', () => {
  const search = of({ name: 'search', isRequired: true });
  expect(missingExtras([search], {})).toEqual([search]);
  expect(missingExtras([search], { search: 'metropolis' })).toEqual([]);
});
