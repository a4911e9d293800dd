import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One person's part in a torrent: who adds what another has added knows nothing of the other. */
@Entity('torrent_member')
export class TorrentMemberEntity {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'torrent_id' }) torrentId!: string;
  @Column('text', { name: 'account_id' }) accountId!: string;
  /** Wants it as a whole. */
  @Column('boolean') download!: boolean;
  /** Everybody who may use torrents sees it. */
  @Column('boolean') shared!: boolean;
  /** Milliseconds since the epoch. */
  @Column('bigint', { name: 'added_at' }) addedAt!: number;
}
