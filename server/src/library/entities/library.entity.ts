import type { LibraryKind } from '@hearth/contract/library';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A named set of folders of one kind. */
@Entity('library')
export class Library {
  @PrimaryColumn('text') id!: string;
  @Column('text') name!: string;
  @Column('text') kind!: LibraryKind;
  @Column('bigint', { name: 'created_at' }) createdAt!: number;
  @Column('bigint', { name: 'last_scan_at', nullable: true }) lastScanAt!: number | null;
}
