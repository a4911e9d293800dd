import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Somebody whose music is in a library. */
@Entity('artist')
export class Artist {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'library_id' }) libraryId!: string;
  /** The folded name; unique per library. */
  @Column('text') identity!: string;
  @Column('text') name!: string;
  /** Without its leading article, lower case, without diacritics; or what the tags say it is sorted by. */
  @Column('text', { name: 'sort_name' }) sortName!: string;
  /** Albums of theirs, and those they appear on. */
  @Column('integer', { name: 'album_count' }) albumCount!: number;
  @Column('integer', { name: 'track_count' }) trackCount!: number;
  @Column('boolean', { default: true }) available!: boolean;
  @Column('bigint', { name: 'added_at' }) addedAt!: number;
}
