import type {
  CatalogQuestion,
  ProviderPage,
  ProviderSource,
  ProviderSubtitle,
  ProviderTitle,
  SubtitleQuestion,
  TitleReference,
} from '@hearth/contract/provider-exchange';
import type { Capability, ProviderManifest } from '@hearth/contract/provider-manifest';
import { Injectable } from '@nestjs/common';
import { ProviderTrouble } from './provider.js';

/** A provider of this server. */
export interface ProviderEntry {
  readonly id: string;
  readonly manifest: ProviderManifest;
  readonly enabled: boolean;
  /** Asked and listed in this order, 0 first. */
  readonly priority: number;
  /** The account switched it off for itself. */
  readonly hidden: boolean;
}

export interface AskOptions {
  readonly signal?: AbortSignal;
  /** How long the caller waits; 8 s unless said. What comes later is kept for the next one. */
  readonly deadlineMs?: number;
  /** Nobody waits for it: it lets everybody else go first. */
  readonly background?: boolean;
}

/** What providers can be asked; each answer is checked, limited, kept for a while and recorded. @throws ProviderTrouble */
export interface ProviderQuestions {
  catalog(id: string, question: CatalogQuestion, options?: AskOptions): Promise<ProviderPage>;
  title(id: string, question: TitleReference, options?: AskOptions): Promise<ProviderTitle | null>;
  sources(id: string, question: TitleReference, options?: AskOptions): Promise<ProviderSource[]>;
  subtitles(id: string, question: SubtitleQuestion, options?: AskOptions): Promise<ProviderSubtitle[]>;
}

/** What a question is about: its type, and the ids that are known of it. */
export type Matter = Pick<TitleReference, 'type' | 'id'> & Partial<Pick<TitleReference, 'externalIds'>>;

/** Providers, for everybody outside this folder. */
@Injectable()
export class ProviderService {
  /** @throws ProviderTrouble */
  readonly ask: ProviderQuestions = { catalog: off, title: off, sources: off, subtitles: off };

  /** All of them in order, switched on or not. */
  list(_accountId?: string): Promise<ProviderEntry[]> {
    return Promise.resolve([]);
  }

  /** Those that are on, configured, and answer such a question. */
  able(_capability: Capability, _matter: Matter): Promise<ProviderEntry[]> {
    return Promise.resolve([]);
  }
}

const off = () => Promise.reject(new ProviderTrouble('off', 'There is no such provider.'));
