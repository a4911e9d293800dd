import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { FileByteSource } from '../../common/bytes/file-byte-source.js';
import { notFound } from '../../common/problem-error.js';
import { UrlSigner } from '../../common/url-signer.js';
import { EventBus } from '../../events/event-bus.js';
import { runBatch } from '../../ffmpeg/batch-command.js';
import { Binaries } from '../../ffmpeg/binaries.js';
import { streamsOf } from '../../ffmpeg/media-info.js';
import { JobQueue, type JobContext, type JobDefinition } from '../../jobs/job-queue.js';
import {
  contentKey,
  type LocatedFile,
  type PlayableFile,
  PlayableService,
} from '../../library/playable.service.js';
import { KeyframeIndexService } from '../../transcoding/timeline/keyframe-index.service.js';
import { pictureFirstMs } from '../picture-first.js';
import { planThumbnails, thumbnailArguments } from './thumbnail-plan.js';
import { ThumbnailStore } from './thumbnail-store.js';
import { thumbnailTrack } from './thumbnail-track.js';

const payload = z.object({ fileId: z.string() });
type Payload = z.infer<typeof payload>;

/** Key frames further apart than so many intervals make thumbnails that all look the same. */
const sparseFactor = 3;

/** Pictures over the seek bar. Made once for a file somebody plays or is about to, when nothing better is to do. */
@Injectable()
export class ThumbnailsService implements OnModuleInit {
  private readonly definition: JobDefinition<Payload> = {
    name: 'playback.thumbnails',
    payload,
    key: ({ fileId }) => fileId,
    attempts: 2,
    concurrency: 1,
    handler: ({ fileId }, context) => this.make(fileId, context),
  };

  constructor(
    private readonly playables: PlayableService,
    private readonly keyframes: KeyframeIndexService,
    private readonly binaries: Binaries,
    private readonly jobs: JobQueue,
    private readonly store: ThumbnailStore,
    private readonly signer: UrlSigner,
    private readonly events: EventBus,
  ) {}

  async onModuleInit(): Promise<void> {
    this.jobs.register(this.definition);
    await this.store.sweep();
  }

  /** Signed address of the track, or null while there is none. */
  async url(file: PlayableFile, accountId: string): Promise<string | null> {
    const ready = await this.store.plan(contentKey(file));
    return ready ? this.signer.sign(`${pathOf(file.id)}.vtt`, accountId, lifetimeSeconds) : null;
  }

  /** Sees to it that a file gets its thumbnails. */
  async want(file: PlayableFile): Promise<void> {
    const video = file.media && streamsOf(file.media, 'video')[0];
    if (!file.media || !video || !planThumbnails(file.media, video)) return;
    if (await this.store.plan(contentKey(file))) return;
    await this.jobs.enqueue(
      this.definition,
      { fileId: file.id },
      { label: file.relativePath, priority: -10, delayMs: pictureFirstMs },
    );
  }

  /** @throws ProblemError NOT_FOUND */
  async track(fileId: string, accountId: string): Promise<string> {
    const { file } = await this.playables.file(fileId);
    const plan = await this.store.plan(contentKey(file));
    if (!plan) throw notFound('thumbnails');
    return thumbnailTrack(plan, file.media?.durationSeconds ?? 0, (sprite) =>
      this.signer.sign(`${pathOf(fileId)}/${sprite}`, accountId, lifetimeSeconds),
    );
  }

  /** @throws ProblemError NOT_FOUND */
  async sprite(fileId: string, name: string): Promise<FileByteSource> {
    const { file } = await this.playables.file(fileId);
    return FileByteSource.open(this.store.path(contentKey(file), name)).catch(() => {
      throw notFound('thumbnails');
    });
  }

  private async make(fileId: string, context: JobContext): Promise<void> {
    const located = await this.playables.file(fileId).catch(() => null);
    const media = located?.file.media;
    const video = media && streamsOf(media, 'video')[0];
    const plan = media && video && planThumbnails(media, video);
    if (!plan || !located.file.available) return; // gone meanwhile
    const key = contentKey(located.file);
    if (await this.store.plan(key)) return;
    const sparse = await this.isSparse(located, plan.intervalSeconds * sparseFactor, context.signal);
    await this.store.add(key, plan, (folder) =>
      runBatch(
        {
          ffmpeg: this.binaries.ffmpeg ?? 'ffmpeg',
          input: located.path,
          ...thumbnailArguments(plan, video, sparse),
          output: `${folder}/%03d.jpg`,
          durationSeconds: media.durationSeconds,
        },
        {
          signal: context.signal,
          onProgress: (percent) => context.progress(percent, located.file.relativePath),
        },
      ),
    );
    this.events.publish('file.prepared', { fileId });
  }

  private async isSparse(
    { file, path }: LocatedFile,
    mostSeconds: number,
    signal: AbortSignal,
  ): Promise<boolean> {
    if (!file.media) return true;
    const input = { path, contentKey: contentKey(file), media: file.media };
    const { keyframes, endSeconds } = await this.keyframes.of(input, signal);
    const gaps = [...keyframes, endSeconds].map((at, index, all) => at - (all[index - 1] ?? at));
    return Math.max(...gaps) > mostSeconds;
  }
}

/** Seconds; longer than any film with a pause in it. */
const lifetimeSeconds = 12 * 60 * 60;
const pathOf = (fileId: string): string => `/api/media/files/${fileId}/thumbnails`;
