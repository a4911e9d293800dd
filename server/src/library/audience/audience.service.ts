import { Injectable, Optional } from '@nestjs/common';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { z } from 'zod';
import type { Caller } from '../../common/http/caller.js';
import { notFound } from '../../common/problem-error.js';
import { Database } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { fileKindOf } from '../sidecar/file-kind.js';
import { infoHashOf, isRemoteFileId, isTorrentId, torrentLibraryId } from '../torrent/torrent-ids.js';
import { TorrentPlaces } from '../torrent/torrent-places.service.js';
import {
  type Audience,
  type AudienceCondition,
  isVisible,
  libraryCondition,
  titleCondition,
} from './audience.js';

export type { Audience } from './audience.js';

interface LimitsRow {
  max_age: number | null;
  hidden: string;
}

interface FileRow {
  library_id: string;
  relative_path: string;
  title_id: string | null;
  min_age: number | null;
}

const idList = z.array(z.string());

/** Changes by another process are not heard of here. */
const lifetimeMs = 15_000;

/**
 * Whether an account may see something: the one place that knows. What it may not see answers like what does not exist.
 * Limits are read once and kept until they change, so that asking costs nothing.
 */
@Injectable()
export class AudienceService {
  private readonly known = new Map<string, { audience: Promise<Audience | undefined>; until: number }>();

  constructor(
    private readonly database: Database,
    events: EventBus,
    @Optional() private readonly torrents?: TorrentPlaces,
  ) {
    events.listen(({ name, accountId }) => {
      if (name === 'limits.changed' && accountId !== undefined) this.known.delete(accountId);
    });
  }

  /** @returns undefined for accounts that see everything @throws ProblemError NOT_FOUND: nobody sees nothing */
  of(accountId: string): Promise<Audience | undefined> {
    const kept = this.known.get(accountId);
    if (kept && kept.until > Date.now()) return kept.audience;
    // Kept before it is there: a change that comes meanwhile lets go of it.
    const entry = { audience: this.read(accountId), until: Date.now() + lifetimeMs };
    this.known.set(accountId, entry);
    entry.audience.catch(() => this.known.get(accountId) === entry && this.known.delete(accountId));
    return entry.audience;
  }

  /** Whether somebody sees what nobody has rated, as what providers find: children, and persons with an age limit, do not. */
  async seesUnrated({ accountId, role }: Pick<Caller, 'accountId' | 'role'>): Promise<boolean> {
    const audience = await this.of(accountId);
    return role !== 'child' && (audience?.maxAge ?? null) === null;
  }

  /** Narrows a query over titles to what the account sees. */
  async narrowTitles<Q extends SelectQueryBuilder<ObjectLiteral>>(
    query: Q,
    accountId: string,
    alias = 't',
  ): Promise<Q> {
    for (const { sql, parameters } of titleCondition(await this.of(accountId), alias))
      query.andWhere(sql, parameters);
    return query;
  }

  /** The same for rows that hang on titles. @param column as `e.title_id`; the title joins as `seen` */
  async narrowByTitle<Q extends SelectQueryBuilder<ObjectLiteral>>(
    query: Q,
    accountId: string,
    column: string,
  ): Promise<Q> {
    if (!(await this.of(accountId))) return query;
    query.innerJoin('title', 'seen', `seen.id = ${column}`);
    return this.narrowTitles(query, accountId, 'seen');
  }

  /** Narrows a query over rows with a library: albums, photos. @param column as `a.library_id` */
  async narrowLibraries<Q extends SelectQueryBuilder<ObjectLiteral>>(
    query: Q,
    accountId: string,
    column: string,
  ): Promise<Q> {
    for (const { sql, parameters } of await this.libraryConditions(accountId, column))
      query.andWhere(sql, parameters);
    return query;
  }

  /** The same for queries that are put together elsewhere; nothing for an account that sees everything. */
  async libraryConditions(accountId: string, column: string): Promise<AudienceCondition[]> {
    return libraryCondition(await this.of(accountId), column);
  }

  async seesLibrary(libraryId: string, accountId: string): Promise<boolean> {
    return !(await this.of(accountId))?.hiddenLibraryIds.includes(libraryId);
  }

  /** Without those of torrents that are others'; asks nobody where there are none of torrents. */
  async withoutOthersTorrents(titleIds: readonly string[], accountId: string): Promise<readonly string[]> {
    const asked = [...new Set(titleIds.filter(isTorrentId))];
    if (asked.length === 0) return titleIds;
    const seen = await Promise.all(asked.map((id) => this.seesTorrent(id, accountId)));
    const hidden = new Set(asked.filter((_, index) => !seen[index]));
    return titleIds.filter((id) => !hidden.has(id));
  }

  async seesTitle(titleId: string, accountId: string): Promise<boolean> {
    if (isTorrentId(titleId) && !(await this.seesTorrent(titleId, accountId))) return false;
    const query = this.database.read.createQueryBuilder().select('t.id', 'id').from('title', 't');
    query.where('t.id = :titleId', { titleId });
    return (await (await this.narrowTitles(query, accountId)).getRawOne()) !== undefined;
  }

  /** @throws ProblemError NOT_FOUND, also where there is none */
  async mustSeeTitle(titleId: string, accountId: string): Promise<void> {
    if (!(await this.seesTitle(titleId, accountId))) throw notFound('title');
  }

  /** As its title is; music and pictures, which nobody rates, by their library alone. */
  async seesFile(fileId: string, accountId: string): Promise<boolean> {
    const audience = await this.of(accountId);
    if (!audience && !isTorrentId(fileId)) return true;
    if (isRemoteFileId(fileId)) return (audience?.maxAge ?? null) === null;
    const file = await this.database.read
      .createQueryBuilder()
      .select('f.library_id', 'library_id')
      .addSelect('f.relative_path', 'relative_path')
      .addSelect('f.title_id', 'title_id')
      .addSelect('t.min_age', 'min_age')
      .from('media_file', 'f')
      .leftJoin('title', 't', 't.id = f.title_id')
      .where('f.id = :fileId', { fileId })
      .getRawOne<FileRow>();
    if (!file) return false;
    if (file.library_id === torrentLibraryId && !(await this.seesTorrent(fileId, accountId))) return false;
    const isUnrated =
      file.title_id === null && ['audio', 'image'].includes(fileKindOf(file.relative_path) ?? '');
    const minAge = isUnrated ? 0 : file.min_age;
    return isVisible(audience, { libraryId: file.library_id, minAge });
  }

  /** @throws ProblemError NOT_FOUND; for accounts without limits nothing is asked */
  async mustSeeFile(fileId: string, accountId: string): Promise<void> {
    if (!(await this.seesFile(fileId, accountId))) throw notFound('file');
  }

  /** Whoever added it, those it is shared with, and administrators; nobody with an age limit. */
  private async seesTorrent(id: string, accountId: string): Promise<boolean> {
    const infoHash = infoHashOf(id);
    return infoHash !== undefined && (await this.torrents?.maySee(infoHash, accountId)) === true;
  }

  private async read(accountId: string): Promise<Audience | undefined> {
    const row = await this.database.read
      .createQueryBuilder()
      .select('a.max_age', 'max_age')
      .addSelect('a.hidden_library_ids', 'hidden')
      .from('account', 'a')
      .where('a.id = :accountId', { accountId })
      .getRawOne<LimitsRow>();
    if (!row) throw notFound('account');
    const hiddenLibraryIds = idList.parse(JSON.parse(row.hidden));
    if (row.max_age === null && hiddenLibraryIds.length === 0) return undefined;
    return { maxAge: row.max_age, hiddenLibraryIds };
  }
}
