import type { providerTitle, TitleReference } from '@hearth/contract/provider-exchange';
import type { ProviderManifest } from '@hearth/contract/provider-manifest';
import type { z } from 'zod';
import type { MetadataProvider, ProviderCall } from '../../provider.js';
import { addressOf, jsonAnswer } from '../json-answer.js';
import { foundItems, items } from './wikidata-answers.js';
import { propertyOf, titleOf } from './wikidata-titles.js';

const wikidataManifest: ProviderManifest = {
  schema: 1,
  id: 'org.wikidata',
  name: 'Wikidata',
  version: '1.0.0',
  description: 'What a film or series is called elsewhere: ids of other services.',
  runtime: 'builtin',
  types: ['movie', 'series'],
  resources: [{ name: 'metadata' }],
  catalogs: [],
  config: [],
  homepage: 'https://www.wikidata.org',
  hints: {},
  legal: { contentLicences: ['CC0-1.0'], attribution: 'Ids from Wikidata' },
};

const isItem = (id: string | undefined): id is string => id !== undefined && /^Q[1-9]\d{0,11}$/u.test(id);

/** Ids of one title at many services: https://www.wikidata.org/w/api.php */
export class WikidataProvider implements MetadataProvider {
  readonly manifest = wikidataManifest;

  constructor(private readonly base = 'https://www.wikidata.org') {}

  async title(question: TitleReference, call: ProviderCall): Promise<z.input<typeof providerTitle> | null> {
    const id =
      [question.id, question.externalIds['wikidata']].find(isItem) ?? (await this.find(question, call));
    if (id === null) return null;
    const url = this.api({
      action: 'wbgetentities',
      ids: id,
      props: 'labels|claims',
      languages: 'en|mul',
    });
    const item = (await jsonAnswer(call, url, items))?.entities[id];
    return item ? titleOf(item, question.type) : null;
  }

  /** The item that has one of the ids that are known. */
  private async find({ type, externalIds }: TitleReference, call: ProviderCall): Promise<string | null> {
    const statements = Object.entries(externalIds).flatMap(([authority, id]) => {
      const property = propertyOf(authority, type);
      return property && /^[\w.-]+$/u.test(id) ? [`${property}=${id}`] : [];
    });
    if (statements.length === 0) return null;
    const srsearch = `haswbstatement:${statements.join('|')}`;
    const url = this.api({ action: 'query', list: 'search', srnamespace: '0', srlimit: '1', srsearch });
    const found = await jsonAnswer(call, url, foundItems);
    return found?.query.search.map(({ title }) => title).find(isItem) ?? null;
  }

  private api(parameters: Readonly<Record<string, string>>): URL {
    return addressOf(this.base, '/w/api.php', { ...parameters, format: 'json' });
  }
}
