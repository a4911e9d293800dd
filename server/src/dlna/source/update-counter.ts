import { Injectable } from '@nestjs/common';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Logger } from '../../common/log/logger.js';
import { Database } from '../../database/database.js';

/** A number that may only rise, by name. */
@Entity('dlna_counter')
export class CounterEntity {
  @PrimaryColumn('text') name!: string;
  @Column('bigint') value!: number;
}

/** How far ahead the database is told: a scan changes thousands of things, and each must not cost a write. */
const reserved = 1000;
/** The ids are 32 bits wide (ui4), and 0 says nothing. */
const largest = 2 ** 32 - 1 - 2 * reserved;
const name = 'update';

/**
 * The SystemUpdateID: rises with every change, and after a restart begins beyond all that was ever said, for what
 * changed while nobody counted has changed too.
 */
@Injectable()
export class UpdateCounter {
  private current = 1;
  private promised = 0;
  private saving: Promise<void> | undefined;
  private readonly logger: Logger;

  constructor(
    private readonly database: Database,
    logger: Logger,
  ) {
    this.logger = logger.scoped('dlna');
  }

  /** Call before the first `value`. */
  async load(): Promise<void> {
    const known = await this.database.read.findOneBy(CounterEntity, { name });
    this.current = 1 + ((known?.value ?? 0) % largest);
    await this.promise();
  }

  get value(): number {
    return this.current;
  }

  /** @returns the new value; the same again only while more changes than a write can keep up with */
  rise(): number {
    this.current = Math.min(this.current + 1, this.promised);
    if (this.current + reserved / 2 > this.promised) this.saving ??= this.save();
    return this.current;
  }

  /** When the database knows all that was said. */
  async saved(): Promise<void> {
    await this.saving;
  }

  /** A database that is away for a moment is told with the next change. */
  private async save(): Promise<void> {
    await this.promise().catch((error: unknown) =>
      this.logger.warn('The update id was not saved', { error }),
    );
    this.saving = undefined;
  }

  private async promise(): Promise<void> {
    const next = this.current + reserved;
    await this.database.write((manager) => manager.upsert(CounterEntity, { name, value: next }, ['name']));
    this.promised = next;
  }
}
