import type { AttentionFile } from '@hearth/contract/library';
import { Injectable } from '@nestjs/common';
import { In, LessThan } from 'typeorm';
import { ProblemError } from '../common/problem-error.js';
import { Database } from '../database/database.js';
import { MediaFile } from './entities/media-file.entity.js';
import { fileKindOf } from './sidecar/file-kind.js';

export interface AttentionQuery {
  limit: number;
  cursor?: string;
  libraryId?: string;
  state?: 'unmatched' | 'failed';
}

/** Files that need a person, newest first. */
@Injectable()
export class AttentionService {
  constructor(private readonly database: Database) {}

  /** @throws ProblemError VALIDATION_FAILED for a cursor of another list */
  async list(
    query: AttentionQuery,
  ): Promise<{ items: AttentionFile[]; total: number; nextCursor: string | null }> {
    const where = {
      state: query.state ?? In(['unmatched', 'failed'] as const),
      available: true,
      ...(query.libraryId && { libraryId: query.libraryId }),
    };
    const after = query.cursor === undefined ? {} : { id: LessThan(decode(query.cursor)) };
    const rows = await this.database.read.find(MediaFile, {
      where: { ...where, ...after },
      order: { id: 'DESC' },
      take: query.limit + 1,
    });
    const items = rows.slice(0, query.limit);
    const last = items.at(-1);
    return {
      items: items.map(viewOf),
      total: await this.database.read.countBy(MediaFile, where),
      nextCursor: rows.length > query.limit && last ? Buffer.from(last.id).toString('base64url') : null,
    };
  }
}

function decode(cursor: string): string {
  const id = Buffer.from(cursor, 'base64url').toString();
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(id)) {
    throw new ProblemError('VALIDATION_FAILED', {
      errors: [{ path: 'cursor', message: 'not a cursor of this list' }],
    });
  }
  return id;
}

function mediaOf(path: string): AttentionFile['media'] {
  const kind = fileKindOf(path);
  return kind === 'audio' || kind === 'image' ? kind : 'video';
}

function viewOf(file: MediaFile): AttentionFile {
  const { parsed } = file;
  return {
    id: file.id,
    libraryId: file.libraryId,
    relativePath: file.relativePath,
    size: file.size,
    state: file.state === 'failed' ? 'failed' : 'unmatched',
    reason: file.reason ?? 'Nobody knows why',
    media: mediaOf(file.relativePath),
    addedAt: new Date(file.addedAt).toISOString(),
    guess: {
      kind: parsed?.kind ?? 'unknown',
      name: parsed?.title ?? null,
      year: parsed?.year ?? null,
      season: parsed?.season ?? null,
      episodes: parsed?.episodes ?? [],
    },
  };
}
