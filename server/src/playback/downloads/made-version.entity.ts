import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { MediaInfo } from '../../ffmpeg/media-info.js';

export type VersionState = 'waiting' | 'converting' | 'ready' | 'failed';

/** A smaller version of a file, made once for everybody who wants that quality. */
@Entity('made_version')
export class MadeVersion {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'file_id' }) fileId!: string;
  @Column('text', { name: 'content_key' }) contentKey!: string;
  /** A height such as `720p`. */
  @Column('text') quality!: string;
  @Column('text') state!: VersionState;
  /** Bytes; an estimate until it is ready. */
  @Column('bigint') size!: number;
  /** What is in it, once it is ready. */
  @Column('simple-json', { nullable: true }) media!: MediaInfo | null;
  /** An administrator wants it to stay. */
  @Column('boolean') kept!: boolean;
  @Column('text', { nullable: true }) error!: string | null;
  @Column('bigint', { name: 'created_at' }) createdAt!: number;
  @Column('bigint', { name: 'used_at' }) usedAt!: number;
}
