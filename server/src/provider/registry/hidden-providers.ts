import { Injectable } from '@nestjs/common';
import { newId } from '../../common/id.js';
import { Database } from '../../database/database.js';
import { ProviderHiddenEntity } from './provider.entity.js';

/** Providers that people switched off for themselves. */
@Injectable()
export class HiddenProviders {
  constructor(private readonly database: Database) {}

  async of(accountId: string | undefined): Promise<ReadonlySet<string>> {
    if (accountId === undefined) return new Set();
    const rows = await this.database.read.findBy(ProviderHiddenEntity, { accountId });
    return new Set(rows.map(({ providerId }) => providerId));
  }

  async set(providerId: string, accountId: string, hidden: boolean): Promise<void> {
    await this.database.write(async (manager) => {
      if (hidden) {
        const row = { id: newId(), providerId, accountId };
        await manager
          .createQueryBuilder()
          .insert()
          .into(ProviderHiddenEntity)
          .values(row)
          .orIgnore()
          .execute();
      } else {
        await manager.delete(ProviderHiddenEntity, { providerId, accountId });
      }
    });
  }
}
