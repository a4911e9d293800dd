import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A record: everything but name and identity follows from its tracks. */
@Entity('album')
export class Album {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'library_id' }) libraryId!: string;
  /** Album artist and name, or folder and name where no tag states the album artist; unique per library. */
  @Column('text') identity!: string;
  @Column('text') name!: string;
  @Column('text', { name: 'sort_name' }) sortName!: string;
  /** Null for compilations. */
  @Column('text', { name: 'artist_id', nullable: true }) artistId!: string | null;
  /** What lists by artist are sorted by: artist, year, name. */
  @Column('text', { name: 'by_artist' }) byArtist!: string;
  @Column('boolean', { default: false }) compilation!: boolean;
  @Column('integer', { nullable: true }) year!: number | null;
  /** The year, 0 where it is unknown. */
  @Column('integer', { name: 'sort_year' }) sortYear!: number;
  @Column('simple-json') genres!: string[];
  @Column('text', { name: 'cover_id', nullable: true }) coverId!: string | null;
  @Column('integer', { name: 'disc_count' }) discCount!: number;
  @Column('integer', { name: 'track_count' }) trackCount!: number;
  @Column('double precision', { name: 'duration_seconds' }) durationSeconds!: number;
  @Column('boolean', { default: true }) available!: boolean;
  @Column('bigint', { name: 'added_at' }) addedAt!: number;
  @Column('bigint', { name: 'updated_at' }) updatedAt!: number;
}
