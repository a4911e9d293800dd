import type { TorrentMetadata } from '@hearth/contract/torrent';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What is in a torrent. */
@Entity('torrent_content')
export class TorrentContentEntity {
  @PrimaryColumn('text', { name: 'torrent_id' }) torrentId!: string;
  /** The bencoded `.torrent` as the engine gets it, in Base64. */
  @Column('text') metainfo!: string;
  @Column('simple-json') metadata!: TorrentMetadata;
}
