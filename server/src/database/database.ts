import { AsyncLocalStorage } from 'node:async_hooks';
import type { DataSource, EntityManager } from 'typeorm';
import { Turns } from '../common/turns.js';

interface Transaction {
  manager: EntityManager;
  afterCommit: (() => void)[];
}

/**
 * The one door to the database. Reads never wait for writes: SQLite has a connection of its own for each (WAL).
 * Writes run one at a time on SQLite, because TypeORM's single connection would mix the statements of
 * concurrent transactions; on PostgreSQL each has its own pooled connection.
 */
export class Database {
  private readonly current = new AsyncLocalStorage<Transaction>();
  private readonly writes = new Turns();

  constructor(
    private readonly writer: DataSource,
    private readonly reader: DataSource,
  ) {}

  get dialect(): 'sqlite' | 'postgres' {
    return this.writer.options.type === 'postgres' ? 'postgres' : 'sqlite';
  }

  /** For queries. Inside `write`, the transaction's own manager, so that it sees its changes. */
  get read(): EntityManager {
    return this.current.getStore()?.manager ?? this.reader.manager;
  }

  /** Runs `work` in a transaction; a nested call joins the one around it. Keep it short: others wait. */
  async write<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const outer = this.current.getStore();
    if (outer) return work(outer.manager);
    const afterCommit: (() => void)[] = [];
    const transact = () =>
      this.writer.transaction((manager) => this.current.run({ manager, afterCommit }, () => work(manager)));
    const result = await (this.dialect === 'sqlite' ? this.writes.run(transact) : transact());
    for (const callback of afterCommit) callback();
    return result;
  }

  /**
   * `write`, but never two at once that name the same matter: for rules over rows that do not exist yet, such as
   * “only one first administrator”. On PostgreSQL an advisory lock until commit; on SQLite writes are alone anyway.
   */
  async writeAlone<T>(matter: string, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.write(async (manager) => {
      if (this.dialect === 'postgres') {
        await manager.query('SELECT pg_advisory_xact_lock(hashtext($1))', [matter]);
      }
      return work(manager);
    });
  }

  /** Runs `callback` once the current transaction is safe on disk; at once outside of one; never after a roll-back. */
  afterCommit(callback: () => void): void {
    const transaction = this.current.getStore();
    if (transaction) transaction.afterCommit.push(callback);
    else callback();
  }

  async close(): Promise<void> {
    await this.writes.settled;
    if (this.reader !== this.writer && this.reader.isInitialized) await this.reader.destroy();
    if (this.writer.isInitialized) await this.writer.destroy();
  }
}
