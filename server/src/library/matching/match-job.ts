import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { Database } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { type JobContext, type JobDefinition, JobQueue } from '../../jobs/job-queue.js';
import { ProviderTrouble } from '../../provider/provider.js';
import { Artwork } from './artwork.js';
import { MatchingService } from './matching.service.js';
import { TitleFinder } from './title-finder.js';

const day = 24 * 3600_000;
/** What was found is looked at again after so long, ms: ratings and pictures change. */
const refreshAfter = 30 * day;
/** What was not found may be listed by now, ms. */
const retryAfter = 7 * day;
/** Between rounds, ms. */
const roundMs = 6 * 3600_000;
/** A scan changes a library many times, ms. */
const settleMs = 60_000;
const batchSize = 50;
/** Titles a round: the next one goes on. */
const mostInRound = 1000;
/** Titles in a row that nobody answered for: providers are away, and the round is over. */
const mostTroubles = 3;
/** After that, unless somebody else can be asked, ms. */
const restMs = 3600_000;

/** Finds out what titles are and fills in what they lack, while nobody waits. Without a provider that can, it rests. */
@Injectable()
export class MatchJob implements OnModuleInit, OnModuleDestroy {
  readonly definition: JobDefinition<Record<string, never>> = {
    name: 'library.match',
    payload: z.object({}).strict(),
    key: () => 'library.match',
    attempts: 1,
    concurrency: 1,
    handler: (_, context) => this.run(context),
  };
  private rounds: NodeJS.Timeout | undefined;
  private soon: NodeJS.Timeout | undefined;
  private resting = { asked: '', until: 0 };

  constructor(
    @Inject(JobQueue) private readonly jobs: Pick<JobQueue, 'register' | 'enqueue'>,
    private readonly database: Database,
    private readonly events: EventBus,
    private readonly finder: TitleFinder,
    private readonly matching: MatchingService,
    private readonly artwork: Artwork,
  ) {}

  onModuleInit(): void {
    this.jobs.register(this.definition);
    this.rounds = setInterval(() => void this.begin(), roundMs).unref();
    this.events.listen(({ name }) => {
      if (name === 'library.changed' || name === 'provider.changed')
        this.soon ??= setTimeout(() => void this.begin(), settleMs).unref();
    });
  }

  onModuleDestroy(): void {
    clearInterval(this.rounds);
    clearTimeout(this.soon);
  }

  private async begin(): Promise<void> {
    this.soon = undefined;
    const asked = await this.finder.standing();
    if (asked === this.resting.asked && this.resting.until > Date.now()) return;
    if (asked !== '' && (await this.due(asked, '')).length > 0)
      await this.jobs.enqueue(this.definition, {}, { label: 'Titles', priority: -20 });
  }

  private async run(context: JobContext): Promise<void> {
    const asked = await this.finder.standing();
    let after = '';
    let troubles = 0;
    for (let done = 0; asked !== '' && done < mostInRound; done += batchSize) {
      const titleIds = await this.due(asked, after);
      for (after of titleIds) {
        await context.breathe();
        troubles = (await this.isAnswered(after, asked, context.signal)) ? 0 : troubles + 1;
        if (troubles < mostTroubles) continue;
        this.resting = { asked, until: Date.now() + restMs };
        return;
      }
      if (titleIds.length < batchSize) break;
    }
    await this.artwork.sweep();
  }

  private async isAnswered(titleId: string, asked: string, signal: AbortSignal): Promise<boolean> {
    try {
      await this.matching.match(titleId, asked, signal);
      return true;
    } catch (error) {
      if (signal.aborted || !(error instanceof ProviderTrouble)) throw error;
      return false;
    }
  }

  /** Titles nobody was asked for, by this name and by all of these, or not lately. @param after the last id of the batch before */
  private async due(asked: string, after: string): Promise<string[]> {
    const [refresh, retry] = [Date.now() - refreshAfter, Date.now() - retryAfter];
    const rows = await this.database.read.sql<{ id: string }[]>`
      SELECT title.id FROM title LEFT JOIN title_match ON title_match.title_id = title.id
      WHERE title.id > ${after} AND title.type IN ('movie', 'series') AND title.available AND (title_match.title_id IS NULL
        OR title_match.identity <> title.identity OR title_match.asked <> ${asked} OR title_match.checked_at < ${refresh}
        OR (title_match.state IN ('unsure', 'unknown') AND title_match.checked_at < ${retry}))
      ORDER BY title.id LIMIT ${batchSize}`;
    return rows.map(({ id }) => id);
  }
}
