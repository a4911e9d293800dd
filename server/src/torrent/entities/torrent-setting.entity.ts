import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One setting that an administrator changed. */
@Entity('torrent_setting')
export class TorrentSettingEntity {
  @PrimaryColumn('text') name!: string;
  /** JSON. */
  @Column('text') value!: string;
}
