import { type SourcePreferences, sourcePreferences } from '@hearth/contract/source';
import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { SourcePreference } from '../entities/source-preference.entity.js';
import { noCircumstances } from './rank.js';

/** How each person wants sources ranked. */
@Injectable()
export class SourcePreferencesService {
  constructor(private readonly database: Database) {}

  async of(accountId: string): Promise<SourcePreferences> {
    const row = await this.database.read.findOneBy(SourcePreference, { accountId });
    return sourcePreferences.safeParse(row?.preferences).data ?? noCircumstances.preferences;
  }

  async set(accountId: string, preferences: SourcePreferences): Promise<void> {
    await this.database.write((manager) =>
      manager.upsert(SourcePreference, { accountId, preferences }, ['accountId']),
    );
  }
}
