import type {
  CatalogQuestion,
  providerPage,
  ProviderSourceInput,
  TitleReference,
} from '@hearth/contract/provider-exchange';
import type { ProviderManifest } from '@hearth/contract/provider-manifest';
import type { z } from 'zod';
import {
  type CatalogProvider,
  type ProviderCall,
  ProviderTrouble,
  type SourceProvider,
} from '../provider.js';
import { askIndexer } from './torznab-answers.js';
import { readCaps, type TorznabCaps } from './torznab-caps.js';
import { idsOf, itemsOf, listedOf, sourceOf, type TorznabItem } from './torznab-items.js';
import { releaseType } from './torznab-manifest.js';
import { queriesFor } from './torznab-query.js';

/** An indexer that speaks Torznab (https://torznab.github.io), alone or behind Prowlarr or Jackett. */
export class TorznabProvider implements CatalogProvider, SourceProvider {
  /** Asked once in this object's life. */
  private caps: Promise<TorznabCaps> | undefined;

  constructor(
    readonly manifest: ProviderManifest,
    private readonly address: string,
  ) {}

  async catalog(
    { extra, cursor }: CatalogQuestion,
    call: ProviderCall,
  ): Promise<z.input<typeof providerPage>> {
    const { limit } = await this.capsFor(call);
    const offset = Number(cursor) || 0;
    const parameters = {
      q: extra['search'] ?? '',
      cat: extra['category'] ?? '',
      year: extra['year'] ?? '',
      genre: extra['genre'] ?? '',
    };
    const paging = { limit: String(limit), offset: offset > 0 ? String(offset) : '' };
    const items = await this.search(call, { t: 'search', ...parameters, ...paging });
    return { items: items.map(listedOf), next: items.length >= limit ? String(offset + items.length) : null };
  }

  async sources(question: TitleReference, call: ProviderCall): Promise<ProviderSourceInput[]> {
    const items =
      question.type === releaseType ? await this.release(question, call) : await this.found(question, call);
    return items.map(sourceOf).filter((source) => source !== null);
  }

  /** The one release of this indexer's list. */
  private async release({ id, name }: TitleReference, call: ProviderCall): Promise<TorznabItem[]> {
    if (id === undefined || name === undefined) return [];
    return (await this.search(call, { t: 'search', q: name })).filter((item) => item.id === id);
  }

  /** The next way of searching is tried where one finds nothing. */
  private async found(question: TitleReference, call: ProviderCall): Promise<TorznabItem[]> {
    const chosen = [call.config['categories'] ?? []].flat().map(String);
    for (const query of queriesFor(question, await this.capsFor(call), chosen)) {
      const items = (await this.search(call, query)).filter((item) => isOf(item, question));
      if (items.length > 0) return items;
    }
    return [];
  }

  private async search(call: ProviderCall, query: Readonly<Record<string, string>>): Promise<TorznabItem[]> {
    const { name, root } = await this.ask(call, { ...query, extended: '1' });
    if (name !== 'rss')
      throw new ProviderTrouble('invalid', 'The indexer answered with something else than results.');
    return itemsOf(root);
  }

  private capsFor(call: ProviderCall): Promise<TorznabCaps> {
    const asked = (this.caps ??= this.ask(call, { t: 'caps' }).then(({ root }) => readCaps(root)));
    asked.catch(() => (this.caps = undefined));
    return asked;
  }

  private ask(call: ProviderCall, parameters: Readonly<Record<string, string>>) {
    const { apiKey } = call.config;
    return askIndexer(call.fetch, this.address, {
      ...parameters,
      apikey: typeof apiKey === 'string' ? apiKey : '',
    });
  }
}

/** Indexers answer searches by id with whatever they have where they do not know the id. */
function isOf(item: TorznabItem, { externalIds }: TitleReference): boolean {
  const said = Object.entries(idsOf(item)).filter(([authority]) => externalIds[authority] !== undefined);
  return said.length === 0 || said.some(([authority, id]) => externalIds[authority] === id);
}
