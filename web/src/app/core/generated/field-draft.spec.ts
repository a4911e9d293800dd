import { field, type Field } from '@hearth/contract/provider-manifest';
import { configOf, draftOf, faultOf, shownFields } from './field-draft';

const of = (fields: Partial<Field> & Pick<Field, 'name' | 'type'>): Field =>
  field.parse({ label: fields.name, ...fields });
const options = ['en', 'de'].map((id) => ({ id, label: id }));
const none = new Set<string>();

test('the form opens with what was set, else as the provider begins; passwords stay away', () => {
  const fields = [
    of({ name: 'host', type: 'url', default: 'https://example.org' }),
    of({ name: 'pages', type: 'number', default: 2 }),
    of({ name: 'safe', type: 'toggle' }),
    of({ name: 'languages', type: 'multiselect', options }),
    of({ name: 'key', type: 'password' }),
  ];
  expect(draftOf(fields, { pages: 5, safe: true, languages: ['de'], key: 'never sent' })).toEqual({
    host: 'https://example.org',
    pages: '5',
    safe: true,
    languages: ['de'],
    key: '',
  });
});

test.each<[string, Partial<Field> & Pick<Field, 'type'>, string, string | null]>([
  ['nothing where something is needed', { type: 'text', required: true }, ' ', 'needed'],
  ['nothing where nothing is needed', { type: 'number' }, '', null],
  ['no address', { type: 'url' }, 'example.org', 'addressWrong'],
  ['an address of something else', { type: 'url' }, 'ftp://example.org', 'addressWrong'],
  ['an address', { type: 'url' }, 'https://example.org/x', null],
  ['no number', { type: 'number' }, 'many', 'numberWrong'],
  ['a number with a comma', { type: 'number', min: 1 }, '1,5', null],
  ['too little', { type: 'number', min: 1 }, '0', 'numberLow'],
  ['too much', { type: 'number', max: 9 }, '10', 'numberHigh'],
])('%s', (_, fields, value, fault) => {
  expect(faultOf(of({ ...fields, name: 'x' }), { x: value })).toBe(fault);
});

test('a password that is needed and set already may be left empty', () => {
  const key = of({ name: 'key', type: 'password', required: true });
  expect([faultOf(key, { key: '' }), faultOf(key, { key: '' }, true)]).toEqual(['needed', null]);
});

describe('what the server is told', () => {
  const key = of({ name: 'key', type: 'password' });

  test('a password is told when it was typed, emptied when it is to be forgotten, else left out', () => {
    expect(configOf([key], { key: '' }, {}, none)).toEqual({});
    expect(configOf([key], { key: 's3cret' }, {}, none)).toEqual({ key: 's3cret' });
    expect(configOf([key], { key: '' }, {}, new Set(['key']))).toEqual({ key: '' });
  });

  test('numbers are numbers, what is empty is left out, words on the form are not told', () => {
    const fields = [
      of({ name: 'pages', type: 'number' }),
      of({ name: 'name', type: 'text' }),
      of({ name: 'about', type: 'info' }),
    ];
    expect(configOf(fields, { pages: '2,5', name: ' ', about: 'x' }, {}, none)).toEqual({ pages: 2.5 });
  });

  test('what does not apply keeps what it was', () => {
    const fields = [
      of({ name: 'own', type: 'toggle' }),
      of({ name: 'host', type: 'url', required: true, dependsOn: { name: 'own', in: ['true'] } }),
    ];
    const before = { own: true, host: 'https://example.org' };
    const draft = { ...draftOf(fields, before), own: false };
    expect(shownFields(fields, draft)).toEqual([fields[0]]);
    expect(configOf(fields, draft, before, none)).toEqual({ own: false, host: 'https://example.org' });
  });
});
