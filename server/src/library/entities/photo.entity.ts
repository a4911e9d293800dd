import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a media file with a photo in it says of itself; its id is the file's, and that of its picture in `image`. */
@Entity('photo')
export class Photo {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'library_id' }) libraryId!: string;
  @Column('text', { name: 'album_id' }) albumId!: string;
  /** The file's name without its ending. */
  @Column('text') name!: string;
  /** Local time of the camera, `YYYY-MM-DDTHH:MM:SS`; the file's time in UTC where EXIF says nothing. */
  @Column('text', { name: 'taken_at' }) takenAt!: string;
  /** `YYYY-MM` of it. */
  @Column('text') month!: string;
  @Column('text', { nullable: true }) camera!: string | null;
  /** As shown: EXIF orientation applied. */
  @Column('integer') width!: number;
  @Column('integer') height!: number;
  @Column('boolean', { default: true }) available!: boolean;
  @Column('bigint', { name: 'added_at' }) addedAt!: number;
}
