import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A folder with photos in it. */
@Entity('photo_album')
export class PhotoAlbum {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'library_id' }) libraryId!: string;
  /** Library folder and path; unique per library. */
  @Column('text') identity!: string;
  @Column('text') name!: string;
  @Column('text', { name: 'sort_name' }) sortName!: string;
  /** The latest photo in it; a photo's picture has the photo's id. */
  @Column('text', { name: 'cover_id', nullable: true }) coverId!: string | null;
  @Column('integer', { name: 'photo_count' }) photoCount!: number;
  /** Local times of the cameras, as in `Photo`. */
  @Column('text', { name: 'first_at' }) firstAt!: string;
  @Column('text', { name: 'last_at' }) lastAt!: string;
  @Column('boolean', { default: true }) available!: boolean;
  @Column('bigint', { name: 'added_at' }) addedAt!: number;
}
