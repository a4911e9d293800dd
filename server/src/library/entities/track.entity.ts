import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a media file with music in it says of itself; its id is the file's. */
@Entity('track')
export class Track {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'library_id' }) libraryId!: string;
  @Column('text', { name: 'album_id' }) albumId!: string;
  @Column('text') name!: string;
  @Column('text', { name: 'sort_name' }) sortName!: string;
  /** As the tag writes them, all of them. */
  @Column('text', { nullable: true }) artist!: string | null;
  @Column('integer', { name: 'disc_number', nullable: true }) discNumber!: number | null;
  @Column('integer', { nullable: true }) number!: number | null;
  /** Its place on the album, from disc and number; those without come last. */
  @Column('integer') position!: number;
  @Column('double precision', { name: 'duration_seconds' }) durationSeconds!: number;
  /** ReplayGain, dB. */
  @Column('double precision', { nullable: true }) gain!: number | null;
  @Column('double precision', { name: 'album_gain', nullable: true }) albumGain!: number | null;
  @Column('integer', { nullable: true }) year!: number | null;
  @Column('simple-json') genres!: string[];
  /** Whether its tags say whose album it is, or that it is a compilation: if not, its album asks all its tracks. */
  @Column('boolean', { name: 'album_artist_tagged', default: false }) albumArtistTagged!: boolean;
  /** Whether the file holds a picture. */
  @Column('boolean', { name: 'has_picture', default: false }) hasPicture!: boolean;
  @Column('boolean', { default: true }) available!: boolean;
  @Column('bigint', { name: 'added_at' }) addedAt!: number;
}
