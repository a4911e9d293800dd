import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Who plays on a track, the first first. */
@Entity('track_artist')
export class TrackArtist {
  @PrimaryColumn('text', { name: 'track_id' }) trackId!: string;
  @PrimaryColumn('integer') position!: number;
  @Column('text', { name: 'artist_id' }) artistId!: string;
  /** The track's album again, for the albums of an artist. */
  @Column('text', { name: 'album_id' }) albumId!: string;
}
