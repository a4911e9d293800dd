import type {
  CatalogQuestion,
  providerPage,
  ProviderSourceInput,
  providerSubtitle,
  providerTitle,
  SubtitleQuestion,
  TitleReference,
} from '@hearth/contract/provider-exchange';
import type { Capability, ProviderConfig, ProviderManifest } from '@hearth/contract/provider-manifest';
import { z } from 'zod';
import { FetchRefused } from '../../common/fetch/fetch-refused.js';
import type { Fetched } from '../../common/fetch/guarded-fetch.js';
import { normalizeLanguage } from '../../ffmpeg/language.js';
import { jsonOf } from '../builtin/json-answer.js';
import type {
  CatalogProvider,
  MetadataProvider,
  ProviderCall,
  SourceProvider,
  SubtitleProvider,
} from '../provider.js';
import { ProviderTrouble } from '../provider.js';
import {
  catalogAnswer,
  metaAnswer,
  type Meta,
  type Stream,
  streamAnswer,
  subtitleAnswer,
} from './stremio-answers.js';
import { lifetimeOf } from './stremio-cache.js';
import { episodeId, hasEpisodeIds, stremioIds } from './stremio-ids.js';
import { pageSize } from './stremio-manifest.js';
import { sourceOf } from './stremio-streams.js';
import { itemOf, numberOf, titleOf } from './stremio-titles.js';

const megabyte = 1024 ** 2;

/** An add-on of Stremio's protocol over HTTP (stremio-addon-sdk, docs/protocol.md). */
export class StremioProvider implements CatalogProvider, MetadataProvider, SourceProvider, SubtitleProvider {
  /** @param base of the manifest's address, without `/manifest.json`; it may hold settings, and keys among them */
  constructor(
    readonly manifest: ProviderManifest,
    private readonly base: string,
  ) {}

  async catalog(
    { type, id, extra, cursor }: CatalogQuestion,
    call: ProviderCall,
  ): Promise<z.input<typeof providerPage>> {
    const catalog = this.manifest.catalogs.find((each) => each.type === type && each.id === id);
    if (!catalog) return { items: [], next: null };
    const skip = cursor === undefined ? 0 : Number(cursor) || 0;
    const query = new URLSearchParams();
    const asked = new Map(Object.entries(extra));
    for (const { name, type: kind } of catalog.extra) {
      const text = asked.get(name) ?? '';
      for (const value of kind === 'multiselect' ? text.split(',') : [text])
        if (value !== '') query.append(name, value);
    }
    if (skip > 0) query.set('skip', String(skip));
    const { metas } = await this.ask(call, ['catalog', type, id], catalogAnswer, { metas: [] }, query);
    const hasMore = catalog.paged !== false && metas.length >= pageSize;
    return { items: metas.map(itemOf), next: hasMore ? String(skip + metas.length) : null };
  }

  async title(question: TitleReference, call: ProviderCall): Promise<z.input<typeof providerTitle> | null> {
    const meta = await this.meta(question, call);
    return meta && titleOf(meta);
  }

  async sources(question: TitleReference, call: ProviderCall): Promise<ProviderSourceInput[]> {
    const video = await this.video('source', question, call);
    if (!video) return [];
    const streams =
      video.streams ??
      (await this.ask(call, ['stream', question.type, video.id], streamAnswer, { streams: [] })).streams;
    return streams.map(sourceOf).filter((source) => source !== null);
  }

  async subtitles(
    question: SubtitleQuestion,
    call: ProviderCall,
  ): Promise<z.input<typeof providerSubtitle>[]> {
    const video = await this.video('subtitle', question, call);
    if (!video) return [];
    const { videoHash, size, fileName: filename, languages } = question;
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries({ videoHash, videoSize: size, filename }))
      if (value !== undefined) query.set(name, String(value));
    const path = ['subtitles', question.type, video.id] as const;
    const { subtitles } = await this.ask(call, path, subtitleAnswer, { subtitles: [] }, query);
    return subtitles
      .map(({ id, url, lang }, index) => ({
        id: typeof id === 'string' || typeof id === 'number' ? String(id) : String(index),
        language: normalizeLanguage(lang) ?? lang.slice(0, 35),
        url,
      }))
      .filter(({ language }) => languages.length === 0 || languages.includes(language));
  }

  /** What is asked for: the title's own video, or that of an episode; null where this add-on does not know it. */
  private async video(
    capability: Capability,
    question: TitleReference,
    call: ProviderCall,
  ): Promise<{ id: string; streams?: Stream[] } | null> {
    const id = this.idFor(capability, question);
    const { season, episode } = question;
    if (id === undefined) return null;
    if (season === undefined || episode === undefined) return { id };
    if (hasEpisodeIds(id) || !this.has('metadata')) return { id: episodeId(id, season, episode) };
    const videos = (await this.meta(question, call))?.videos ?? [];
    const found = videos.find((video, index) => {
      const number = numberOf(video, index);
      return number.season === season && number.episode === episode;
    });
    return found ? { id: found.id, ...(found.streams.length > 0 && { streams: found.streams }) } : null;
  }

  private async meta(question: TitleReference, call: ProviderCall): Promise<Meta | null> {
    const id = this.idFor('metadata', question);
    if (id === undefined) return null;
    return (await this.ask(call, ['meta', question.type, id], metaAnswer, { meta: null })).meta ?? null;
  }

  /** The id by which this add-on may know it. */
  private idFor(capability: Capability, question: TitleReference): string | undefined {
    const resource = this.manifest.resources.find(({ name }) => name === capability);
    const prefixes = resource?.idPrefixes ?? [];
    return stremioIds(question).find(
      (id) => prefixes.length === 0 || prefixes.some((prefix) => id.startsWith(prefix)),
    );
  }

  private has(capability: Capability): boolean {
    return this.manifest.resources.some(({ name }) => name === capability);
  }

  /** @param nothing what a 404 means */
  private async ask<S extends z.ZodType>(
    call: ProviderCall,
    path: readonly string[],
    shape: S,
    nothing: z.output<S>,
    query = new URLSearchParams(),
  ): Promise<z.output<S>> {
    const parts = [...path.map(encodeURIComponent), ...(query.size > 0 ? [spaced(query)] : [])];
    const fetched = await this.fetch(
      call,
      `${this.base}${configPart(this.manifest, call.config)}/${parts.join('/')}.json`,
    );
    if (!fetched) return nothing;
    const document = jsonOf(fetched.body);
    const answer = shape.safeParse(document);
    if (!answer.success)
      throw new ProviderTrouble('invalid', 'The add-on answered in another shape than expected.');
    call.keep(lifetimeOf(document, fetched.headers['cache-control']));
    return answer.data;
  }

  private async fetch(call: ProviderCall, url: string): Promise<Fetched | null> {
    try {
      return await call.fetch(url, { accept: ['application/json', 'text/*'], maxBytes: 8 * megabyte });
    } catch (error) {
      if (error instanceof FetchRefused && error.details.status === 404) return null;
      throw error;
    }
  }
}

/** As `querystring` writes it: add-ons need not know that a plus is a space. */
const spaced = (query: URLSearchParams): string => query.toString().replaceAll('+', '%20');

/** Settings of an add-on stand in its addresses, as JSON. */
export function configPart({ config: fields }: ProviderManifest, config: ProviderConfig): string {
  const told = fields.flatMap(({ name, type }) => {
    const value = config[name];
    if (value === undefined) return [];
    // A checkbox of a form sends its word, or nothing (stremio-addon-sdk, src/landingTemplate.js).
    if (type === 'toggle') return value === true ? [[name, 'checked'] as const] : [];
    return [[name, String(value)] as const];
  });
  return told.length === 0 ? '' : `/${encodeURIComponent(JSON.stringify(Object.fromEntries(told)))}`;
}
