import type {
  CatalogQuestion,
  providerPage,
  providerTitle,
  TitleReference,
} from '@hearth/contract/provider-exchange';
import { z } from 'zod';
import {
  type CatalogProvider,
  type MetadataProvider,
  type ProviderCall,
  ProviderTrouble,
} from '../../provider.js';
import { addressOf, jsonAnswer } from '../json-answer.js';
import { omdbSearch, omdbTitle, refusal } from './omdb-answers.js';
import { omdbManifest } from './omdb-manifest.js';
import { itemOf, titleOf } from './omdb-titles.js';

/** It gives so many a page, and a hundred pages. */
const pageSize = 10;
const lastPage = 100;

/** Films and series by https://www.omdbapi.com */
export class OmdbProvider implements CatalogProvider, MetadataProvider {
  readonly manifest = omdbManifest;

  constructor(private readonly base = 'https://www.omdbapi.com') {}

  async catalog(
    { type, extra, cursor }: CatalogQuestion,
    call: ProviderCall,
  ): Promise<z.input<typeof providerPage>> {
    const page = Math.max(1, Math.trunc(Number(cursor ?? 1)) || 1);
    const found = await this.ask({ s: extra['search'], type, page }, omdbSearch, call);
    if (!found) return { items: [] };
    const last = Math.min(lastPage, Math.ceil((found.totalResults ?? 0) / pageSize));
    return { items: found.Search.map(itemOf), next: page < last ? String(page + 1) : null };
  }

  async title(question: TitleReference, call: ProviderCall): Promise<z.input<typeof providerTitle> | null> {
    const id = question.id ?? question.externalIds['imdb'];
    if (id === undefined || !/^tt\d{5,12}$/u.test(id)) return null;
    const found = await this.ask({ i: id, plot: 'full' }, omdbTitle, call);
    return found && titleOf(found);
  }

  private async ask<S extends z.ZodType>(
    parameters: Readonly<Record<string, string | number | undefined>>,
    shape: S,
    call: ProviderCall,
  ): Promise<z.output<S> | null> {
    const url = addressOf(this.base, '/', { ...parameters, apikey: String(call.config['apiKey'] ?? '') });
    const answers = z.union([refusal, shape.transform((found) => ({ found }))]);
    const answer = await jsonAnswer(call, url, answers);
    if (answer === null || 'found' in answer) return answer && answer.found;
    if (/not found|too many results|incorrect imdb id/iu.test(answer.Error)) return null;
    throw new ProviderTrouble('failed', 'The service refused the question.');
  }
}
