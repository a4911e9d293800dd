import type {
  CatalogQuestion,
  providerPage,
  ProviderSourceInput,
  providerTitle,
  TitleReference,
} from '@hearth/contract/provider-exchange';
import type { z } from 'zod';
import type { CatalogProvider, MetadataProvider, ProviderCall, SourceProvider } from '../../provider.js';
import { addressOf, jsonAnswer } from '../json-answer.js';
import { isSameName } from '../same-name.js';
import { type ArchiveItem, itemAnswer, searchAnswer } from './archive-answers.js';
import { archiveManifest } from './archive-manifest.js';
import { filmsQuery, namedQuery, pageAfter, searchAddress } from './archive-query.js';
import { sourcesOf } from './archive-sources.js';
import { isFree, itemOf, titleOf } from './archive-titles.js';

/** Items of one name that are looked into. */
const mostItems = 3;

/** Free films of the Internet Archive: https://archive.org/developers/ */
export class ArchiveProvider implements CatalogProvider, MetadataProvider, SourceProvider {
  readonly manifest = archiveManifest;

  constructor(private readonly base = 'https://archive.org') {}

  async catalog(
    { extra, cursor }: CatalogQuestion,
    call: ProviderCall,
  ): Promise<z.input<typeof providerPage>> {
    const page = Math.max(1, Math.trunc(Number(cursor ?? 1)) || 1);
    const { documents, found } = await this.search(filmsQuery(extra), extra['sort'], page, call);
    return {
      items: documents.flatMap((document) => itemOf(document, this.base) ?? []),
      next: pageAfter(page, found),
    };
  }

  async title(question: TitleReference, call: ProviderCall): Promise<z.input<typeof providerTitle> | null> {
    const id = question.id ?? question.externalIds['archive'];
    const item = id === undefined ? null : await this.item(id, call);
    return item && titleOf(item, this.base);
  }

  /** Of the item itself, or of those that bear the film's name and were made when it was. */
  async sources(question: TitleReference, call: ProviderCall): Promise<ProviderSourceInput[]> {
    if (question.type !== 'movie') return [];
    const items = await Promise.all((await this.itemIds(question, call)).map((id) => this.item(id, call)));
    return items
      .filter((item) => item !== null)
      .filter(isFree)
      .flatMap((item) => sourcesOf(item, this.base));
  }

  private async itemIds(question: TitleReference, call: ProviderCall): Promise<string[]> {
    const known = question.id ?? question.externalIds['archive'];
    if (known !== undefined) return [known];
    const { name, originalName, year } = question;
    if (name === undefined || year === undefined) return [];
    const { documents } = await this.search(namedQuery(name, year), 'popular', 1, call);
    return documents
      .filter(({ title }) => isSameName(title, name) || isSameName(title, originalName))
      .slice(0, mostItems)
      .map(({ identifier }) => identifier);
  }

  private async search(query: string, order: string | undefined, page: number, call: ProviderCall) {
    const answer = await jsonAnswer(call, searchAddress(this.base, query, order, page), searchAnswer);
    return { documents: answer?.response.docs ?? [], found: answer?.response.numFound ?? 0 };
  }

  private item(id: string, call: ProviderCall): Promise<ArchiveItem | null> {
    return jsonAnswer(call, addressOf(this.base, `/metadata/${encodeURIComponent(id)}`), itemAnswer);
  }
}
