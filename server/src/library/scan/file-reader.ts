import { join } from 'node:path';
import type { LibraryKind } from '@hearth/contract/library';
import type { MediaInfo } from '../../ffmpeg/media-info.js';
import { type Inspector, ProbeFailed } from '../../ffmpeg/media-probe.js';
import type { MediaFile } from '../entities/media-file.entity.js';
import { parseMediaPath } from '../naming/parse-media-path.js';
import { baseOf } from '../sidecar/file-kind.js';
import type { FileRecord } from '../store/file-record.js';
import { pictureHeight } from '../store/title-fields.js';
import type { SeenFile } from './changes.js';
import type { NfoReader } from './nfo-reader.js';
import { place } from './placement.js';
import { withLanguages } from './subtitle-languages.js';
import { readPart, versionLabelOf } from './version-label.js';

interface Content {
  size: number;
  modifiedMs: number;
  fingerprint: string | null;
  media: MediaInfo | null;
  failure: string | null;
}

/** Looks at single files: inspects them, reads what lies around them, and decides what they are. */
export class FileReader {
  constructor(
    private readonly inspector: Inspector,
    private readonly nfo: Pick<NfoReader, 'read'>,
    private readonly libraryKind: LibraryKind,
    private readonly signal: AbortSignal,
  ) {}

  /** Opens the file. @returns null when it is gone by now */
  async inspect(file: SeenFile): Promise<FileRecord | null> {
    const { size, modifiedMs } = file.entry;
    try {
      const found = await this.inspector.inspect(join(file.view.folder.path, file.path), {
        signal: this.signal,
      });
      return await this.record(file, {
        size: found.size,
        modifiedMs: Math.floor(found.modifiedMs),
        fingerprint: found.fingerprint,
        media: found.media.ok ? found.media.info : null,
        failure: found.media.ok ? null : found.media.failure.reason,
      });
    } catch (error) {
      if (!(error instanceof ProbeFailed) || error.code === 'cancelled') throw error;
      if (error.code === 'not-found') return null;
      return this.record(file, { size, modifiedMs, fingerprint: null, media: null, failure: error.reason });
    }
  }

  /** Decides anew from what the row holds. */
  replace(file: SeenFile, row: MediaFile): Promise<FileRecord> {
    const { size, modifiedMs, fingerprint, media } = row;
    return this.record(
      file,
      { size, modifiedMs, fingerprint, media, failure: row.state === 'failed' ? row.reason : null },
      row,
    );
  }

  private async record(file: SeenFile, content: Content, row?: MediaFile): Promise<FileRecord> {
    const hint = this.libraryKind === 'movies' || this.libraryKind === 'series' ? this.libraryKind : 'mixed';
    const parsed = parseMediaPath(this.pathToRead(file), { libraryKind: hint });
    const nfo = await this.nfo.read(file.view.folder.path, file.surroundings);
    const subtitles = await withLanguages(file.view.folder.path, file.surroundings.subtitles);
    const manualMatch = row?.manualMatch ?? null;
    const placement = this.otherKind(file) ?? place(parsed, nfo, manualMatch);
    const { failure, ...facts } = content;
    const part = this.partOf(file);
    return {
      ...facts,
      known: file.known && { id: file.known.id, titleId: file.known.titleId },
      folderId: file.view.folder.id,
      relativePath: file.path,
      state:
        failure !== null && placement.kind !== 'unmatched'
          ? 'failed'
          : placement.kind === 'unmatched'
            ? 'unmatched'
            : 'matched',
      reason: placement.kind === 'unmatched' ? placement.reason : failure,
      parsed,
      manualMatch,
      placement,
      nfo,
      surroundings: { ...file.surroundings, subtitles },
      extra: null,
      versionLabel: versionLabelOf(file.entry.name, parsed, pictureHeight(content.media), part?.part ?? null),
    };
  }

  /** Parts of one film are read under the name they share. */
  private pathToRead(file: SeenFile): string {
    const part = this.partOf(file);
    return part ? file.path.slice(0, file.path.length - baseLength(file)) + part.stem : file.path;
  }

  private partOf(file: SeenFile): ReturnType<typeof readPart> {
    const own = readPart(baseOf(file.entry.name), true);
    if (!own) return null;
    const siblings = file.view.neighbourhood.mainFiles(file.directory.path);
    if (siblings.length > 20) return readPart(baseOf(file.entry.name), false);
    const stems = siblings.map((entry) => readPart(baseOf(entry.name), true)?.stem);
    // `Film part 1` and `Film part 2` are one film only in a folder of their own.
    const isAlone =
      file.directory.path !== '' && stems.length > 1 && stems.every((stem) => stem === own.stem);
    return isAlone ? own : readPart(baseOf(file.entry.name), false);
  }

  private otherKind(file: SeenFile): { kind: 'unmatched'; reason: string } | null {
    if (file.entry.kind === 'audio')
      return { kind: 'unmatched', reason: 'Music is not shown in this kind of library' };
    if (file.entry.kind === 'image')
      return { kind: 'unmatched', reason: 'Photos are not shown in this kind of library' };
    return null;
  }
}

const baseLength = (file: SeenFile): number => file.entry.name.length;
