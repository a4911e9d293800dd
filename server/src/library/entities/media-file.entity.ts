import type { FileMatch } from '@hearth/contract/library';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { MediaInfo } from '../../ffmpeg/media-info.js';
import type { ParsedName } from '../naming/parsed-name.js';

/** `matched`: belongs to a title; `unmatched`: its name said too little; `failed`: it could not be read. */
export type MediaFileState = 'matched' | 'unmatched' | 'failed';

/** A media file on disk. Its id stays when the file moves: that is what history and progress hang on. */
@Entity('media_file')
export class MediaFile {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'library_id' }) libraryId!: string;
  @Column('text', { name: 'folder_id' }) folderId!: string;
  @Column('text', { name: 'relative_path' }) relativePath!: string;
  @Column('bigint') size!: number;
  @Column('bigint', { name: 'modified_ms' }) modifiedMs!: number;
  /** Equal for equal contents wherever the file lies; null while it was never readable. */
  @Column('text', { nullable: true }) fingerprint!: string | null;
  @Column('text') state!: MediaFileState;
  /** Why it is unmatched or failed, for a person. */
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('simple-json', { nullable: true }) parsed!: ParsedName | null;
  /** What a person said it is; outlives every scan. */
  @Column('simple-json', { name: 'manual_match', nullable: true }) manualMatch!: FileMatch | null;
  @Column('simple-json', { nullable: true }) media!: MediaInfo | null;
  /** The title it belongs to; for episodes the series (see `EpisodeFile`), for extras what they accompany. */
  @Column('text', { name: 'title_id', nullable: true }) titleId!: string | null;
  /** `trailer`, `featurette`…; null for the thing itself. */
  @Column('text', { name: 'extra_kind', nullable: true }) extraKind!: string | null;
  /** What tells versions apart: “Director’s Cut”, “2160p”. */
  @Column('text', { name: 'version_label', nullable: true }) versionLabel!: string | null;
  @Column('boolean', { default: true }) available!: boolean;
  @Column('bigint', { name: 'missing_since', nullable: true }) missingSince!: number | null;
  @Column('bigint', { name: 'added_at' }) addedAt!: number;
  @Column('bigint', { name: 'scanned_at' }) scannedAt!: number;
}
