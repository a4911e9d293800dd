import type { SearchKind } from '../search/search-index.js';
import type { SeenSearch } from '../search/seen-search.service.js';
import type { Condition } from './keyset-lists.service.js';

/** Words leave at most this many, the best ones. */
const mostMatches = 1000;

/** Keeps a list to what the search finds; without words, to everything. */
export async function wordsCondition(
  search: SeenSearch,
  kind: SearchKind,
  words: string | undefined,
  accountId: string,
): Promise<Condition[]> {
  if (words === undefined || words === '') return [];
  const found = (await search.find(words, [kind], mostMatches, accountId)).map(({ id }) => id);
  return [{ sql: 'x.id IN (:...found)', parameters: { found: found.length > 0 ? found : [''] } }];
}
