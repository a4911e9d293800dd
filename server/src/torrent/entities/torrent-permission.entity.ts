import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What an administrator gave one person. */
@Entity('torrent_permission')
export class TorrentPermissionEntity {
  @PrimaryColumn('text', { name: 'account_id' }) accountId!: string;
  @Column('boolean') allowed!: boolean;
  @Column('integer', { name: 'max_streams', nullable: true }) maxStreams!: number | null;
  @Column('bigint', { name: 'quota_bytes', nullable: true }) quotaBytes!: number | null;
}
