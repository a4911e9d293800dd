import type { FileMatch } from '@hearth/contract/library';
import { Injectable } from '@nestjs/common';
import { notFound, ProblemError } from '../common/problem-error.js';
import { Database } from '../database/database.js';
import { MediaFile } from './entities/media-file.entity.js';
import { parseMediaPath } from './naming/parse-media-path.js';
import { noNfo, place } from './scan/placement.js';
import { BatchWriter } from './store/batch-writer.js';

/** A person's word on what a file is. */
@Injectable()
export class MatchService {
  constructor(
    private readonly database: Database,
    private readonly writer: BatchWriter,
  ) {}

  /**
   * Puts a file where a person says; later scans keep to it. A title whose only file it was goes along, with its
   * history, unless another already bears the name: then history goes over to that.
   * @returns the title's id
   * @throws ProblemError NOT_FOUND; SOURCE_UNAVAILABLE for a file that could not be read
   */
  match(fileId: string, match: FileMatch): Promise<string> {
    return this.database.write(async (manager) => {
      const file = await manager.findOneBy(MediaFile, { id: fileId });
      if (!file) throw notFound('file');
      if (!file.media)
        throw new ProblemError('SOURCE_UNAVAILABLE', {
          detail: `The file cannot be read: ${file.reason ?? ''}`,
        });
      const parsed = file.parsed ?? parseMediaPath(file.relativePath);
      const record = {
        folderId: file.folderId,
        relativePath: file.relativePath,
        size: file.size,
        modifiedMs: file.modifiedMs,
        fingerprint: file.fingerprint,
        media: file.media,
        versionLabel: file.versionLabel,
        known: { id: file.id, titleId: file.titleId },
        state: 'matched' as const,
        reason: null,
        parsed,
        manualMatch: match,
        placement: place(parsed, noNfo, match),
        nfo: noNfo,
        surroundings: null,
        extra: null,
      };
      const context = { libraryId: file.libraryId, vanished: new Set<string>(), startedAt: file.scannedAt };
      await this.writer.write([record], context);
      if (!file.available)
        await manager.update(MediaFile, file.id, { available: false, missingSince: file.missingSince });
      const { titleId } = await manager.findOneByOrFail(MediaFile, { id: fileId });
      if (titleId === null) throw new Error('A matched file has a title');
      return titleId;
    });
  }
}
