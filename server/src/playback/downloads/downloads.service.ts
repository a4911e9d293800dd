import { extname } from 'node:path/posix';
import type { Download } from '@hearth/contract/download';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { newId } from '../../common/id.js';
import { notFound } from '../../common/problem-error.js';
import { UrlSigner } from '../../common/url-signer.js';
import { Database } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { AudienceService } from '../../library/audience/audience.service.js';
import { EpisodeCardsService } from '../../library/catalogue/episode-cards.service.js';
import { TitleCardsService } from '../../library/catalogue/title-cards.service.js';
import { type PlayableFile, PlayableService } from '../../library/playable.service.js';
import { DownloadEntity } from './download.entity.js';
import { downloadName } from './download-name.js';
import type { MadeVersion } from './made-version.entity.js';
import { VersionsService } from './versions.service.js';

/** Seconds an address works; a slow line may take a night. */
const lifetimeSeconds = 24 * 60 * 60;

/** What people asked to take along: the file itself, or a smaller version of it. */
@Injectable()
export class DownloadsService implements OnModuleInit, OnModuleDestroy {
  private stopListening = (): unknown => undefined;

  constructor(
    private readonly database: Database,
    private readonly playables: PlayableService,
    private readonly versions: VersionsService,
    private readonly titles: TitleCardsService,
    private readonly episodes: EpisodeCardsService,
    private readonly signer: UrlSigner,
    private readonly events: EventBus,
    private readonly audiences: AudienceService,
  ) {}

  onModuleInit(): void {
    this.stopListening = this.versions.onChange((version, progress) => void this.announce(version, progress));
  }

  onModuleDestroy(): void {
    this.stopListening();
  }

  async list(accountId: string): Promise<Download[]> {
    const query = this.database.read
      .createQueryBuilder(DownloadEntity, 'd')
      .where('d.accountId = :accountId', { accountId })
      .orderBy('d.createdAt', 'DESC')
      .limit(200);
    const rows = await (await this.audiences.narrowByTitle(query, accountId, 'd.titleId')).getMany();
    return Promise.all(rows.map((row) => this.view(row)));
  }

  /** Asking twice for the same gives the same. @throws ProblemError NOT_FOUND, PLAYBACK_UNSUPPORTED, STORAGE_FULL */
  async create(fileId: string, quality: string, accountId: string): Promise<Download> {
    const { file } = await this.playables.fileFor(fileId, accountId);
    if (file.titleId === null) throw notFound('title of this file');
    const version = quality === 'original' ? null : await this.versions.want(file, quality, false);
    const asked = { accountId, fileId, quality, ...(version && { versionId: version.id }) };
    const known = await this.database.read.findOneBy(DownloadEntity, asked);
    if (known) return this.view(known);
    const [episode] = await this.playables.episodesOfFile(fileId);
    const row: DownloadEntity = {
      id: newId(),
      accountId,
      fileId,
      titleId: file.titleId,
      episodeId: episode?.id ?? null,
      quality,
      versionId: version?.id ?? null,
      createdAt: Date.now(),
    };
    await this.database.write((manager) => manager.insert(DownloadEntity, row));
    return this.view(row);
  }

  /** @throws ProblemError NOT_FOUND */
  async remove(id: string, accountId: string): Promise<void> {
    const row = await this.database.read.findOneBy(DownloadEntity, { id, accountId });
    if (!row || !(await this.audiences.seesFile(row.fileId, accountId))) throw notFound('download');
    await this.database.write((manager) => manager.delete(DownloadEntity, { id }));
    if (row.versionId === null) return;
    const wanted = await this.database.read.existsBy(DownloadEntity, { versionId: row.versionId });
    const version = await this.versions.find(row.versionId);
    if (version && !wanted && !version.kept && version.state !== 'ready')
      await this.versions.remove(version.id);
  }

  /** @throws ProblemError NOT_FOUND, PLAYBACK_UNSUPPORTED, STORAGE_FULL */
  async optimise(fileId: string, quality: string, accountId: string): Promise<Download> {
    const { file } = await this.playables.file(fileId);
    return this.viewOf(await this.versions.want(file, quality, true), file, accountId);
  }

  /** Every version on the server, as an administrator sees them. */
  async allVersions(accountId: string): Promise<{ items: Download[]; bytes: number }> {
    const versions = await this.versions.list();
    const items = await Promise.all(
      versions.map(async (version) =>
        this.viewOf(version, (await this.playables.file(version.fileId)).file, accountId),
      ),
    );
    // Of those that are not there yet the size is an estimate.
    const there = versions.filter(({ state }) => state === 'ready');
    return { items, bytes: there.reduce((sum, { size }) => sum + size, 0) };
  }

  private async view(row: DownloadEntity): Promise<Download> {
    const { file } = await this.playables.file(row.fileId);
    const version = row.versionId === null ? null : await this.versions.find(row.versionId);
    if (row.versionId !== null && version) {
      return {
        ...(await this.viewOf(version, file, row.accountId)),
        id: row.id,
        createdAt: time(row.createdAt),
      };
    }
    const gone = row.quality !== 'original';
    return {
      ...(await this.names(file, row.accountId)),
      id: row.id,
      fileId: file.id,
      quality: row.quality,
      state: gone ? 'failed' : 'ready',
      progress: null,
      size: file.size,
      url: gone ? '' : this.signer.sign(`/api/media/files/${file.id}`, row.accountId, lifetimeSeconds),
      fileName: await this.fileName(file, row.accountId, extname(file.relativePath), null),
      kept: false,
      error: gone ? 'It made room for others. Ask for it again.' : null,
      createdAt: time(row.createdAt),
    };
  }

  private async viewOf(version: MadeVersion, file: PlayableFile, accountId: string): Promise<Download> {
    const { id, quality, state, size, kept, error } = version;
    return {
      ...(await this.names(file, accountId)),
      id,
      fileId: file.id,
      quality,
      state,
      progress: this.versions.progressOf(id),
      size,
      url: state === 'ready' ? this.signer.sign(`/api/media/versions/${id}`, accountId, lifetimeSeconds) : '',
      fileName: await this.fileName(file, accountId, '.mp4', quality),
      kept,
      error,
      createdAt: time(version.createdAt),
    };
  }

  private async names(file: PlayableFile, accountId: string) {
    const [title] = await this.titles.list([file.titleId ?? ''], accountId);
    const [episode] = await this.playables.episodesOfFile(file.id);
    return { titleId: file.titleId ?? '', titleName: title?.name ?? '', episodeId: episode?.id ?? null };
  }

  private async fileName(
    file: PlayableFile,
    accountId: string,
    ending: string,
    quality: string | null,
  ): Promise<string> {
    const [title] = await this.titles.list([file.titleId ?? ''], accountId);
    const [first] = await this.playables.episodesOfFile(file.id);
    const episode = first && (await this.episodes.byId([first.id], accountId)).get(first.id);
    return downloadName(title ?? null, episode ?? null, quality) + ending;
  }

  private async announce({ id, state }: MadeVersion, progress: number | null): Promise<void> {
    const rows = await this.database.read.findBy(DownloadEntity, { versionId: id });
    for (const row of rows)
      this.events.publish('download.updated', { downloadId: row.id, state, progress }, row.accountId);
  }
}

const time = (milliseconds: number): string => new Date(milliseconds).toISOString();
