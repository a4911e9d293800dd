import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One place in a playlist. */
@Entity('playlist_entry')
export class PlaylistEntry {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'playlist_id' }) playlistId!: string;
  @Column('integer') position!: number;
  /** Null where there is no such track, or none yet. */
  @Column('text', { name: 'track_id', nullable: true }) trackId!: string | null;
  /** What the playlist's file says; null in a person's. */
  @Column('text', { nullable: true }) reference!: string | null;
  /** What it is called where the track is missing. */
  @Column('text') name!: string;
  @Column('double precision', { name: 'duration_seconds', nullable: true }) durationSeconds!: number | null;
}
