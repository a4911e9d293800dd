import { Injectable } from '@nestjs/common';
import { In, IsNull, type SelectQueryBuilder } from 'typeorm';
import { Database } from '../database/database.js';
import { type Audience, isVisible } from './audience/audience.js';
import { AudienceService } from './audience/audience.service.js';
import { bestFilesFirst } from './sources/file-rankable.js';
import { fileSource } from './catalogue/source-shape.js';
import { EpisodeFile } from './entities/episode-file.entity.js';
import { ExternalSubtitle } from './entities/external-subtitle.entity.js';
import { MediaFile } from './entities/media-file.entity.js';
import { fileKindOf } from './sidecar/file-kind.js';
import { isInTorrent } from './torrent/torrent-places.service.js';

/** A film, an episode, or one file. */
export interface OfferedItem {
  readonly titleId?: string | null;
  readonly episodeId?: string | null;
  readonly fileId?: string | null;
}

/** A file that is there, with the subtitle files beside it. */
export interface OfferedFile {
  readonly file: MediaFile;
  readonly subtitles: readonly ExternalSubtitle[];
}

export const offeredKey = ({ titleId, episodeId, fileId }: OfferedItem): string =>
  fileId ?? episodeId ?? titleId ?? '';

interface Row {
  key: string;
  file: MediaFile;
}
interface Found {
  file_id: string;
  file_title_id: string | null;
  link_episode_id?: string;
  seen_min_age: number | null;
}
type Narrow = (query: SelectQueryBuilder<MediaFile>) => SelectQueryBuilder<MediaFile>;

/** The files of many things at once, as far as an account sees them: four statements at most. */
@Injectable()
export class OfferedFilesService {
  constructor(
    private readonly database: Database,
    private readonly audiences: AudienceService,
  ) {}

  /** By `offeredKey`, best picture first; what is away or not for this account is left out. */
  async of(items: readonly OfferedItem[], accountId: string): Promise<Map<string, OfferedFile[]>> {
    const audience = await this.audiences.of(accountId);
    const files = items.flatMap(({ fileId }) => fileId ?? []);
    const episodes = items.flatMap(({ fileId, episodeId }) => (fileId ? [] : (episodeId ?? [])));
    const films = items.flatMap(({ fileId, episodeId, titleId }) =>
      fileId || episodeId ? [] : (titleId ?? []),
    );
    const rows = [
      ...(await this.files(files, 'file_id', audience, (query) =>
        query.where('file.id IN (:...ids)', { ids: files }),
      )),
      ...(await this.files(films, 'file_title_id', audience, (query) =>
        query.where({ titleId: In(films), state: 'matched', extraKind: IsNull() }),
      )),
      ...(await this.files(episodes, 'link_episode_id', audience, (query) =>
        query
          .innerJoin(EpisodeFile, 'link', 'link.fileId = file.id')
          .addSelect('link.episodeId', 'link_episode_id')
          .where('link.episodeId IN (:...ids)', { ids: episodes }),
      )),
    ];
    return this.ranked(await this.withoutOthersTorrents(rows, accountId));
  }

  private async withoutOthersTorrents(rows: readonly Row[], accountId: string): Promise<readonly Row[]> {
    const inTorrents = rows.filter(({ file }) => isInTorrent(file));
    if (inTorrents.length === 0) return rows;
    const ids = inTorrents.map(({ file }) => file.titleId ?? '');
    const seen = new Set(await this.audiences.withoutOthersTorrents(ids, accountId));
    return rows.filter(({ file }) => !isInTorrent(file) || seen.has(file.titleId ?? ''));
  }

  private async files(
    ids: readonly string[],
    key: 'file_id' | 'file_title_id' | 'link_episode_id',
    audience: Audience | undefined,
    narrow: Narrow,
  ): Promise<Row[]> {
    if (ids.length === 0) return [];
    const query = this.database.read
      .createQueryBuilder(MediaFile, 'file')
      .leftJoin('title', 'seen', 'seen.id = file.titleId')
      .addSelect('seen.min_age', 'seen_min_age');
    const { entities, raw } = await narrow(query)
      .andWhere('file.available = :yes', { yes: true })
      .getRawAndEntities<Found>();
    const byId = new Map(entities.map((file) => [file.id, file]));
    return raw.flatMap((row) => {
      const file = byId.get(row.file_id);
      const of = row[key];
      return of && file && (!audience || isSeen(file, row.seen_min_age, audience)) ? [{ key: of, file }] : [];
    });
  }

  private async ranked(rows: readonly Row[]): Promise<Map<string, OfferedFile[]>> {
    const fileIds = [...new Set(rows.map(({ file }) => file.id))];
    if (fileIds.length === 0) return new Map();
    const beside = await this.database.read.findBy(ExternalSubtitle, { fileId: In(fileIds) });
    const subtitles = Map.groupBy(beside, ({ fileId }) => fileId);
    const offered = new Map<string, OfferedFile[]>();
    for (const [key, group] of Map.groupBy(rows, (row) => row.key)) {
      const byId = new Map(group.map(({ file }) => [file.id, file]));
      const best = bestFilesFirst([...byId.values()].map((file) => fileSource(file, [], [])));
      offered.set(
        key,
        best.flatMap(({ fileId }) => {
          const file = byId.get(fileId);
          return file ? [{ file, subtitles: subtitles.get(file.id) ?? [] }] : [];
        }),
      );
    }
    return offered;
  }
}

/** As `AudienceService.seesFile`: music and pictures, which nobody rates, by their library alone. */
function isSeen({ titleId, relativePath, libraryId }: MediaFile, minAge: number | null, audience: Audience) {
  const isUnrated = titleId === null && ['audio', 'image'].includes(fileKindOf(relativePath) ?? '');
  return isVisible(audience, { libraryId, minAge: isUnrated ? 0 : minAge });
}
