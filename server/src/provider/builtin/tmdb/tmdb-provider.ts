import type {
  CatalogQuestion,
  providerPage,
  providerTitle,
  TitleReference,
} from '@hearth/contract/provider-exchange';
import type { z } from 'zod';
import type { CatalogProvider, MetadataProvider, ProviderCall } from '../../provider.js';
import { addressOf, jsonAnswer } from '../json-answer.js';
import { appendedSeasons, details, foundById, page, type TmdbDetails } from './tmdb-answers.js';
import { tmdbManifest } from './tmdb-manifest.js';
import { itemOf, titleOf, type TmdbType } from './tmdb-titles.js';

type Parameters = Readonly<Record<string, string | number | undefined>>;

/** It answers no page behind this one. */
const lastPage = 500;
/** That can be appended to one answer. */
const mostAppended = 20;
/** A film that two people loved is not the best of all. */
const leastVotes = 300;
const maxBytes = 16 * 1024 ** 2;

const kinds: Readonly<Record<TmdbType, { path: string; from: string; until: string; appended: string }>> = {
  movie: {
    path: 'movie',
    from: 'primary_release_date.gte',
    until: 'primary_release_date.lte',
    appended: 'credits,videos,recommendations,release_dates,external_ids',
  },
  series: {
    path: 'tv',
    from: 'first_air_date.gte',
    until: 'first_air_date.lte',
    appended: 'aggregate_credits,videos,recommendations,content_ratings,external_ids',
  },
};

const isType = (type: string): type is TmdbType => type === 'movie' || type === 'series';

/** Films and series by https://developer.themoviedb.org, version 3. */
export class TmdbProvider implements CatalogProvider, MetadataProvider {
  readonly manifest = tmdbManifest;

  constructor(private readonly base = 'https://api.themoviedb.org/3') {}

  async catalog(question: CatalogQuestion, call: ProviderCall): Promise<z.input<typeof providerPage>> {
    const { type, cursor } = question;
    if (!isType(type)) return { items: [] };
    const number = Math.max(1, Math.trunc(Number(cursor ?? 1)) || 1);
    const [path, parameters] = listOf(type, question);
    const answer = await this.ask(call, path, { ...parameters, page: number }, page);
    const items = (answer?.results ?? []).flatMap((found) => itemOf(found, type) ?? []);
    const last = Math.min(answer?.total_pages ?? 0, lastPage);
    return { items, next: number < last ? String(number + 1) : null };
  }

  async title(question: TitleReference, call: ProviderCall): Promise<z.input<typeof providerTitle> | null> {
    const { type } = question;
    if (!isType(type)) return null;
    const id = question.id ?? question.externalIds['tmdb'] ?? (await this.find(question, type, call));
    if (id === null || !/^\d{1,10}$/u.test(id)) return null;
    const { path, appended } = kinds[type];
    const found = await this.ask(call, `/${path}/${id}`, { append_to_response: appended }, details);
    const country = String(call.config['language'] ?? '').split('-')[1] ?? 'US';
    return found && titleOf(found, type, country, await this.episodes(found, call));
  }

  /** Seasons come twenty to an answer. */
  private async episodes({ id, seasons }: TmdbDetails, call: ProviderCall) {
    const names = seasons.map(({ season_number }) => `season/${season_number}`);
    const parts = Array.from({ length: Math.ceil(names.length / mostAppended) }, (_, part) =>
      names.slice(part * mostAppended, (part + 1) * mostAppended).join(','),
    );
    const answers = await Promise.all(
      parts.map((part) => this.ask(call, `/tv/${id}`, { append_to_response: part }, appendedSeasons)),
    );
    return answers.flatMap((episodes) => episodes ?? []);
  }

  private async find({ externalIds }: TitleReference, type: TmdbType, call: ProviderCall) {
    for (const authority of ['imdb', 'tvdb', 'wikidata']) {
      const id = externalIds[authority];
      if (id === undefined || !/^\w+$/u.test(id)) continue;
      const found = await this.ask(call, `/find/${id}`, { external_source: `${authority}_id` }, foundById);
      const [first] = (type === 'movie' ? found?.movie_results : found?.tv_results) ?? [];
      if (first) return String(first.id);
    }
    return null;
  }

  /** Keys come in two kinds: a short one for the query, and a token for the header. */
  private ask<S extends z.ZodType>(call: ProviderCall, path: string, parameters: Parameters, shape: S) {
    const key = String(call.config['apiKey'] ?? '');
    const isToken = key.includes('.');
    const language = String(call.config['language'] ?? 'en-US');
    const asked = { ...parameters, language, ...(!isToken && { api_key: key }) };
    const headers: Record<string, string> = isToken ? { authorization: `Bearer ${key}` } : {};
    return jsonAnswer(call, addressOf(this.base, path, asked), shape, { headers, maxBytes });
  }
}

/** Which list answers a question, and with what. */
function listOf(type: TmdbType, { id, extra }: CatalogQuestion): [path: string, parameters: Parameters] {
  const { path, from, until } = kinds[type];
  if (id === 'trending') return [`/trending/${path}/week`, {}];
  if (id === 'search') {
    const year = /^\d{4}$/u.test(extra['year'] ?? '') ? extra['year'] : undefined;
    return [`/search/${path}`, { query: extra['search'], year, include_adult: 'false' }];
  }
  const [, first, last] = /^(\d{4})?-(\d{4})?$/u.exec(extra['year'] ?? '') ?? [];
  return [
    `/discover/${path}`,
    {
      with_genres: extra['genre'],
      [from]: first && `${first}-01-01`,
      [until]: last && `${last}-12-31`,
      include_adult: 'false',
      ...(id === 'top'
        ? { sort_by: 'vote_average.desc', 'vote_count.gte': leastVotes }
        : { sort_by: 'popularity.desc' }),
    },
  ];
}
