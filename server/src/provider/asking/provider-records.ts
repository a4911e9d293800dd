import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { z } from 'zod';
import { Logger } from '../../common/log/logger.js';
import { Turns } from '../../common/turns.js';
import { Database } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { ProviderRecordEntity } from '../registry/provider.entity.js';
import { afterFailure, closedBreaker, isResting } from './breaker.js';
import { ProviderClock } from './clock.js';
import { withSample } from './health.js';

const record = z.object({
  breaker: z.object({ failures: z.int().min(0), restsUntil: z.number() }).readonly(),
  samples: z.array(z.object({ at: z.number(), ms: z.number(), ok: z.boolean() }).readonly()).readonly(),
  lastError: z.object({ at: z.number(), message: z.string() }).readonly().nullable(),
  /** Why it does not become what its manifest says now. */
  note: z.string().nullable().default(null),
});

/** How asking a provider went. */
export type ProviderRecord = Readonly<z.infer<typeof record>>;

const blank: ProviderRecord = Object.freeze({
  breaker: closedBreaker,
  samples: [],
  lastError: null,
  note: null,
});

/** Milliseconds: news of one provider are told, and written down, no more often than that. */
const newsEveryMs = 2000;
const writtenEveryMs = 30_000;

/** What one question came to. */
export interface Outcome {
  /** Milliseconds it took. */
  readonly ms: number;
  /** Left out: it was answered. */
  readonly failure?: { readonly message: string; readonly retryAfterSeconds?: number | undefined };
}

/** How asking went, of every provider; it is written down so that a restart does not hammer who asked for rest. */
@Injectable()
export class ProviderRecords implements OnApplicationShutdown {
  private readonly records = new Map<string, ProviderRecord>();
  private readonly telling = new Set<string>();
  private readonly unwritten = new Set<string>();
  private readonly writes = new Turns();
  private stopWriting: (() => void) | undefined;

  constructor(
    private readonly database: Database,
    private readonly events: EventBus,
    private readonly clock: ProviderClock,
    private readonly logger: Logger,
  ) {}

  async of(id: string): Promise<ProviderRecord> {
    const known = this.records.get(id);
    if (known) return known;
    const row = await this.database.read.findOneBy(ProviderRecordEntity, { providerId: id });
    const read = (row && record.safeParse(JSON.parse(row.record)).data) ?? blank;
    // Another question may have read it meanwhile, and gone on from there.
    return this.records.get(id) ?? (this.records.set(id, read), read);
  }

  /** Writes down how a question went. */
  async add(id: string, { ms, failure }: Outcome): Promise<void> {
    const before = await this.of(id);
    const now = this.clock.now();
    const breaker = failure ? afterFailure(before.breaker, now, failure.retryAfterSeconds) : closedBreaker;
    this.records.set(id, {
      ...before,
      breaker,
      samples: withSample(before.samples, { at: now, ms, ok: !failure }),
      lastError: failure ? { at: now, message: failure.message } : before.lastError,
    });
    this.tell(id);
    this.unwritten.add(id);
    if (isResting(breaker, now) || isResting(before.breaker, now)) void this.write();
    else this.stopWriting ??= this.clock.after(writtenEveryMs, () => void this.write());
  }

  /** @param note for administrators; null: nothing is to be said */
  async note(id: string, note: string | null): Promise<void> {
    const before = await this.of(id);
    if (before.note === note) return;
    this.records.set(id, { ...before, note });
    this.tell(id);
    this.unwritten.add(id);
    await this.write();
  }

  /** It is another now: what it did before does not count. */
  async forget(id: string): Promise<void> {
    this.records.set(id, blank);
    this.unwritten.delete(id);
    await this.writes.run(() =>
      this.database.write((manager) => manager.delete(ProviderRecordEntity, { providerId: id })),
    );
  }

  async onApplicationShutdown(): Promise<void> {
    await this.write();
  }

  private tell(providerId: string): void {
    if (this.telling.has(providerId)) return;
    this.telling.add(providerId);
    this.clock.after(newsEveryMs, () => {
      this.telling.delete(providerId);
      this.events.publish('provider.changed', { providerId });
    });
  }

  private write(): Promise<void> {
    this.stopWriting?.();
    this.stopWriting = undefined;
    return this.writes.run(async () => {
      const ids = [...this.unwritten];
      this.unwritten.clear();
      const rows = ids.map((id) => ({
        providerId: id,
        record: JSON.stringify(this.records.get(id) ?? blank),
      }));
      for (const row of rows) await this.writeOne(row);
    });
  }

  private async writeOne(row: ProviderRecordEntity): Promise<void> {
    try {
      await this.database.write((manager) => manager.upsert(ProviderRecordEntity, row, ['providerId']));
    } catch (error) {
      // It was removed while it was asked: then there is nothing to write to.
      this.logger.debug('How a provider did could not be written down', { provider: row.providerId, error });
    }
  }
}
