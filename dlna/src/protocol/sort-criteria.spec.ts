import { ordeal } from '../testing/mutation.js';
import { SortSyntaxError, parseSortCriteria } from './sort-criteria.js';

const up = (property: string) => ({ property, descending: false });
const down = (property: string) => ({ property, descending: true });

test.each([
  ['', []],
  [' ', []],
  ['+dc:title,-dc:date', [up('dc:title'), down('dc:date')]],
  ['dc:title', [up('dc:title')]],
  [' + dc:title , -res@size , ', [up('dc:title'), down('res@size')]],
  ['-upnp:artist@role,+@id', [down('upnp:artist@role'), up('@id')]],
  ['TIME+dc:date,+nobody:knows', [up('dc:date'), up('nobody:knows')]],
  ['-dc:title,+dc:title', [down('dc:title')]],
])('“%s”', (text, expected) => {
  expect(parseSortCriteria(text)).toEqual(expected);
});

test.each(['+', 'dc:title dc:date', '*dc:title', '+-dc:title', 'a;b', '"dc:title"', 'a'.repeat(3000)])(
  '“%s” is none',
  (text) => {
    expect(() => parseSortCriteria(text)).toThrow(SortSyntaxError);
  },
);

test('20 000 mutants: keys or a syntax error', () => {
  const result = ordeal(parseSortCriteria, {
    texts: ['+dc:title,-dc:date', 'res@size,+upnp:originalTrackNumber'],
    pieces: [',', '+', '-', ':', '@', ' ', 'TIME'],
    own: [SortSyntaxError],
  });
  expect(result).toMatchObject({ faults: [], slow: [] });
});
