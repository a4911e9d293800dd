import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Database } from '../../database/database.js';
import type { Condition } from './keyset-lists.service.js';

const ids = z.array(z.string());

/** Libraries that an account does not see. */
@Injectable()
export class HiddenLibraries {
  constructor(private readonly database: Database) {}

  async of(accountId: string): Promise<string[]> {
    const [row] = await this.database.read.sql<
      { hidden: string }[]
    >`SELECT hidden_library_ids AS hidden FROM account WHERE id = ${accountId}`;
    return row ? ids.parse(JSON.parse(row.hidden)) : [];
  }

  /** Leaves their rows out of a list; nothing for an account that sees everything. */
  async condition(accountId: string): Promise<Condition[]> {
    const hidden = await this.of(accountId);
    return hidden.length === 0 ? [] : [{ sql: 'x.library_id NOT IN (:...hidden)', parameters: { hidden } }];
  }
}
