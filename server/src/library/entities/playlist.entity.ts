import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Tracks in an order that somebody chose: a person in Hearth, or whoever wrote the file in a library. */
@Entity('playlist')
export class Playlist {
  @PrimaryColumn('text') id!: string;
  /** Whose it is; null for a file's. */
  @Column('text', { name: 'account_id', nullable: true }) accountId!: string | null;
  /** Of the file, as folder and path are; null for a person's. */
  @Column('text', { name: 'library_id', nullable: true }) libraryId!: string | null;
  @Column('text', { name: 'folder_id', nullable: true }) folderId!: string | null;
  @Column('text', { name: 'relative_path', nullable: true }) relativePath!: string | null;
  @Column('text') name!: string;
  @Column('text', { name: 'sort_name' }) sortName!: string;
  /** Of the file when it was read, bytes; 0 for a person's, as its time is. */
  @Column('bigint', { default: 0 }) size!: number;
  @Column('bigint', { name: 'modified_ms', default: 0 }) modifiedMs!: number;
  @Column('bigint', { name: 'added_at' }) addedAt!: number;
  @Column('bigint', { name: 'updated_at' }) updatedAt!: number;
}
