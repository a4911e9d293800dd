import type { ProviderManifest } from '@hearth/contract/provider-manifest';
import type { CatalogQuestion, TitleReference } from '@hearth/contract/provider-exchange';
import type { OpenProvider } from './open-providers.js';
import type { Asker } from '../asking/asker.js';
import { verbs } from '../asking/verbs.js';

/** A film that everybody knows and nobody owns. */
const film: TitleReference = {
  type: 'movie',
  externalIds: { imdb: 'tt0017136', tmdb: '19', wikidata: 'Q151599' },
  name: 'Metropolis',
  year: 1927,
};

/** Asks what a provider should be able to answer. @returns what came of it, in words @throws ProviderTrouble */
export async function tryOut(asker: Asker, open: OpenProvider, signal: AbortSignal): Promise<string> {
  const { manifest } = open;
  const has = (name: string): boolean => manifest.resources.some((resource) => resource.name === name);
  const catalog = has('catalog') ? catalogQuestion(manifest) : undefined;
  if (catalog) {
    const { answer } = await asker.put(open, verbs.catalog, catalog, signal, true);
    return counted(answer.items.length, 'title', 'titles');
  }
  if (has('source')) {
    const { answer } = await asker.put(open, verbs.sources, film, signal, true);
    return counted(answer.length, 'source', 'sources');
  }
  if (has('subtitle')) {
    const { answer } = await asker.put(open, verbs.subtitles, { ...film, languages: ['en'] }, signal, true);
    return counted(answer.length, 'subtitle', 'subtitles');
  }
  const { answer } = await asker.put(open, verbs.title, film, signal, true);
  return answer ? `It knows ${answer.name}.` : 'It answered.';
}

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}.`;

/** A list that needs no filter, or a search. */
function catalogQuestion({ catalogs }: ProviderManifest): CatalogQuestion | undefined {
  const open = catalogs.find(({ extra }) => !extra.some(({ isRequired }) => isRequired));
  if (open) return { type: open.type, id: open.id, extra: {} };
  const search = catalogs.find(({ extra }) =>
    extra.every(({ isRequired, name }) => !isRequired || name === 'search'),
  );
  return search && { type: search.type, id: search.id, extra: { search: 'Metropolis' } };
}
