import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Injectable, Optional } from '@nestjs/common';
import { In, IsNull, type SelectQueryBuilder } from 'typeorm';
import type { ByteSource } from '../common/bytes/byte-source.js';
import { notFound } from '../common/problem-error.js';
import { Database } from '../database/database.js';
import type { SubtitleStream } from '../ffmpeg/media-info.js';
import type { PresentBytes } from '../ffmpeg/present-lines.js';
import { AudienceService } from './audience/audience.service.js';
import { EpisodeFile } from './entities/episode-file.entity.js';
import { Episode } from './entities/episode.entity.js';
import { ExternalSubtitle } from './entities/external-subtitle.entity.js';
import { LibraryFolder } from './entities/library-folder.entity.js';
import { MediaFile } from './entities/media-file.entity.js';
import { buriedText, withoutBuriedText } from './torrent/buried-text.js';
import { isRemoteFileId } from './torrent/torrent-ids.js';
import { isInTorrent, TorrentPlaces } from './torrent/torrent-places.service.js';
import { torrentFileIndexOf } from './torrent/torrent-rows.js';

/** A file that holds a film, an episode or an extra. */
export type PlayableFile = MediaFile;
/** A subtitle file that lies beside one. */
export type SubtitleFile = ExternalSubtitle;

/** A media file with the place it lies at. The path never leaves the server; of what is in a torrent it is an address. */
export interface LocatedFile {
  file: MediaFile;
  path: string;
}

/**
 * Names what was made from a file (segments, thumbnails, indices): equal contents share it wherever they lie, and a file
 * that was written again has another.
 */
export function contentKey({ id, fingerprint, size, modifiedMs }: MediaFile): string {
  const identity = `${fingerprint ?? id}\n${size}\n${modifiedMs}`;
  return createHash('sha256').update(identity).digest('base64url').slice(0, 24);
}

/** What can be played, and where it lies. */
@Injectable()
export class PlayableService {
  constructor(
    private readonly database: Database,
    private readonly audiences: AudienceService,
    @Optional() private readonly torrents: TorrentPlaces = new TorrentPlaces(),
  ) {}

  /** @throws ProblemError NOT_FOUND */
  async file(id: string): Promise<LocatedFile> {
    const [located] = await this.locate((query) => query.where({ id }));
    if (!located) throw notFound('file');
    return located;
  }

  /** The same for somebody. @throws ProblemError NOT_FOUND, also where the account may not see it */
  async fileFor(id: string, accountId: string): Promise<LocatedFile> {
    await this.audiences.mustSeeFile(id, accountId);
    return this.file(id);
  }

  /** The versions of a film, extras not among them. */
  filesOfTitle(titleId: string): Promise<LocatedFile[]> {
    return this.locate((query) => query.where({ titleId, state: 'matched', extraKind: IsNull() }));
  }

  filesOfEpisode(episodeId: string): Promise<LocatedFile[]> {
    return this.locate((query) =>
      query
        .innerJoin(EpisodeFile, 'link', 'link.fileId = file.id')
        .where('link.episodeId = :episodeId', { episodeId }),
    );
  }

  /** The episodes a file holds, in order; none for a film. */
  async episodesOfFile(fileId: string): Promise<Episode[]> {
    const links = await this.database.read.findBy(EpisodeFile, { fileId });
    return this.database.read.find(Episode, {
      where: { id: In(links.map((link) => link.episodeId)) },
      order: { seasonNumber: 'ASC', number: 'ASC' },
    });
  }

  /** @throws ProblemError NOT_FOUND */
  async episode(id: string): Promise<Episode> {
    const episode = await this.database.read.findOneBy(Episode, { id });
    if (!episode) throw notFound('episode');
    return episode;
  }

  /** Episodes of a series or of one season, in order; specials (season 0) last. */
  async episodes(where: { titleId: string } | { seasonId: string }): Promise<Episode[]> {
    const order = { seasonNumber: 'ASC', number: 'ASC' } as const;
    const all = await this.database.read.find(Episode, { where, order });
    return [...all.filter((one) => one.seasonNumber > 0), ...all.filter((one) => one.seasonNumber === 0)];
  }

  externalSubtitles(fileId: string): Promise<ExternalSubtitle[]> {
    return this.database.read.find(ExternalSubtitle, { where: { fileId }, order: { relativePath: 'ASC' } });
  }

  /** @throws the system's error, or ProblemError NOT_FOUND, TORRENT_NOT_READY */
  open(located: LocatedFile): Promise<ByteSource> {
    return this.torrents.open(located);
  }

  /** Text tracks inside a file of a torrent that is not all here: they come with it. None of any other file. */
  async growingText(file: MediaFile): Promise<SubtitleStream[]> {
    if (!isInTorrent(file) || isRemoteFileId(file.id) || !this.torrents.isPartial(file)) return [];
    const row = await this.database.read.findOneBy(MediaFile, { id: file.id });
    return row?.media ? buriedText(row.media) : [];
  }

  /** What of such a file is here. @throws as `open` */
  present({ id }: MediaFile): Promise<PresentBytes> {
    return this.torrents.present(id);
  }

  /** Where a subtitle file beside a media file lies. */
  async subtitlePath(fileId: string, subtitle: ExternalSubtitle): Promise<string> {
    const { file } = await this.file(fileId);
    if (isInTorrent(file)) return this.torrents.address(fileId, torrentFileIndexOf(subtitle.relativePath));
    const folder = await this.database.read.findOneByOrFail(LibraryFolder, { id: file.folderId });
    return join(folder.path, subtitle.relativePath);
  }

  /** One statement: every range of a playing film asks for this. */
  private async locate(
    narrow: (query: SelectQueryBuilder<MediaFile>) => SelectQueryBuilder<MediaFile>,
  ): Promise<LocatedFile[]> {
    const query = this.database.read
      .createQueryBuilder(MediaFile, 'file')
      .innerJoin(LibraryFolder, 'folder', 'folder.id = file.folderId')
      .addSelect('folder.path', 'folder_path');
    const { entities, raw } = await narrow(query).getRawAndEntities<{ folder_path: string }>();
    const placed: LocatedFile[] = [];
    for (const [index, file] of entities.entries()) {
      if (isInTorrent(file)) placed.push(await this.inTorrent(file));
      else placed.push({ file, path: join(raw[index]?.folder_path ?? '', file.relativePath) });
    }
    return placed;
  }

  private async inTorrent(file: MediaFile): Promise<LocatedFile> {
    const path = await this.torrents.address(file.id);
    if (file.media && this.torrents.isPartial(file)) file.media = withoutBuriedText(file.media);
    return { file, path };
  }
}
