import type { FilePriority, NameGuess } from '@hearth/contract/torrent';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A torrent that somebody added. Sizes in bytes, times in milliseconds since the epoch. */
@Entity('torrent')
export class TorrentEntity {
  /** The infohash. */
  @PrimaryColumn('text') id!: string;
  @Column('text') name!: string;
  @Column('simple-json') guess!: NameGuess;
  @Column('simple-json') trackers!: string[];
  /** Host:port that the link itself named. */
  @Column('simple-json') peers!: string[];
  /** Whether it is known what is in it. */
  @Column('boolean') known!: boolean;
  @Column('boolean') private!: boolean;
  @Column('bigint', { nullable: true }) size!: number | null;
  @Column('integer', { name: 'best_file_index', nullable: true }) bestFileIndex!: number | null;
  /** By file index, where somebody chose (`*`: all others); else `wantedFiles` decides. */
  @Column('simple-json') priorities!: Record<string, FilePriority>;
  /** Bytes of the files that are fetched when it is fetched as a whole. */
  @Column('bigint', { name: 'wanted_bytes' }) wantedBytes!: number;
  @Column('boolean') paused!: boolean;
  @Column('text') kept!: 'no' | 'pending' | 'yes';
  /** Indices of files that are fetched for that, whatever else was chosen. */
  @Column('simple-json', { name: 'kept_files' }) keptFiles!: number[];
  /** Something its people should read: why it is not downloaded although they wished for it. */
  @Column('text', { nullable: true }) note!: string | null;
  /** All that was wished for is there. */
  @Column('boolean') complete!: boolean;
  @Column('bigint', { name: 'have_bytes' }) haveBytes!: number;
  @Column('bigint') downloaded!: number;
  @Column('bigint') uploaded!: number;
  @Column('bigint', { name: 'seeded_seconds' }) seededSeconds!: number;
  @Column('bigint', { name: 'added_at' }) addedAt!: number;
}
