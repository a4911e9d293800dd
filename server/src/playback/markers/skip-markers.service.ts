import type { SkipMarker } from '@hearth/contract/playback';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { In } from 'typeorm';
import { z } from 'zod';
import { Cache } from '../../cache/cache.js';
import { Logger } from '../../common/log/logger.js';
import { Database } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { Binaries } from '../../ffmpeg/binaries.js';
import { streamsOf } from '../../ffmpeg/media-info.js';
import { type JobContext, type JobDefinition, JobQueue } from '../../jobs/job-queue.js';
import {
  contentKey,
  type LocatedFile,
  type PlayableFile,
  PlayableService,
} from '../../library/playable.service.js';
import { pictureFirstMs } from '../picture-first.js';
import { chapterMarkers } from './chapter-markers.js';
import { FileMarkers } from './file-markers.entity.js';
import { closingOf, fingerprint, openingOf, type Stretch } from './fingerprint.js';
import { sharedParts, type Span } from './shared-part.js';

const payload = z.object({ seasonId: z.string() });
const halfYear = 180 * 24 * 60 * 60;
/** Clips have no openings. Seconds. */
const shortestEpisode = 150;

/**
 * Parts that can be skipped: what the chapters name, and in series what the episodes of a season have in common at their
 * beginnings and ends, heard by a job when somebody begins to watch the season.
 */
@Injectable()
export class SkipMarkersService implements OnModuleInit {
  private readonly definition: JobDefinition<z.infer<typeof payload>> = {
    name: 'playback.skip-markers',
    payload,
    key: ({ seasonId }) => seasonId,
    attempts: 2,
    concurrency: 1,
    handler: ({ seasonId }, context) => this.listen(seasonId, context),
  };
  private readonly logger: Logger;

  constructor(
    private readonly database: Database,
    private readonly playables: PlayableService,
    private readonly binaries: Binaries,
    private readonly jobs: JobQueue,
    private readonly cache: Cache,
    private readonly events: EventBus,
    logger: Logger,
  ) {
    this.logger = logger.scoped('skip-markers');
  }

  onModuleInit(): void {
    this.jobs.register(this.definition);
  }

  /** In order. What a person wrote into the chapters counts more than what was heard. */
  async of(file: PlayableFile): Promise<SkipMarker[]> {
    const named = file.media ? chapterMarkers(file.media.chapters, file.media.durationSeconds ?? 0) : [];
    const heard = await this.database.read.findOneBy(FileMarkers, { fileId: file.id });
    const more = heard?.contentKey === contentKey(file) ? heard.markers : [];
    const kinds = new Set(named.map(({ kind }) => kind));
    return [...named, ...more.filter(({ kind }) => !kinds.has(kind))].sort(
      (a, b) => a.startSeconds - b.startSeconds,
    );
  }

  /** Sees to it that the season of an episode is listened to. */
  async want(episodeId: string): Promise<void> {
    const { seasonId, titleId } = await this.playables.episode(episodeId);
    const files = await this.filesOf(seasonId);
    if (files.length < 2 || (await this.unheard(files)).length === 0) return;
    await this.jobs.enqueue(
      this.definition,
      { seasonId },
      { label: titleId, priority: -10, delayMs: pictureFirstMs },
    );
  }

  private async listen(seasonId: string, context: JobContext): Promise<void> {
    const { muxers } = await this.binaries.ffmpegFeatures();
    if (!muxers.has('chromaprint'))
      return this.logger.warn('This ffmpeg has no chromaprint: openings are not found');
    const files = await this.filesOf(seasonId);
    if (files.length < 2 || (await this.unheard(files)).length === 0) return;
    const openings: Uint32Array[] = [];
    const closings: Uint32Array[] = [];
    for (const [index, file] of files.entries()) {
      context.progress((index / files.length) * 100, file.file.relativePath);
      await context.breathe();
      openings.push(await this.sound(file, 'opening', openingOf(durationOf(file)), context.signal));
      closings.push(await this.sound(file, 'closing', closingOf(durationOf(file)), context.signal));
    }
    const intros = sharedParts(openings);
    const credits = sharedParts(closings);
    const rows = files.map((file, index) => ({
      fileId: file.file.id,
      contentKey: contentKey(file.file),
      markers: [
        ...marker('intro', intros[index] ?? null, 0),
        ...marker('credits', credits[index] ?? null, closingOf(durationOf(file)).startSeconds),
      ],
    }));
    await this.database.write((manager) => manager.upsert(FileMarkers, rows, ['fileId']));
    for (const { fileId } of rows) this.events.publish('file.prepared', { fileId });
  }

  /** The fingerprint of a stretch; empty where the sound cannot be read, so that one bad file spoils no season. */
  private async sound(
    { file, path }: LocatedFile,
    name: string,
    stretch: Stretch,
    signal: AbortSignal,
  ): Promise<Uint32Array> {
    const audio = file.media && streamsOf(file.media, 'audio')[0];
    if (!audio) return new Uint32Array();
    const key = `fingerprint/${contentKey(file)}/${name}`;
    const known = await this.cache.get<string>(key);
    if (known !== undefined) return numbers(Buffer.from(known, 'base64'));
    try {
      const made = await fingerprint(this.binaries.ffmpeg ?? 'ffmpeg', path, audio.index, stretch, signal);
      await this.cache.set(key, Buffer.from(made.buffer, 0, made.byteLength).toString('base64'), halfYear);
      return made;
    } catch (error) {
      if (signal.aborted) throw error;
      this.logger.warn('The sound of an episode cannot be read', { fileId: file.id, error });
      return new Uint32Array();
    }
  }

  private async filesOf(seasonId: string): Promise<LocatedFile[]> {
    const found: LocatedFile[] = [];
    for (const episode of await this.playables.episodes({ seasonId })) {
      const files = await this.playables.filesOfEpisode(episode.id);
      const file = files.find((one) => one.file.available && durationOf(one) >= shortestEpisode);
      if (file && !found.some((one) => one.file.id === file.file.id)) found.push(file);
    }
    return found;
  }

  private async unheard(files: readonly LocatedFile[]): Promise<LocatedFile[]> {
    const heard = await this.database.read.findBy(FileMarkers, {
      fileId: In(files.map(({ file }) => file.id)),
    });
    const keys = new Map(heard.map((one) => [one.fileId, one.contentKey]));
    return files.filter(({ file }) => keys.get(file.id) !== contentKey(file));
  }
}

const durationOf = ({ file }: LocatedFile): number => file.media?.durationSeconds ?? 0;
const numbers = (bytes: Buffer): Uint32Array =>
  new Uint32Array(new Uint8Array(bytes).buffer, 0, Math.floor(bytes.length / 4));
const marker = (kind: SkipMarker['kind'], span: Span | null, offset: number): SkipMarker[] =>
  span ? [{ kind, startSeconds: offset + span.start, endSeconds: offset + span.end }] : [];
