import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What somebody asked to take along. */
@Entity('download')
export class DownloadEntity {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'account_id' }) accountId!: string;
  @Column('text', { name: 'file_id' }) fileId!: string;
  @Column('text', { name: 'title_id' }) titleId!: string;
  @Column('text', { name: 'episode_id', nullable: true }) episodeId!: string | null;
  @Column('text') quality!: string;
  /** null: the file itself. */
  @Column('text', { name: 'version_id', nullable: true }) versionId!: string | null;
  @Column('bigint', { name: 'created_at' }) createdAt!: number;
}
