import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { SearchPart } from '@hearth/contract/source';
import { atMost } from '../../common/at-most.js';
import { Logger } from '../../common/log/logger.js';
import { ProviderTrouble } from '../../provider/provider.js';
import {
  type ProviderEntry,
  type ProviderQuestions,
  ProviderService,
} from '../../provider/provider.service.js';
import { DiscoveryBudget } from './discovery-budget.js';
import { type FoundSource, joinSources } from './found-source.js';
import { FoundSourceStore, type StoredAnswer } from './found-source-store.service.js';
import { SeederCounts } from './seeder-counts.js';
import { SourceNews } from './source-news.js';
import { SourceSearch } from './source-search.js';
import type { SourceSubject } from './source-subject.js';

/** Who does not answer until then is late, ms. */
export const deadlineMs = 8000;
/** Who failed is not asked again for so long because somebody looks again, ms. */
const againMs = 30_000;
const sweepMs = 10 * 60_000;

/** What there is of a subject now. */
export interface Findings {
  readonly found: readonly FoundSource[];
  readonly parts: readonly SearchPart[];
  readonly searching: boolean;
}

export const nothing: Findings = { found: [], parts: [], searching: false };

type Askable = Pick<ProviderService, 'able' | 'trust'> & { readonly ask: Pick<ProviderQuestions, 'sources'> };

/** Asks providers for sources, in parallel, and keeps what they find. What is known is given at once, whoever hangs. */
@Injectable()
export class SourceSearches implements OnModuleInit, OnModuleDestroy {
  private readonly searches = new Map<string, SourceSearch>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(ProviderService) private readonly providers: Askable,
    private readonly store: FoundSourceStore,
    private readonly news: SourceNews,
    private readonly budget: DiscoveryBudget,
    private readonly counts: SeederCounts,
    @Inject(Logger) private readonly logger: Pick<Logger, 'warn' | 'error'>,
  ) {}

  onModuleInit(): void {
    this.timer = setInterval(() => void this.sweep(), sweepMs).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
    this.news.stop();
  }

  /**
   * What was found, after asking those whose answer is missing or old. With `sources.changed` the account hears of what
   * comes later.
   * @param waitMs how long to wait for those who are asked
   */
  async look(subject: SourceSubject, accountId: string, waitMs = 0): Promise<Findings> {
    const able = await this.able(subject, accountId);
    if (able.length === 0) return nothing;
    const known = await this.store.of(subject.key);
    const search = this.ask(subject, able, known, false);
    if (search?.isRunning) {
      search.watchers.add(accountId);
      if (waitMs > 0) await atMost(search.done, waitMs);
    }
    const findings = await this.findings(subject, able, search ? await this.store.of(subject.key) : known);
    void this.count(subject, findings, accountId);
    return findings;
  }

  /** Asks those that have questions left for today; the answers are for whoever looks next. @returns when all have answered */
  async ahead(subject: SourceSubject, accountId: string): Promise<void> {
    const known = await this.store.of(subject.key);
    const missing = this.missing(subject, await this.able(subject, accountId), known);
    const allowed = await this.budget.take(missing.map(({ id }) => id), Date.now());
    await this.ask(subject, missing.filter(({ id }) => allowed.has(id)), known, true)?.done;
  } // prettier-ignore

  private able({ reference }: SourceSubject, accountId: string): Promise<ProviderEntry[]> {
    return this.providers.able('source', reference, accountId);
  }

  /** @returns the search under way, or what is left of the last one */
  private ask(
    subject: SourceSubject,
    able: readonly ProviderEntry[],
    known: readonly StoredAnswer[],
    background: boolean,
  ): SourceSearch | undefined {
    const asked = this.recent(subject);
    const missing = this.missing(subject, able, known);
    if (missing.length === 0) return asked;
    const search = asked ?? new SourceSearch(subject, (changed) => this.news.tell(changed));
    this.searches.set(subject.key, search);
    for (const entry of missing) search.ask(entry, () => this.answer(subject, entry.id, background));
    return search;
  }

  /** Whose answer is missing or old, but not those that were asked just now. */
  private missing(
    subject: SourceSubject,
    able: readonly ProviderEntry[],
    known: readonly StoredAnswer[],
  ): ProviderEntry[] {
    const since = Date.now() - subject.freshMs;
    const fresh = new Set(known.flatMap(({ providerId, foundAt }) => (foundAt > since ? providerId : [])));
    const asked = this.recent(subject)?.parts;
    return able.filter(({ id }) => !fresh.has(id) && !asked?.has(id));
  }

  private recent({ key }: SourceSubject): SourceSearch | undefined {
    const search = this.searches.get(key);
    const endedAt = search?.endedAt ?? null;
    return endedAt === null || Date.now() - endedAt < againMs ? search : undefined;
  }

  private async answer(subject: SourceSubject, providerId: string, background: boolean): Promise<number> {
    try {
      const sources = await this.providers.ask.sources(providerId, subject.reference, { deadlineMs, background });
      await this.store.save(subject, { providerId, foundAt: Date.now(), sources });
      return sources.length;
    } catch (error) {
      if (!(error instanceof ProviderTrouble)) this.logger.error('A provider’s sources could not be kept', { providerId, error }); // prettier-ignore
      throw error;
    }
  } // prettier-ignore

  private async findings(
    { key }: SourceSubject,
    able: readonly ProviderEntry[],
    stored: readonly StoredAnswer[],
  ): Promise<Findings> {
    const search = this.searches.get(key);
    const answers = new Map(stored.map((answer) => [answer.providerId, answer]));
    const heard = able.flatMap(({ id }) => answers.get(id) ?? []);
    const trusted = await Promise.all(
      heard.map(async (answer) => ({ ...answer, trust: await this.providers.trust(answer.providerId) })),
    );
    const parts = able.flatMap((entry) => {
      const answer = answers.get(entry.id);
      const part = search?.parts.get(entry.id) ?? (answer && answered(entry));
      return part ? { ...part, count: answer?.sources.length ?? 0 } : [];
    });
    return {
      found: this.counts.counted(joinSources(key, trusted)),
      parts,
      searching: parts.some(({ state }) => state === 'asking'),
    };
  }

  /** Trackers are nobody's to wait for. */
  private async count(subject: SourceSubject, { found }: Findings, accountId: string): Promise<void> {
    if (await this.counts.learn(found, accountId)) this.news.tellLater(subject, accountId);
  }

  private async sweep(now = Date.now()): Promise<void> {
    for (const [key, { endedAt }] of [...this.searches])
      if (endedAt !== null && now - endedAt > againMs) this.searches.delete(key);
    await this.store.sweep(now).catch((error: unknown) => this.logger.warn('Old sources could not be tidied away', { error })); // prettier-ignore
  }
}

const answered = ({ id, manifest }: ProviderEntry): SearchPart => ({
  ...{ id, name: manifest.name, state: 'answered', count: 0, ms: null, message: null },
});
