import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What was verified, so that a restart checks little and fetches nothing again. */
@Entity('torrent_resume')
export class TorrentResumeEntity {
  @PrimaryColumn('text', { name: 'torrent_id' }) torrentId!: string;
  /** Base64, one bit a piece. */
  @Column('text') bitfield!: string;
  @Column('simple-json') files!: { size: number; modifiedMs: number }[];
}
