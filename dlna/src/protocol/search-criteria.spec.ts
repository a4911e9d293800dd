import { ordeal } from '../testing/mutation.js';
import { matches } from './criterion-match.js';
import { SearchSyntaxError, parseSearchCriteria, type Criterion } from './search-criteria.js';

/** With all its parentheses. */
const shown = (criterion: Criterion | null): string => {
  if (criterion === null) return '*';
  if (criterion.kind === 'exists') return `${criterion.property} exists ${criterion.wanted}`;
  if (criterion.kind === 'compare')
    return `${criterion.property} ${criterion.operator} ${JSON.stringify(criterion.value)}`;
  return `(${shown(criterion.left)} ${criterion.kind} ${shown(criterion.right)})`;
};

test.each([
  ['*', '*'],
  ['', '*'],
  ['  *  ', '*'],
  ['upnp:class = "object.container.album.musicAlbum"', 'upnp:class = "object.container.album.musicAlbum"'],
  [
    'upnp:class derivedfrom "object.item.videoItem" and @refID exists false',
    '(upnp:class derivedfrom "object.item.videoItem" and @refID exists false)',
  ],
  ['a = "1" or b = "2" and c = "3"', '(a = "1" or (b = "2" and c = "3"))'],
  ['a = "1" and b = "2" or c = "3"', '((a = "1" and b = "2") or c = "3")'],
  ['a="1"and(b="2"or c="3")', '(a = "1" and (b = "2" or c = "3"))'],
  ['a = "1" or b = "2" or c = "3"', '((a = "1" or b = "2") or c = "3")'],
  ['((a = "1"))', 'a = "1"'],
  [
    'A DERIVEDFROM "x" AND b Exists TRUE OR c DoesNotContain "y"',
    '((A derivedfrom "x" and b exists true) or c doesNotContain "y")',
  ],
  ['dc:title contains "a \\"b\\" \\\\ \\n"', 'dc:title contains "a \\"b\\" \\\\ \\\\n"'],
  ['dc:title startsWith "" and res@size >= "5"', '(dc:title startsWith "" and res@size >= "5")'],
  ['a!="1" and b<="2" and c<"3" and d>"4"', '(((a != "1" and b <= "2") and c < "3") and d > "4")'],
  ['dc:title contains &quot;a&quot;', 'dc:title contains "a"'],
  ['\r\n\tdc:title\tcontains\n"and or ( )"', 'dc:title contains "and or ( )"'],
  ['upnp:artist@role = "x"', 'upnp:artist@role = "x"'],
  ['orchestra = "x" or andante = "y"', '(orchestra = "x" or andante = "y")'],
])('%s', (text, expected) => {
  expect(shown(parseSearchCriteria(text))).toBe(expected);
});

test.each([
  'dc:title',
  'dc:title contains',
  'dc:title contains a',
  'dc:title contains "a',
  'dc:title contains "a\\"',
  'dc:title resembles "a"',
  'contains "a"',
  '"a" = "a"',
  '(a = "1"',
  'a = "1")',
  'a = "1" and',
  'a = "1" b = "2"',
  'and a = "1"',
  'a exists maybe',
  'a exists',
  'a == "1"',
  '* and a = "1"',
  '()',
  `${'('.repeat(40)}a = "1"${')'.repeat(40)}`,
  `a = "${'x'.repeat(5000)}"`,
])('%s is no criterion', (text) => {
  expect(() => parseSearchCriteria(text)).toThrow(SearchSyntaxError);
});

const object = new Map<string, readonly string[]>([
  ['upnp:class', ['object.item.videoItem.movie']],
  ['dc:title', ['Alien']],
  ['upnp:actor', ['Weaver', 'Hurt']],
  ['res@size', ['1000']],
  ['res@duration', ['1:57:00.000']],
  ['dc:date', ['1979-05-25']],
]);

test.each([
  ['*', true],
  ['upnp:class derivedfrom "object.item.videoItem"', true],
  ['upnp:class derivedfrom "object.item.video"', false],
  ['upnp:class = "object.item.videoItem"', false],
  ['dc:title contains "LIE"', true],
  ['dc:title doesNotContain "lie"', false],
  ['dc:title startsWith "al"', true],
  ['dc:title = "alien"', true],
  ['upnp:actor = "Hurt"', true],
  ['upnp:actor != "Hurt"', false],
  ['upnp:actor doesNotContain "x"', true],
  ['upnp:album doesNotContain "x"', false],
  ['upnp:album exists false', true],
  ['upnp:actor exists true and upnp:album = "x" or dc:title = "Alien"', true],
  ['res@size > "200"', true],
  ['res@size <= "999.5"', false],
  ['res@duration < "2:00:00"', true],
  ['dc:date >= "1979" and dc:date < "1980-01-01"', true],
  ['nobody:knows = "x"', false],
])('%s finds Alien: %s', (text, expected) => {
  expect(matches(parseSearchCriteria(text), (property) => object.get(property) ?? [])).toBe(expected);
});

test('20 000 mutants: a criterion that can be asked, or a syntax error', () => {
  const texts = [
    'upnp:class derivedfrom "object.item.videoItem" and @refID exists false',
    '(a = "1" or b contains "2\\"") and c >= "3"',
  ];
  const pieces = ['"', '\\', '(', ')', ' and ', ' or ', 'exists', '=', '<', '*', '&quot;', ' '];
  const result = ordeal((text) => matches(parseSearchCriteria(text), () => ['1']), {
    texts,
    pieces,
    own: [SearchSyntaxError],
  });
  expect(result).toMatchObject({ faults: [], slow: [] });
  expect(result.read).toBeGreaterThan(1000);
});

test('the longest criterion that is taken is read in no time', () => {
  const began = performance.now();
  for (const text of [
    `a = "1"${' or a = "1"'.repeat(350)}`,
    '('.repeat(4000),
    `a = "${'\\"'.repeat(2000)}`,
    ' '.repeat(4000) + 'x',
  ]) {
    for (let round = 0; round < 50; round++)
      try {
        parseSearchCriteria(text);
      } catch (error) {
        expect(error).toBeInstanceOf(SearchSyntaxError);
      }
  }
  expect(performance.now() - began).toBeLessThan(2000);
});
