import { Column, Entity, PrimaryColumn } from 'typeorm';

/** `album.genres` again, for lists by genre. */
@Entity('album_genre')
export class AlbumGenre {
  @PrimaryColumn('text', { name: 'album_id' }) albumId!: string;
  @PrimaryColumn('text') genre!: string;
  @Column('text', { name: 'library_id' }) libraryId!: string;
}
