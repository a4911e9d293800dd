import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A folder of a library; `path` is absolute, without a slash at its end. */
@Entity('library_folder')
export class LibraryFolder {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'library_id' }) libraryId!: string;
  @Column('text') path!: string;
  /** False while the folder is missing, unreadable, or an empty mount point. */
  @Column('boolean', { default: true }) available!: boolean;
}
