import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { FileByteSource } from '../../common/bytes/file-byte-source.js';
import { newId } from '../../common/id.js';
import { Logger } from '../../common/log/logger.js';
import { notFound, ProblemError } from '../../common/problem-error.js';
import { Database } from '../../database/database.js';
import type { MediaInfo } from '../../ffmpeg/media-info.js';
import { ProcessFailed } from '../../ffmpeg/process-runner.js';
import { type JobContext, type JobDefinition, JobInterrupted, JobQueue } from '../../jobs/job-queue.js';
import { contentKey, type PlayableFile } from '../../library/playable.service.js';
import { WholeFileService } from '../../transcoding/whole-file.service.js';
import { BesideFiles } from '../beside-files.service.js';
import { MadeVersion } from './made-version.entity.js';
import { VersionStore } from './version-store.js';

const payload = z.object({ versionId: z.string() });
type Payload = z.infer<typeof payload>;

/** Bytes of versions that nobody said to keep; the one used longest ago goes first. */
const looseCapacity = 50 * 1024 ** 3;

const hourMs = 3_600_000;

type Listener = (version: MadeVersion, progress: number | null) => void;

/** Smaller versions of files: made by a job, whole or not at all, shared by everybody who wants that quality. */
@Injectable()
export class VersionsService implements OnModuleInit {
  private readonly definition: JobDefinition<Payload> = {
    name: 'playback.version',
    payload,
    key: ({ versionId }) => versionId,
    attempts: 2,
    concurrency: 1,
    handler: ({ versionId }, context) => this.make(versionId, context),
  };
  private readonly progress = new Map<string, number>();
  private readonly stops = new Map<string, AbortController>();
  private readonly listeners = new Set<Listener>();
  private readonly logger: Logger;

  constructor(
    private readonly database: Database,
    private readonly wholeFiles: WholeFileService,
    private readonly jobs: JobQueue,
    private readonly store: VersionStore,
    private readonly beside: BesideFiles,
    logger: Logger,
  ) {
    this.logger = logger.scoped('versions');
  }

  async onModuleInit(): Promise<void> {
    this.jobs.register(this.definition);
    const known = await this.database.read.find(MadeVersion, { select: { id: true } });
    await this.store.sweep(new Set(known.map(({ id }) => id)));
  }

  /** @returns a function that stops listening */
  onChange(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** 0–100 while it is converted here, else null. */
  progressOf(versionId: string): number | null {
    return this.progress.get(versionId) ?? null;
  }

  /**
   * The version of a file at a quality, asked for if it does not exist.
   * @throws ProblemError PLAYBACK_UNSUPPORTED where the file has no such quality, STORAGE_FULL where it would not fit
   */
  async want(file: PlayableFile, quality: string, kept: boolean): Promise<MadeVersion> {
    const size = file.media && this.wholeFiles.estimate(file.media, quality);
    if (size === null) {
      throw new ProblemError('PLAYBACK_UNSUPPORTED', {
        detail: `There is no ${quality} version of this file.`,
      });
    }
    const key = contentKey(file);
    const found = await this.database.read.findOneBy(MadeVersion, { contentKey: key, quality });
    if (found && found.state !== 'failed') return this.keep(found, kept);
    await this.makeRoom(size);
    const now = Date.now();
    const version: MadeVersion = {
      id: found?.id ?? newId(),
      fileId: file.id,
      contentKey: key,
      quality,
      state: 'waiting',
      size,
      media: null,
      kept: kept || (found?.kept ?? false),
      error: null,
      createdAt: now,
      usedAt: now,
    };
    await this.database.write((manager) => manager.upsert(MadeVersion, version, ['id']));
    await this.jobs.enqueue(this.definition, { versionId: version.id }, { label: file.relativePath });
    return version;
  }

  async find(id: string): Promise<MadeVersion | null> {
    return this.database.read.findOneBy(MadeVersion, { id });
  }

  list(): Promise<MadeVersion[]> {
    return this.database.read.find(MadeVersion, { order: { createdAt: 'DESC' } });
  }

  /** Those of a content that are ready, largest first. */
  async readyOf(file: PlayableFile): Promise<MadeVersion[]> {
    const ready = await this.database.read.findBy(MadeVersion, {
      contentKey: contentKey(file),
      state: 'ready',
    });
    return ready.sort((a, b) => parseInt(b.quality, 10) - parseInt(a.quality, 10));
  }

  /** @throws ProblemError NOT_FOUND */
  async open(id: string): Promise<FileByteSource> {
    const version = await this.find(id);
    if (version?.state !== 'ready') throw notFound('version');
    const now = Date.now();
    // Every range of a download comes here; the hour is enough to know what is in use.
    if (now - version.usedAt > hourMs)
      await this.database.write((manager) => manager.update(MadeVersion, { id }, { usedAt: now }));
    return FileByteSource.open(this.store.path(id)).catch(() => {
      throw notFound('version');
    });
  }

  /** Ends its conversion and deletes it. @throws ProblemError NOT_FOUND */
  async remove(id: string): Promise<void> {
    this.stops.get(id)?.abort();
    const { affected } = await this.database.write((manager) => manager.delete(MadeVersion, { id }));
    if (!affected) throw notFound('version');
    await this.store.remove(id);
  }

  private async keep(version: MadeVersion, kept: boolean): Promise<MadeVersion> {
    if (!kept || version.kept) return version;
    await this.database.write((manager) => manager.update(MadeVersion, { id: version.id }, { kept }));
    return Object.assign(version, { kept });
  }

  private async make(versionId: string, context: JobContext): Promise<void> {
    const version = await this.find(versionId);
    if (!version || version.state === 'ready') return;
    const film = await this.beside.film(version.fileId).catch(() => null);
    if (!film) return this.fail(version, 'The file is not there.');
    const { file, input } = film;
    if (input.contentKey !== version.contentKey) return this.fail(version, 'The file changed meanwhile.');
    const stop = new AbortController();
    this.stops.set(versionId, stop);
    try {
      await this.change(version, { state: 'converting', error: null });
      let made: MediaInfo | null = null;
      const size = await this.store.add(versionId, async (output) => {
        made = await this.wholeFiles.convert(input, version.quality, output, {
          signal: AbortSignal.any([context.signal, stop.signal]),
          onProgress: (percent) => this.tell(version, context, file.relativePath, percent),
        });
      });
      await this.change(version, { state: 'ready', size, media: made });
    } catch (error) {
      if (stop.signal.aborted) return; // removed while it was made
      if (context.signal.aborted) throw new JobInterrupted();
      this.logger.warn('A version could not be made', { fileId: file.id, quality: version.quality, error });
      await this.fail(
        version,
        error instanceof ProcessFailed ? lastLine(error.stderr, input.path) : 'It could not be converted.',
      );
      throw error;
    } finally {
      this.stops.delete(versionId);
      this.progress.delete(versionId);
    }
  }

  private tell(version: MadeVersion, context: JobContext, name: string, percent: number | null): void {
    context.progress(percent, name);
    const last = this.progress.get(version.id);
    if (percent === null || (last !== undefined && percent - last < 1)) return;
    this.progress.set(version.id, percent);
    for (const listener of this.listeners) listener(version, percent);
  }

  private fail(version: MadeVersion, error: string): Promise<void> {
    return this.change(version, { state: 'failed', error });
  }

  private async change(version: MadeVersion, change: Partial<MadeVersion>): Promise<void> {
    await this.database.write((manager) => manager.update(MadeVersion, { id: version.id }, change));
    Object.assign(version, change);
    for (const listener of this.listeners) listener(version, null);
  }

  /** @throws ProblemError STORAGE_FULL */
  private async makeRoom(bytes: number): Promise<void> {
    const loose = (await this.list()).filter(({ kept, state }) => !kept && state === 'ready');
    loose.sort((a, b) => a.usedAt - b.usedAt);
    let size = loose.reduce((sum, version) => sum + version.size, 0);
    while (size + bytes > looseCapacity || !(await this.store.hasRoom(bytes))) {
      const oldest = loose.shift();
      if (!oldest) break;
      await this.remove(oldest.id);
      size -= oldest.size;
    }
    if (!(await this.store.hasRoom(bytes))) {
      throw new ProblemError('STORAGE_FULL', {
        detail: `The version needs about ${Math.ceil(bytes / 1e6)} MB, and the server's disk has no such room.`,
      });
    }
  }
}

/** What ffmpeg said at last, without the paths it names. @param path of the file, which may hold spaces */
const lastLine = (stderr: string, path: string): string => {
  const line = stderr.trim().split('\n').at(-1) ?? '';
  const short = line.replaceAll(`${path}: `, '').replaceAll(path, '…');
  return short.replace(/\/\S+/g, '…') || 'It could not be converted.';
};
