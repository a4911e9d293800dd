import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A subtitle file beside a media file. */
@Entity('external_subtitle')
export class ExternalSubtitle {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'file_id' }) fileId!: string;
  /** Below the folder of the media file's library folder. */
  @Column('text', { name: 'relative_path' }) relativePath!: string;
  @Column('bigint') size!: number;
  @Column('bigint', { name: 'modified_ms' }) modifiedMs!: number;
  /** `srt`, `ass`, `ssa`, `vtt`, `sub`, `sup`, `idx` */
  @Column('text') format!: string;
  /** Place of its language in an `.idx` file; null for all others. */
  @Column('integer', { name: 'stream_index', nullable: true }) streamIndex!: number | null;
  /** BCP-47; null where the name does not say. */
  @Column('text', { nullable: true }) language!: string | null;
  @Column('text', { nullable: true }) label!: string | null;
  @Column('boolean', { default: false }) forced!: boolean;
  @Column('boolean', { name: 'hearing_impaired', default: false }) hearingImpaired!: boolean;
}
