import type {
  CatalogQuestion,
  providerPage,
  providerSource,
  providerSubtitle,
  providerTitle,
  SubtitleQuestion,
  TitleReference,
} from '@hearth/contract/provider-exchange';
import type { ProviderConfig, ProviderManifest } from '@hearth/contract/provider-manifest';
import type { z } from 'zod';
import type { Fetched } from '../common/fetch/guarded-fetch.js';

/** What one request of a provider may be. */
export interface ProviderRequest {
  /** Media types, of which the answer must be one. */
  readonly accept?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent by POST, as JSON; left out: a GET. */
  readonly json?: unknown;
  /** At most, of the body; 1 MB unless said. */
  readonly maxBytes?: number;
  /** Whether an address may be asked: the one that was given, and each that it leads to. */
  readonly permits?: (url: URL) => boolean;
}

/** What a provider works with while it answers one question. */
export interface ProviderCall {
  /** Its settings, with defaults filled in. */
  readonly config: ProviderConfig;
  /** Aborts when nobody waits any more, or at the deadline. */
  readonly signal: AbortSignal;
  /** The only way out: guarded, bounded, counted. @throws FetchRefused, ProviderTrouble */
  readonly fetch: (url: string, request?: ProviderRequest) => Promise<Fetched>;
  /** How long this answer may be kept, where the provider says so itself. */
  readonly keep: (lifetime: AnswerLifetime) => void;
}

/** Seconds; what is left out is Hearth's to choose. */
export interface AnswerLifetime {
  readonly fresh?: number;
  /** How much longer it is given while a newer one is fetched. */
  readonly whileRevalidating?: number;
  /** How much longer it is given where the provider fails. */
  readonly ifError?: number;
}

/**
 * `resting`: it failed, or said to wait; `held`: the interface that it must go through is away; `invalid`: what it said
 * was no answer; `off`: switched off or removed; `unconfigured`: a setting is missing or refused.
 */
export type ProviderTroubleCode =
  'resting' | 'timeout' | 'failed' | 'invalid' | 'off' | 'unconfigured' | 'held';

/** Why a provider gave nothing. The message is for people and holds no address and no secret. */
export class ProviderTrouble extends Error {
  constructor(
    readonly code: ProviderTroubleCode,
    message: string,
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
    this.name = 'ProviderTrouble';
  }
}

/** It did what no provider may: it is switched off, and only an administrator switches it on again. */
export class ProviderMisbehaved extends Error {
  override readonly name = 'ProviderMisbehaved';
}

/**
 * Where metadata or sources come from. Each capability of its manifest is one of the verbs below. What they give is
 * not trusted: whoever asks checks it. They throw for trouble; nothing found is null or empty.
 */
export interface Provider {
  readonly manifest: ProviderManifest;
  /** Lets go of what it holds: a process, a connection. */
  close?(): Promise<void>;
}

export interface CatalogProvider extends Provider {
  catalog(question: CatalogQuestion, call: ProviderCall): Promise<z.input<typeof providerPage>>;
}

export interface MetadataProvider extends Provider {
  title(question: TitleReference, call: ProviderCall): Promise<z.input<typeof providerTitle> | null>;
}

export interface SourceProvider extends Provider {
  sources(question: TitleReference, call: ProviderCall): Promise<z.input<typeof providerSource>[]>;
}

export interface SubtitleProvider extends Provider {
  subtitles(question: SubtitleQuestion, call: ProviderCall): Promise<z.input<typeof providerSubtitle>[]>;
  /**
   * Where a subtitle without an address is now; services that count downloads are asked only when it is used.
   * @returns null when it is gone
   */
  subtitleLink?(subtitleId: string, call: ProviderCall): Promise<string | null>;
}

/** The ids of what is in the house itself (record 25): it has a place among providers, and is asked by nobody. */
export const homeKeys = { library: 'hearth.library', nfo: 'hearth.nfo' } as const;

/** It is Hearth's own: its manifest lies in the code, and it is never removed. */
export const cameWithHearth = ({ runtime }: Pick<ProviderManifest, 'runtime'>): boolean =>
  runtime === 'builtin' || runtime === 'home';

/** Anybody may give their provider its id. */
export const isNfo = ({ id, runtime }: Pick<ProviderManifest, 'id' | 'runtime'>): boolean =>
  runtime === 'home' && id === homeKeys.nfo;

/** A provider with any of the capabilities. */
export type AnyProvider = Provider &
  Partial<Pick<CatalogProvider, 'catalog'>> &
  Partial<Pick<MetadataProvider, 'title'>> &
  Partial<Pick<SourceProvider, 'sources'>> &
  Partial<Pick<SubtitleProvider, 'subtitles' | 'subtitleLink'>>;
