import type { SourcePreferences } from '@hearth/contract/source';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How one person wants sources ranked. */
@Entity('source_preference')
export class SourcePreference {
  @PrimaryColumn('text', { name: 'account_id' }) accountId!: string;
  @Column('simple-json') preferences!: SourcePreferences;
}
