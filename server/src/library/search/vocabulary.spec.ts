import type { SearchStore } from './search-store.js';
import { Vocabulary } from './vocabulary.js';

/** A store of terms whose ids are their places, from one. */
function storeOf(terms: string[]): Pick<SearchStore, 'termsAfter'> {
  return {
    termsAfter: (id) => Promise.resolve({ terms: terms.slice(id).sort(), last: terms.length }),
  };
}
const numbered = (count: number) =>
  Array.from(
    { length: count },
    (_, at) => `filler${at.toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'[+digit] ?? '')}`,
  );

test('forgives nothing in the shortest words but their order, one error in most, two in long ones', async () => {
  const vocabulary = new Vocabulary(storeOf(['the', 'ten', 'night', 'interstellar']));
  const near = async (word: string) => [...(await vocabulary.near(word, false)).keys()];
  expect(await near('teh')).toEqual(['the']);
  expect(await near('nigth')).toEqual(['night']);
  expect(await near('nogth')).toEqual([]);
  expect(await near('intersteler')).toEqual(['interstellar']);
  expect(await near('2160p')).toEqual([]);
});

test.each([10, 5000])('knows what was added after %d terms were read', async (count) => {
  const terms = numbered(count);
  const vocabulary = new Vocabulary(storeOf(terms));
  expect(await vocabulary.near('kestrle', false)).toEqual(new Map());
  terms.push('kestrel');
  expect(await vocabulary.near('kestrle', false)).toEqual(new Map([['kestrel', 1]]));
});
