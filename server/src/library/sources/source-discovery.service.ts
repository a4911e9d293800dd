import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import type { Caller } from '../../common/http/caller.js';
import { type JobContext, type JobDefinition, JobQueue } from '../../jobs/job-queue.js';
import { ProviderEgress } from '../../provider/provider-egress.service.js';
import { SourceRights } from './source-rights.service.js';
import { SourceSearches } from './source-searches.service.js';
import { TitleSubjects } from './title-subjects.service.js';
import { type WantedTitle, WantedTitles } from './wanted-titles.js';

/** How often what people like and follow is looked through, ms. */
const roundMs = 6 * 60 * 60_000;
/** What is on screens at the same time. */
const mostOnScreen = 60;

/** Finds sources before anybody asks: of what is on a screen first, then of what people like and follow. */
@Injectable()
export class SourceDiscovery implements OnModuleInit, OnModuleDestroy {
  readonly definition: JobDefinition<Record<string, never>> = {
    name: 'sources.discover',
    payload: z.object({}).strict(),
    key: () => 'sources',
    attempts: 1,
    concurrency: 1,
    handler: (_, context) => this.run(context),
  };
  private onScreen: WantedTitle[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly jobs: JobQueue,
    private readonly wanted: WantedTitles,
    private readonly subjects: TitleSubjects,
    private readonly searches: SourceSearches,
    private readonly rights: SourceRights,
    private readonly wayOut: ProviderEgress,
  ) {}

  onModuleInit(): void {
    this.jobs.register(this.definition);
    this.timer = setInterval(() => void this.begin(-10), roundMs).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** These are looked at now: those that lack a file come first. */
  async lift(titleIds: readonly string[], caller: Caller): Promise<void> {
    if (!(await this.rights.mayAsk(caller))) return;
    const lacking = await this.wanted.lacking(titleIds, caller.accountId);
    if (lacking.length === 0) return;
    this.onScreen = [...lacking, ...this.onScreen].slice(0, mostOnScreen);
    await this.begin(0);
  }

  private begin(priority: number): Promise<string> {
    return this.jobs.enqueue(this.definition, {}, { label: 'Sources', priority });
  }

  private async run(context: JobContext): Promise<void> {
    const others = await this.wanted.ofHousehold(Date.now());
    for (let next = this.onScreen.shift() ?? others.shift(); next; next = this.onScreen.shift() ?? others.shift()) {
      await context.breathe();
      if (this.wayOut.isHeld) return;
      const subject = await this.subjects.of(next.titleId, next.episodeId);
      if (subject) await this.searches.ahead(subject, next.accountId);
    }
  } // prettier-ignore
}
