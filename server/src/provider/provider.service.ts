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
import { AnswerStore } from './asking/answer-store.js';
import { trustIn } from './asking/health.js';
import { type AskOptions, ProviderAnswers } from './asking/provider-answers.js';
import { ProviderRecords } from './asking/provider-records.js';
import { verbs } from './asking/verbs.js';
import { answersTo, type Matter } from './registry/answers-to.js';
import { missingFields } from './registry/config-check.js';
import { HiddenProviders } from './registry/hidden-providers.js';
import { ProviderRows } from './registry/provider-rows.js';

export type { AskOptions } from './asking/provider-answers.js';
export type { Matter } from './registry/answers-to.js';

/** A provider of this server. */
export interface ProviderEntry {
  readonly id: string;
  readonly manifest: ProviderManifest;
  readonly enabled: boolean;
  /** Asked and listed in this order, 0 first. */
  readonly priority: number;
  /** The account switched it off for itself. */
  readonly hidden: boolean;
  /** Everything is set that it cannot do without. */
  readonly configured: boolean;
}

/** What providers can be asked; each answer is checked, limited, kept for a while and recorded. @throws ProviderTrouble */
export interface ProviderQuestions {
  catalog(id: string, question: CatalogQuestion, options?: AskOptions): Promise<ProviderPage>;
  title(id: string, question: TitleReference, options?: AskOptions): Promise<ProviderTitle | null>;
  sources(id: string, question: TitleReference, options?: AskOptions): Promise<ProviderSource[]>;
  subtitles(id: string, question: SubtitleQuestion, options?: AskOptions): Promise<ProviderSubtitle[]>;
  /** Where a subtitle without an address is now; null: it is gone. */
  subtitleLink(id: string, subtitleId: string, options?: AskOptions): Promise<string | null>;
}

/** Providers, for everybody outside this folder. */
@Injectable()
export class ProviderService {
  /** @throws ProviderTrouble */
  readonly ask: ProviderQuestions;

  constructor(
    private readonly rows: ProviderRows,
    private readonly hidden: HiddenProviders,
    private readonly records: ProviderRecords,
    private readonly store: AnswerStore,
    answers: ProviderAnswers,
  ) {
    this.ask = {
      catalog: (id, question, options) => answers.ask(verbs.catalog, id, question, options),
      title: (id, question, options) => answers.ask(verbs.title, id, question, options),
      sources: (id, question, options) => answers.ask(verbs.sources, id, question, options),
      subtitles: (id, question, options) => answers.ask(verbs.subtitles, id, question, options),
      subtitleLink: (id, subtitleId, options) => answers.ask(verbs.subtitleLink, id, subtitleId, options),
    };
  }

  /** All of them in order, switched on or not. */
  async list(accountId?: string): Promise<ProviderEntry[]> {
    const [rows, hidden] = await Promise.all([this.rows.all(), this.hidden.of(accountId)]);
    return rows.map(({ id, manifest, enabled, priority, config }) => ({
      ...{ id, manifest, enabled, priority },
      hidden: hidden.has(id),
      configured: missingFields(manifest.config, config).length === 0,
    }));
  }

  /** Those that are on, configured, and answer such a question; resting ones are among them. */
  async able(capability: Capability, matter: Matter, accountId?: string): Promise<ProviderEntry[]> {
    return (await this.list(accountId)).filter(
      ({ enabled, hidden, configured, manifest }) =>
        enabled && !hidden && configured && answersTo(manifest, capability, matter),
    );
  }

  /** 0–1: how far what it says is believed. */
  async trust(id: string): Promise<number> {
    return trustIn((await this.records.of(id)).samples);
  }

  /** Looks into what is kept, by what was found: `fresh`, `stale`, `spare` or `none`. */
  get keptCounts(): Readonly<Record<string, number>> {
    return this.store.counts;
  }
}
