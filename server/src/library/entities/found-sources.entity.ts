import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What one provider answered when it was asked for the sources of something. */
@Entity('found_sources')
export class FoundSources {
  /** Names what was asked for. */
  @PrimaryColumn('text') subject!: string;
  @PrimaryColumn('text', { name: 'provider_id' }) providerId!: string;
  /** The library's title it was asked for; null for what is in no library. */
  @Column('text', { name: 'title_id', nullable: true }) titleId!: string | null;
  @Column('text', { name: 'episode_id', nullable: true }) episodeId!: string | null;
  /** Question and answer, encrypted: addresses hold keys, and questions say what people look for. */
  @Column('text') sealed!: string;
  @Column('bigint', { name: 'found_at' }) foundAt!: number;
}
