import { setTimeout } from 'node:timers/promises';
import Bull from 'bull';
import { Redis } from 'ioredis';
import { z } from 'zod';
import { newId } from '../common/id.js';
import { interruptedFirst, jobRecord, type JobRecord } from './job-record.js';
import type { JobKind } from './job-registry.js';
import { type JobQueueSettings, RecordedJobQueue } from './recorded-job-queue.js';
import { RedisJobRecords, type RedisJobRecord } from './redis-job-records.js';

export interface BullSettings extends JobQueueSettings {
  /** What every key in Redis starts with. */
  readonly prefix?: string;
  /** After this long without a sign of life from its worker a job is taken for crashed. */
  readonly lockMs?: number;
}

const ticket = z.object({ id: z.string() });
type Ticket = z.infer<typeof ticket>;

/** What processes tell each other. */
const news = z.object({ record: jobRecord, isStep: z.boolean() });
type News = z.infer<typeof news>;

/** What Bull asks of connections that block or subscribe. */
const blocking = { maxRetriesPerRequest: null, enableReadyCheck: false };
/** The record tells how it went; Bull keeps nothing, and tries nothing again by itself. */
const forgotten = { removeOnComplete: true, removeOnFail: true, attempts: 1 };

/** Bull’s priorities: 1 first, 2097152 last. Ours: higher first, 0 in the middle. */
const bullPriority = (priority: number): number =>
  Math.min(2_000_000, Math.max(1, 1_000_000 - Math.round(priority)));

const schedule = ({ runAt, priority }: JobRecord): Bull.JobOptions =>
  runAt === interruptedFirst
    ? { lifo: true }
    : { priority: bullPriority(priority), delay: Math.max(0, runAt - Date.now()) };

/**
 * Background jobs on Redis, for several processes. What a job is, and every step of it, is in `RedisJobRecords`; Bull
 * brings a ticket with the job’s id to one worker at the right time, and brings it again when that worker dies.
 */
export class BullJobQueue extends RecordedJobQueue {
  private readonly queues = new Map<string, Bull.Queue<Ticket>>();
  private readonly connections: Redis[] = [];
  private readonly channel: string;

  private constructor(
    private readonly client: Redis,
    private readonly subscriber: Redis,
    private readonly bullSubscriber: Redis,
    private readonly prefix: string,
    protected override readonly settings: BullSettings,
    protected override readonly records: RedisJobRecords,
  ) {
    super(records, settings);
    this.channel = `${prefix}jobs:changed`;
  }

  /** Opens the connections, and listens to what other processes do. @throws Error when Redis cannot be reached */
  static async connect(url: string, settings: BullSettings): Promise<BullJobQueue> {
    const client = new Redis(url, { lazyConnect: true });
    const subscribers = [1, 2].map(() => new Redis(url, { ...blocking, lazyConnect: true }));
    const [news = client, forBull = client] = subscribers;
    for (const connection of [client, ...subscribers]) {
      connection.on('error', (error) => settings.logger.warn('Redis is in trouble', { error }));
    }
    const prefix = settings.prefix ?? 'hearth:';
    const records = new RedisJobRecords(client, `${prefix}jobs:`);
    const queue = new BullJobQueue(client, news, forBull, prefix, settings, records);
    queue.connections.push(client, ...subscribers);
    try {
      await Promise.all(queue.connections.map((connection) => connection.connect()));
      await queue.listen();
    } catch (error) {
      for (const connection of queue.connections) connection.disconnect();
      throw new Error('Redis, as named by REDIS_URL, cannot be reached', { cause: error });
    }
    return queue;
  }

  override async start(): Promise<void> {
    if (!this.settings.runsHandlers) return;
    for (const record of await this.records.open()) {
      if (!this.registry.get(record.name)) await this.recover(record);
      else if (record.state === 'waiting') await this.redeliver(record);
      // Another worker’s, or Bull will find out that it is nobody’s; unless its ticket is lost.
      else if (!(await this.isUnderWay(record))) await this.recover(record);
    }
    for (const kind of this.registry.all()) this.process(kind);
  }

  override async stop(): Promise<void> {
    this.isStopping = true;
    const queues = [...this.queues.values()];
    await Promise.race([Promise.all(queues.map((queue) => queue.pause(true, true))), setTimeout(100)]);
    await this.endRuns();
    await Promise.race([Promise.all(queues.map((queue) => queue.close(true))), setTimeout(100)]);
    for (const connection of this.connections) connection.disconnect();
  }

  /** Hands a new ticket to Bull; it makes older ones of the same job worthless. */
  protected override async deliver({ id, name }: JobRecord): Promise<void> {
    const delivery = newId();
    const record = await this.records.change(id, ['waiting'], { delivery });
    if (record) await this.queue(name).add({ id }, { ...schedule(record), ...forgotten, jobId: delivery });
  }

  /** For a job that should have a ticket: its process may have died, or its transaction failed, in between. */
  protected override async redeliver(record: JobRecord): Promise<void> {
    const current = await this.records.get(record.id);
    if (current?.state === 'waiting' && !(await this.isUnderWay(current))) await this.deliver(current);
  }

  protected override spread(record: JobRecord, isStep: boolean): void {
    const sent = this.client.publish(this.channel, JSON.stringify({ record, isStep } satisfies News));
    this.attend(sent, 'could not be announced', record.id);
  }

  private async listen(): Promise<void> {
    await this.subscriber.subscribe(this.channel);
    this.subscriber.on('message', (_channel, text) => {
      const { record, isStep } = news.parse(JSON.parse(text));
      this.hear(record);
      if (isStep) this.running.hearOf(record);
    });
  }

  private async isUnderWay({ name, delivery }: RedisJobRecord): Promise<boolean> {
    return delivery !== '' && (await this.queue(name).getJob(delivery)) !== null;
  }

  private process({ name, concurrency }: JobKind): void {
    const queue = this.queue(name);
    const processing = queue.process(concurrency, async (job) => {
      if (!this.isStopping) await this.take(ticket.parse(job.data).id, String(job.id));
      // Bull would fetch the next one for the answer, and nobody would be there to take it.
      if (this.isStopping) await new Promise<never>(() => undefined);
    });
    // Settles when the queue closes; fails when that comes before it has begun.
    processing.catch((error: unknown) => this.hearTrouble(name, error));
  }

  /** Redeems a ticket. A job that is `running` already comes from a worker that died. */
  private async take(id: string, delivery: string): Promise<void> {
    // A cancelled handler may still be at it while its job is tried again.
    await this.running.get(id)?.ended;
    const record = await this.records.get(id);
    if (record?.delivery !== delivery) return;
    const { state, attempts } = record;
    const isCrashed = state === 'suspended' || (state === 'running' && this.asPoison(record));
    if (isCrashed) return this.recover(record);
    if (state !== 'waiting' && state !== 'running') return;
    const patch = { state: 'running', attempts: attempts + 1, startedAt: Date.now() } as const;
    const running = await this.records.change(id, [state], patch, delivery);
    if (running) await this.execute(running);
  }

  private queue(name: string): Bull.Queue<Ticket> {
    const known = this.queues.get(name);
    if (known) return known;
    const lockMs = this.settings.lockMs ?? 10_000;
    const queue = new Bull<Ticket>(name, {
      prefix: `${this.prefix}bull`,
      createClient: (type) => this.connection(type),
      settings: {
        ...{ lockDuration: lockMs, lockRenewTime: lockMs / 3, stalledInterval: lockMs / 2 },
        // How often is for `asPoison` to judge.
        maxStalledCount: 1000,
      },
    });
    // Bull 4.16 leaves this promise alone: a connection that closes meanwhile would end the whole process.
    Object.assign(queue, { setWorkerName: () => Promise.resolve() });
    queue.on('error', (error) => this.hearTrouble(name, error));
    this.queues.set(name, queue);
    return queue;
  }

  private hearTrouble(job: string, error: unknown): void {
    if (!this.isStopping) this.settings.logger.warn('Bull is in trouble', { job, error });
  }

  private connection(type: 'client' | 'subscriber' | 'bclient'): Redis {
    if (type === 'client') return this.client;
    if (type === 'subscriber') return this.bullSubscriber;
    // Bull may ask for one while it closes, too, and never use it.
    const connection = this.client.duplicate({ ...blocking, lazyConnect: this.isStopping });
    this.connections.push(connection);
    return connection;
  }
}
