import { preferences, preferencesChange } from './account.js';

test('a change of preferences states what changes, and nothing else', () => {
  expect(preferencesChange.parse({})).toEqual({});
  expect(preferencesChange.parse({ language: 'de' })).toEqual({ language: 'de' });
  expect(Object.keys(preferencesChange.shape)).toEqual(Object.keys(preferences.shape));
  expect(() => preferencesChange.parse({ theme: 'pink' })).toThrow();
});
