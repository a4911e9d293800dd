import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * `cover`: of an album, beside its tracks; `embedded`: the same, inside a track, whose id and path it has; `photo`: a
 * photo of a library, whose id it has.
 */
export type ImageKind = 'poster' | 'backdrop' | 'logo' | 'still' | 'person' | 'cover' | 'embedded' | 'photo';

/** A picture beside the media. Width, height, blurhash and colour are 0 and null until the picture was looked at. */
@Entity('image')
export class Image {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'folder_id', nullable: true }) folderId!: string | null;
  /** Below the folder; below the data directory where there is no folder. */
  @Column('text', { name: 'relative_path' }) relativePath!: string;
  @Column('text') kind!: ImageKind;
  @Column('bigint') size!: number;
  @Column('bigint', { name: 'modified_ms' }) modifiedMs!: number;
  @Column('integer') width!: number;
  @Column('integer') height!: number;
  @Column('text', { nullable: true }) blurhash!: string | null;
  /** `#rrggbb` */
  @Column('text', { nullable: true }) color!: string | null;
}
