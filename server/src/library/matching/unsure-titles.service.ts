import type { MatchCandidate, UnsureTitle } from '@hearth/contract/matching';
import type { TitleType } from '@hearth/contract/title';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { notFound } from '../../common/problem-error.js';
import { Database } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { decodeCursor, encodeCursor } from '../catalogue/title-cursor.js';
import { Title } from '../entities/title.entity.js';
import { SignedImages } from '../images/signed-images.service.js';
import { CandidateViews } from './candidate-views.js';
import { wantedOf } from './matching.service.js';
import { TitleFinder } from './title-finder.js';
import { matchMatter, TitleMatch } from './title-match.entity.js';

interface UnsureRow {
  title_id: string;
  library_id: string;
  type: TitleType;
  name: string;
  original_name: string | null;
  sort_name: string;
  year: number | null;
  runtime_seconds: number | null;
  poster_id: string | null;
  file_name: string | null;
  candidates: string;
}

const candidates = z.array(
  z.object({
    ...{ providerId: z.string(), itemId: z.string(), name: z.string() },
    ...{ year: z.int().nullable(), confidence: z.number() },
    // Those that were found before these were kept say nothing of them.
    ...{ runtimeSeconds: z.number().nullable().default(null), picture: z.string().nullable().default(null) },
  }),
);

/** Titles that wait for a person to say which they are, and what helps to say it. */
@Injectable()
export class UnsureTitles {
  constructor(
    private readonly database: Database,
    private readonly events: EventBus,
    private readonly images: SignedImages,
    private readonly views: CandidateViews,
    private readonly finder: TitleFinder,
  ) {}

  /** By name. @throws ProblemError VALIDATION_FAILED for a cursor of another list */
  async list(
    { limit, cursor }: { limit: number; cursor?: string | undefined },
    accountId: string,
  ): Promise<{ items: UnsureTitle[]; total: number; nextCursor: string | null }> {
    const rows = await this.rows(limit + 1, cursor);
    const shown = rows.slice(0, limit).map((row) => ({
      row,
      listed: candidates.parse(JSON.parse(row.candidates)),
    }));
    const [posters, candidatesOf, total] = await Promise.all([
      this.images.lookup(
        shown.map(({ row }) => row.poster_id),
        accountId,
      ),
      this.views.lookup(
        shown.flatMap(({ listed }) => listed),
        accountId,
      ),
      this.total(),
    ]);
    const items = shown.map(({ row, listed }) => {
      const { type, name, original_name: originalName, year, runtime_seconds: runtimeSeconds } = row;
      return {
        ...{ titleId: row.title_id, libraryId: row.library_id, type, name, year, runtimeSeconds },
        ...{ poster: posters(row.poster_id), fileName: row.file_name },
        candidates: candidatesOf({ type, name, originalName, year, runtimeSeconds }, listed),
      };
    });
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    const nextCursor = last
      ? encodeCursor({ sort: 'name', order: 'asc', key: last.sort_name, id: last.title_id })
      : null;
    return { items, total, nextCursor };
  }

  /** It is none of its candidates, or it may be after all. @throws ProblemError NOT_FOUND */
  async refuse(titleId: string, none: boolean): Promise<void> {
    const libraryId = await this.database.writeAlone(matchMatter, async (manager) => {
      const title = await manager.findOneBy(Title, { id: titleId });
      const match = await manager.findOneBy(TitleMatch, { titleId });
      if (!title || (match?.state !== 'unsure' && match?.state !== 'refused')) throw notFound('unsure title');
      const listed = match.candidates.map((each) => ({ ...each, refused: none }));
      await manager.update(TitleMatch, titleId, { state: none ? 'refused' : 'unsure', candidates: listed });
      return title.libraryId;
    });
    this.events.publish('library.changed', { libraryId, titleIds: [titleId] });
  }

  /** What it may be by another name. @throws ProblemError NOT_FOUND; ProviderTrouble */
  async lookFor(
    titleId: string,
    by: { name: string; year?: number | undefined },
    accountId: string,
  ): Promise<MatchCandidate[]> {
    const title = await this.database.read.findOneBy(Title, { id: titleId });
    if (!title) throw notFound('title');
    const wanted = {
      ...wantedOf(title),
      ...{ name: by.name, originalName: null, year: by.year ?? null, externalIds: {} },
    };
    const found = await this.finder.lookFor(wanted, new AbortController().signal);
    const candidatesOf = await this.views.lookup(found, accountId);
    return candidatesOf({ ...wanted, year: wanted.year ?? title.year }, found);
  }

  private rows(most: number, cursor: string | undefined): Promise<UnsureRow[]> {
    const after = cursor === undefined ? null : decodeCursor(cursor, 'name', 'asc');
    const [name, id] = [String(after?.key ?? ''), after?.id ?? ''];
    return this.database.read.sql<UnsureRow[]>`
      SELECT m.title_id, m.candidates, t.library_id, t.type, t.name, t.original_name, t.sort_name, t.year, t.runtime_seconds,
        t.poster_id, (SELECT f.relative_path FROM media_file f WHERE f.title_id = t.id AND f.extra_kind IS NULL
          ORDER BY f.relative_path LIMIT 1) AS file_name
      FROM title_match m JOIN title t ON t.id = m.title_id
      WHERE m.state = 'unsure' AND m.identity = t.identity
        AND (t.sort_name > ${name} OR (t.sort_name = ${name} AND t.id > ${id}))
      ORDER BY t.sort_name, t.id LIMIT ${most}`;
  }

  private async total(): Promise<number> {
    const [counted] = await this.database.read.sql<{ total: number | string }[]>`
      SELECT COUNT(*) AS total FROM title_match m JOIN title t ON t.id = m.title_id
      WHERE m.state = 'unsure' AND m.identity = t.identity`;
    return Number(counted?.total ?? 0);
  }
}
