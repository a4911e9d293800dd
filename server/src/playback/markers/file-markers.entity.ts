import type { SkipMarker } from '@hearth/contract/playback';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What was heard in a file that can be skipped; empty where nothing was, so that nobody listens twice. */
@Entity('file_markers')
export class FileMarkers {
  @PrimaryColumn('text', { name: 'file_id' }) fileId!: string;
  /** Of the content that was listened to. */
  @Column('text', { name: 'content_key' }) contentKey!: string;
  @Column('simple-json') markers!: SkipMarker[];
}
