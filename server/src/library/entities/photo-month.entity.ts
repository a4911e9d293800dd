import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The photos of a month, counted. */
@Entity('photo_month')
export class PhotoMonth {
  @PrimaryColumn('text', { name: 'library_id' }) libraryId!: string;
  /** `YYYY-MM` */
  @PrimaryColumn('text') month!: string;
  @Column('text', { name: 'cover_id', nullable: true }) coverId!: string | null;
  @Column('integer', { name: 'photo_count' }) photoCount!: number;
  @Column('text', { name: 'first_at' }) firstAt!: string;
  @Column('text', { name: 'last_at' }) lastAt!: string;
}
