import { defineMessages, phrase } from './messages';

test('values are filled in, numbers by locale, unknown names left visible', () => {
  expect(phrase('{count} of {total} for {name}', { count: 12_345, total: 20_000, name: 'Marta' }, 'de')).toBe(
    '12.345 of 20.000 for Marta',
  );
  expect(phrase('{missing}', {}, 'en')).toBe('{missing}');
});

test('the plural form follows the language, not English', () => {
  const forms = { one: '{count} плёнка', few: '{count} плёнки', other: '{count} плёнок' };
  expect([1, 3, 5, 21].map((count) => phrase(forms, { count }, 'ru'))).toEqual([
    '1 плёнка',
    '3 плёнки',
    '5 плёнок',
    '21 плёнка',
  ]);
});

test('a missing form falls back to “other”', () => {
  expect(phrase({ other: '{count} titles' }, { count: 1 }, 'en')).toBe('1 titles');
});

test('both languages are there under the same keys', () => {
  const messages = defineMessages({ yes: 'Yes' }, { yes: 'Ja' });
  expect(Object.keys(messages.de)).toEqual(Object.keys(messages.en));
});
