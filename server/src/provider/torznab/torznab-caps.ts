import { attribute, child, children, text, type XmlNode } from './torznab-document.js';

export type SearchFunction = 'search' | 'tvsearch' | 'movie';

export interface TorznabCategory {
  readonly id: string;
  readonly name: string;
}

/** What an indexer can be asked (https://torznab.github.io/spec-1.3-draft/torznab/Specification-v1.3.html#capabilities). */
export interface TorznabCaps {
  readonly title: string;
  /** Parameters of each function that is there. */
  readonly functions: Readonly<Partial<Record<SearchFunction, ReadonlySet<string>>>>;
  readonly categories: readonly TorznabCategory[];
  /** Results of one page. */
  readonly limit: number;
}

const elements: Readonly<Record<SearchFunction, string>> = {
  search: 'search',
  tvsearch: 'tv-search',
  movie: 'movie-search',
};
/** Where none are said: what every indexer understands. */
const usualParameters: Readonly<Record<SearchFunction, readonly string[]>> = {
  search: ['q'],
  tvsearch: ['q', 'season', 'ep'],
  movie: ['q'],
};
const mostCategories = 500;

export function readCaps(root: XmlNode): TorznabCaps {
  const searching = child(root, 'searching');
  const functions: Partial<Record<SearchFunction, ReadonlySet<string>>> = {};
  for (const [name, element] of Object.entries(elements) as [SearchFunction, string][]) {
    const node = child(searching, element);
    if (attribute(node, 'available') === 'yes') functions[name] = parametersOf(name, node);
  }
  const limits = child(root, 'limits');
  const limit = Number(attribute(limits, 'max')) || Number(attribute(limits, 'default')) || 100;
  return {
    title: attribute(child(root, 'server'), 'title') || text(child(root, 'server'), 'title'),
    functions,
    categories: categoriesOf(root),
    limit: Math.min(Math.max(1, Math.trunc(limit)), 100),
  };
}

function parametersOf(name: SearchFunction, node: XmlNode): ReadonlySet<string> {
  const said = attribute(node, 'supportedParams')
    .split(',')
    .map((each) => each.trim().toLowerCase());
  const given = said.filter(Boolean);
  return new Set(given.length > 0 ? given : usualParameters[name]);
}

function categoriesOf(root: XmlNode): TorznabCategory[] {
  const all = children(child(root, 'categories'), 'category').flatMap((category) => {
    const [id, name] = [attribute(category, 'id'), attribute(category, 'name')];
    const below = children(category, 'subcat').map((sub) => ({
      id: attribute(sub, 'id'),
      name: `${name} / ${attribute(sub, 'name')}`,
    }));
    return [{ id, name }, ...below];
  });
  const good = all.filter(({ id, name }) => /^\d{1,9}$/.test(id) && name !== '');
  return [...new Map(good.map(({ id, name }) => [id, { id, name: name.slice(0, 200) }])).values()].slice(
    0,
    mostCategories,
  );
}
