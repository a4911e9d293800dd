import { preferences as ownPreferences } from '@hearth/contract/account';
import { type SourcePreferences, sourcePreferences } from '@hearth/contract/source';
import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { SourcePreference } from '../entities/source-preference.entity.js';
import { type Circumstances, noCircumstances } from './rank.js';

/** How each person wants sources ranked. */
@Injectable()
export class SourcePreferencesService {
  constructor(private readonly database: Database) {}

  async of(accountId: string): Promise<SourcePreferences> {
    const row = await this.database.read.findOneBy(SourcePreference, { accountId });
    return sourcePreferences.safeParse(row?.preferences).data ?? noCircumstances.preferences;
  }

  /** What of a person counts when sources are ranked for them. */
  async wishes(accountId: string): Promise<Pick<Circumstances, 'preferences' | 'audioLanguages'>> {
    const account = await this.database.read
      .createQueryBuilder()
      .select('a.preferences', 'preferences')
      .from('account', 'a')
      .where('a.id = :accountId', { accountId })
      .getRawOne<{ preferences: string }>();
    const { audioLanguages } = ownPreferences.parse(JSON.parse(account?.preferences ?? '{}'));
    return { preferences: await this.of(accountId), audioLanguages };
  }

  async set(accountId: string, preferences: SourcePreferences): Promise<void> {
    await this.database.write((manager) =>
      manager.upsert(SourcePreference, { accountId, preferences }, ['accountId']),
    );
  }
}
