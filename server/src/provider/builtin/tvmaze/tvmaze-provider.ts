import type {
  CatalogQuestion,
  providerPage,
  providerTitle,
  TitleReference,
} from '@hearth/contract/provider-exchange';
import type { z } from 'zod';
import type { CatalogProvider, MetadataProvider, ProviderCall } from '../../provider.js';
import { addressOf, jsonAnswer } from '../json-answer.js';
import { foundShows, lookedUp, schedule, show } from './tvmaze-answers.js';
import { tvmazeManifest } from './tvmaze-manifest.js';
import { itemOf, titleOf } from './tvmaze-titles.js';

const dayMs = 24 * 3600 * 1000;
/** Episodes of long-running shows make large answers. */
const maxBytes = 16 * 1024 ** 2;
const mostShows = 200;

/** Series by https://www.tvmaze.com/api */
export class TvmazeProvider implements CatalogProvider, MetadataProvider {
  readonly manifest = tvmazeManifest;

  constructor(
    private readonly base = 'https://api.tvmaze.com',
    private readonly now: () => number = Date.now,
  ) {}

  async catalog({ id, extra }: CatalogQuestion, call: ProviderCall): Promise<z.input<typeof providerPage>> {
    const shows = id === 'calendar' ? await this.calendar(extra, call) : await this.search(extra, call);
    return { items: shows.map(itemOf), next: null };
  }

  async title(question: TitleReference, call: ProviderCall): Promise<z.input<typeof providerTitle> | null> {
    const id = question.id ?? question.externalIds['tvmaze'] ?? (await this.lookUp(question, call));
    if (id === null || !/^\d{1,9}$/u.test(id)) return null;
    const url = addressOf(this.base, `/shows/${id}`);
    for (const part of ['episodes', 'cast']) url.searchParams.append('embed[]', part);
    const found = await jsonAnswer(call, url, show, { maxBytes });
    return found && titleOf(found);
  }

  private async search(extra: CatalogQuestion['extra'], call: ProviderCall) {
    const url = addressOf(this.base, '/search/shows', { q: extra['search'] });
    return ((await jsonAnswer(call, url, foundShows)) ?? []).map((found) => found.show);
  }

  /** Shows of which something is on that day, each once. */
  private async calendar(extra: CatalogQuestion['extra'], call: ProviderCall) {
    const isStreaming = extra['country'] === 'streaming';
    const date = new Date(this.now() + Number(extra['day'] ?? 0) * dayMs).toISOString().slice(0, 10);
    const url = isStreaming
      ? addressOf(this.base, '/schedule/web', { date })
      : addressOf(this.base, '/schedule', { date, country: extra['country'] ?? 'US' });
    const shows = (await jsonAnswer(call, url, schedule, { maxBytes })) ?? [];
    return [...new Map(shows.map((each) => [each.id, each])).values()].slice(0, mostShows);
  }

  private async lookUp({ externalIds }: TitleReference, call: ProviderCall): Promise<string | null> {
    const { imdb, tvdb } = externalIds;
    if (imdb === undefined && tvdb === undefined) return null;
    const by = imdb === undefined ? { thetvdb: tvdb } : { imdb };
    const found = await jsonAnswer(call, addressOf(this.base, '/lookup/shows', by), lookedUp);
    return found && String(found.id);
  }
}
