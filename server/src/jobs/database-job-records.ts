import { type EntityManager, In, IsNull, type SelectQueryBuilder } from 'typeorm';
import type { Database } from '../database/database.js';
import { JobEntity } from './job.entity.js';
import {
  interruptedFirst,
  type JobPatch,
  type JobRecord,
  type JobRecords,
  openStates,
  type RecordState,
} from './job-record.js';

/** Jobs in table `job`. */
export class DatabaseJobRecords implements JobRecords {
  constructor(private readonly database: Database) {}

  async add(record: JobRecord): Promise<JobRecord> {
    return this.database.write(async (manager) => {
      const { name, key } = record;
      const same = key === null ? null : await this.openWithKey(manager, name, key);
      if (same) return same;
      await manager.insert(JobEntity, record);
      return record;
    });
  }

  async get(id: string): Promise<JobRecord | undefined> {
    return (await this.database.read.findOneBy(JobEntity, { id })) ?? undefined;
  }

  async list(limit: number): Promise<JobRecord[]> {
    return this.select()
      .addSelect("CASE WHEN job.state IN ('running', 'suspended') THEN 0 ELSE 1 END", 'rank')
      .addSelect('COALESCE(job.ended_at, 0)', 'ended')
      .orderBy('CASE WHEN job.ended_at IS NULL THEN 0 ELSE 1 END')
      .addOrderBy('ended', 'DESC')
      .addOrderBy('rank')
      .addOrderBy('job.id')
      .limit(limit)
      .getMany();
  }

  async open(): Promise<JobRecord[]> {
    return this.database.read.find(JobEntity, { where: { endedAt: IsNull() }, order: { id: 'ASC' } });
  }

  async change(id: string, from: readonly RecordState[], patch: JobPatch): Promise<JobRecord | undefined> {
    return this.database.write(async (manager) => {
      const lock = this.database.dialect === 'postgres' && { lock: { mode: 'pessimistic_write' as const } };
      const record = await manager.findOne(JobEntity, { where: { id, state: In([...from]) }, ...lock });
      if (!record) return undefined;
      const isReopened = record.endedAt !== null && patch.endedAt === null;
      if (isReopened && record.key !== null && (await this.openWithKey(manager, record.name, record.key))) {
        return undefined;
      }
      await manager.update(JobEntity, { id }, patch);
      return Object.assign(record, patch);
    });
  }

  async prune(keep: number): Promise<void> {
    const oldestKept =
      'SELECT ended_at, id FROM job WHERE ended_at IS NOT NULL ORDER BY ended_at DESC, id DESC';
    await this.database.write((manager) =>
      manager.query(`DELETE FROM job WHERE (ended_at, id) < (${oldestKept} LIMIT 1 OFFSET ${keep - 1})`),
    );
  }

  /** Waiting jobs of these kinds whose time has come at `now`, in the order they should start. */
  async due(
    now: number,
    names: readonly string[],
    without: readonly string[],
    limit: number,
  ): Promise<JobRecord[]> {
    if (names.length === 0) return [];
    const query = this.select()
      .where("job.state = 'waiting' AND job.run_at <= :now", { now })
      .andWhere('job.name IN (:...names)', { names });
    if (without.length > 0) query.andWhere('job.id NOT IN (:...without)', { without });
    return query
      .addSelect(`CASE WHEN job.run_at = ${interruptedFirst} THEN 0 ELSE 1 END`, 'rank')
      .orderBy('rank')
      .addOrderBy('job.priority', 'DESC')
      .addOrderBy('job.run_at')
      .addOrderBy('job.id')
      .limit(limit)
      .getMany();
  }

  /** When the first waiting job is due after `now`; both in milliseconds since the epoch. */
  async nextRunAt(now: number): Promise<number | undefined> {
    const row = await this.select()
      .select('MIN(job.run_at)', 'next')
      .where("job.state = 'waiting' AND job.run_at > :now", { now })
      .getRawOne<{ next: number | null }>();
    return row?.next ?? undefined;
  }

  private select(): SelectQueryBuilder<JobEntity> {
    return this.database.read.createQueryBuilder(JobEntity, 'job');
  }

  private async openWithKey(manager: EntityManager, name: string, key: string): Promise<JobRecord | null> {
    if (this.database.dialect === 'postgres') {
      // Two transactions would not see each other's new row.
      await manager.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`job ${name} ${key}`]);
    }
    return manager.findOneBy(JobEntity, { name, key, state: In([...openStates]) });
  }
}
