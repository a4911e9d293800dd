import type {
  CatalogQuestion,
  providerPage,
  providerSource,
  providerSubtitle,
  providerTitle,
  SubtitleQuestion,
  TitleReference,
} from '@hearth/contract/provider-exchange';
import type { ProviderConfig } from '@hearth/contract/provider-manifest';
import type { z } from 'zod';

/** A page of a catalog: `{ items, next }`. */
export type Page = z.input<typeof providerPage>;
export type Item = Page['items'][number];
export type Title = z.input<typeof providerTitle>;
export type Source = z.input<typeof providerSource>;
export type Subtitle = z.input<typeof providerSubtitle>;
export type { CatalogQuestion, ProviderConfig, SubtitleQuestion, TitleReference };

export interface FetchRequest {
  /** Media types, of which the answer must be one. */
  readonly accept?: readonly string[];
  readonly headers?: Readonly<Record<string, string | number>>;
}

/** As the web has it, as far as providers need it. Reading what is not `ok` throws. */
export interface FetchResponse {
  /** 200–299 */
  readonly ok: boolean;
  readonly status: number;
  /** After redirects. */
  readonly url: string;
  readonly contentType: string;
  text(): Promise<string>;
  /** What the host sends is anything: check what you use of it. */
  json(): Promise<any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- as in the web's own `Response`
  bytes(): Promise<Uint8Array>;
}

/** What a provider works with while it answers one question. */
export interface Context {
  /** What the administrator entered for the fields in `config` of provider.json, with their defaults. */
  readonly config: ProviderConfig;
  /** GETs from hosts in `network.hosts` of provider.json, by https; at most 40 times a question, 2 MiB each. */
  fetch(url: string | URL, request?: FetchRequest): Promise<FetchResponse>;
  /** A line in Hearth's log at level `debug`. */
  log(...values: unknown[]): void;
}

type Answer<T> = T | Promise<T>;

/** One verb for each of `resources` in provider.json. Throw for trouble; nothing found is an empty list, or null. */
export interface Provider {
  /** `catalog` */
  catalog?(question: CatalogQuestion, context: Context): Answer<Page>;
  /** `metadata` */
  title?(question: TitleReference, context: Context): Answer<Title | null>;
  /** `source` */
  sources?(question: TitleReference, context: Context): Answer<Source[]>;
  /** `subtitle` */
  subtitles?(question: SubtitleQuestion, context: Context): Answer<Subtitle[]>;
}

/** Gives back what it is given; an editor knows what is in it by that. */
export const defineProvider = (provider: Provider): Provider => provider;
