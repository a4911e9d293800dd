import {
  day,
  integerBetween,
  listOf,
  numberBetween,
  plainText,
  prose,
  webAddress,
  words,
  year,
} from './lenient.js';
import { isSameName } from './builtin/same-name.js';

test.each([
  [words(5), ' a  b<br>c d', 'a b c'],
  [words(9), 12, '12'],
  [words(9), ' ', null],
  [words(9), {}, null],
  [prose, '<p>One &amp; two</p><p>T&#104;ree&#x21;</p>', 'One & two\nThree!'],
  [prose, ['x'], null],
  [numberBetween(0, 10), '7.5', 7.5],
  [numberBetween(0, 10), '', null],
  [numberBetween(0, 10), 11, null],
  [numberBetween(0, 10), NaN, null],
  [integerBetween(0, 10), 1.5, null],
  [webAddress, '//example.org/a b', 'https://example.org/a%20b'],
  [webAddress, 'javascript:alert(1)', null],
  [webAddress, 'file:///etc/passwd', null],
  [year, '1927-01-10', 1927],
  [year, 1968, 1968],
  [year, 'c. 12345', null],
  [day, '1968-10-01T00:00:00Z', '1968-10-01'],
  [day, 'yesterday', null],
  [listOf(words(9)), 'no list', []],
] as const)('%#: what cannot be read is nothing', (shape, given, read) => {
  expect(shape.parse(given)).toEqual(read);
});

test.each(['&#0;', '&#x110000;', '&nonsense;', 'a < b > c'])('%s is no markup', (text) =>
  expect(plainText(text)).toBe(text),
);

test.each([
  ['The General', 'general, the (1926)', false],
  ['The General', 'General (1926)', true],
  ['Amélie', 'AMELIE', true],
  ['1984', '1984', true],
  ['Blade Runner', 'Blade Runner 2049', false],
  ['...', '!!!', false],
  [null, null, false],
])('%s and %s: the same name? %s', (a, b, isSame) => expect(isSameName(a, b)).toBe(isSame));
