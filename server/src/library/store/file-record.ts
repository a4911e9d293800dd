import type { FileMatch } from '@hearth/contract/library';
import type { MediaInfo } from '../../ffmpeg/media-info.js';
import type { MediaFileState } from '../entities/media-file.entity.js';
import type { ParsedName } from '../naming/parsed-name.js';
import type { NfoFacts, Placement } from '../scan/placement.js';
import type { Surroundings } from '../scan/surroundings.js';

/** One media file, looked at and placed, ready to be written. */
export interface FileRecord {
  /** The row it had before; null for a file that nobody knew. */
  known: KnownRow | null;
  folderId: string;
  relativePath: string;
  size: number;
  modifiedMs: number;
  fingerprint: string | null;
  state: MediaFileState;
  reason: string | null;
  /** Null for music and photos, which tags tell of. */
  parsed: ParsedName | null;
  manualMatch: FileMatch | null;
  media: MediaInfo | null;
  placement: Placement;
  nfo: NfoFacts;
  /** Null after a manual match, which looks at nothing but the row. */
  surroundings: Surroundings | null;
  /** Kind and owner of an extra; null for the thing itself. */
  extra: { kind: string; titleId: string } | null;
  versionLabel: string | null;
}

/** What of a known row decides where its history goes. */
export interface KnownRow {
  id: string;
  titleId: string | null;
}

/** A record whose title is known. */
export interface PlacedRecord extends FileRecord {
  id: string;
  titleId: string | null;
}
