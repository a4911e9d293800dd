import { basename } from 'node:path/posix';
import { Injectable } from '@nestjs/common';
import { notFound, ProblemError } from '../../common/problem-error.js';
import { systemErrorCode } from '../../common/system-error.js';
import { type MediaInfo, streamsOf } from '../../ffmpeg/media-info.js';
import { type OfferedFile, OfferedFilesService } from '../../library/offered-files.service.js';
import { PlayableService, type SubtitleFile } from '../../library/playable.service.js';
import { ContinuousService } from '../../transcoding/continuous/continuous.service.js';
import { DecisionService } from '../../transcoding/decision/decision.service.js';
import { BesideFiles } from '../beside-files.service.js';
import { subtitleId as subtitleIdOf, withBeside } from '../beside-streams.js';
import { ProgressService } from '../progress.service.js';
import { BandwidthService } from '../stream/bandwidth.service.js';
import { streamProblem } from '../stream/stream-problems.js';
import { StreamLimitsService } from '../stream-limits.service.js';
import { metered } from './metered-stream.js';
import type {
  OpenedConversion,
  OpenedFile,
  RendererDevice,
  RendererReport,
} from './opened-renderer-media.js';
import { rendererBytes } from './renderer-bytes.js';
import type { RendererCapabilities } from './renderer-capabilities.js';
import { beginConversion } from './renderer-conversion.js';
import { imageFormat, originalMedia } from './renderer-media.js';
import { itemKey, type RendererItem, type RendererOffer } from './renderer-offer.js';
import { type Decide, planFor, type RendererPlan, type RendererViewer } from './renderer-plan.js';
import { RendererSittings } from './renderer-sittings.service.js';
import { subtitlesOf } from './renderer-subtitles.js';
import { RendererViewers } from './renderer-viewers.service.js';

export type { RendererCapabilities, RendererFormat, RendererMedia } from './renderer-capabilities.js';
export { itemKey, type RendererItem, type RendererOffer, type RendererSubtitle } from './renderer-offer.js';
export type {
  OpenedConversion,
  OpenedFile,
  RendererDevice,
  RendererReport,
  RunningConversion,
} from './opened-renderer-media.js';

/** Playing on screens and speakers in the house, for one account each: what they get, its bytes, and where they are. */
@Injectable()
export class RendererPlaybackService {
  private readonly decide: Decide;

  constructor(
    private readonly files: OfferedFilesService,
    private readonly playables: PlayableService,
    private readonly viewers: RendererViewers,
    private readonly sittings: RendererSittings,
    private readonly progress: ProgressService,
    private readonly limits: StreamLimitsService,
    private readonly bandwidth: BandwidthService,
    private readonly continuous: ContinuousService,
    private readonly beside: BesideFiles,
    decisions: DecisionService,
  ) {
    this.decide = (media, client, wishes) => decisions.decide(media, client, wishes);
  }

  /**
   * What a renderer gets of each item, best first; by `itemKey`. A hundred items cost a few statements.
   * @param deviceId what failed on it before is not offered again
   */
  async offers(
    accountId: string,
    capabilities: RendererCapabilities,
    items: readonly RendererItem[],
    deviceId?: string,
  ): Promise<Map<string, RendererOffer[]>> {
    if (items.length === 0) return new Map();
    const viewer = await this.viewers.of(accountId, deviceId);
    const found = await this.files.of(items, accountId);
    return new Map(
      [...found].map(([key, files]) => [
        key,
        directFirst(files.map((file) => this.offer(file, capabilities, viewer))),
      ]),
    );
  }

  /** The same of one title or episode: what an administrator is shown. @throws ProblemError NOT_FOUND */
  async deliveries(
    accountId: string,
    capabilities: RendererCapabilities,
    titleId: string,
    episodeId?: string,
  ): Promise<RendererOffer[]> {
    const item = { titleId, episodeId: episodeId ?? null };
    const offers = (await this.offers(accountId, capabilities, [item])).get(itemKey(item));
    if (!offers || offers.length === 0) throw notFound('file of this title');
    return offers;
  }

  /**
   * A file's bytes: films, music, photos. @param device left out where nobody watches, as for a thumbnail
   * @throws ProblemError NOT_FOUND, SOURCE_UNAVAILABLE, STREAM_LIMIT_REACHED, FORBIDDEN
   */
  async openBytes(fileId: string, accountId: string, device?: RendererDevice): Promise<OpenedFile> {
    const located = await this.playables.fileFor(fileId, accountId);
    const { file } = located;
    if (device) this.sittings.mayBegin(accountId, device, fileId);
    if (device && file.titleId !== null) await this.limits.check(accountId, device.id);
    const bytes = await rendererBytes(located, this.playables).catch((cause: unknown) => {
      if (cause instanceof ProblemError) throw cause;
      const code = systemErrorCode(cause) ?? 'unknown reason';
      throw new ProblemError('SOURCE_UNAVAILABLE', { detail: `The file cannot be read (${code}).` });
    });
    const bucket = await this.bandwidth.bucketOf(accountId);
    const media = originalMedia(file);
    return {
      kind: 'bytes',
      fileId,
      media: { ...media, size: bytes.size },
      size: bytes.size,
      ...(media.durationSeconds !== undefined && { durationSeconds: media.durationSeconds }),
      modified: bytes.modified,
      read: (start, end) => {
        const source = bytes.read(start, end);
        const onBytes = (count: number): void => {
          if (device && !this.sittings.sent(accountId, device, fileId, count)) sent.destroy();
        };
        const sent = metered(source, { bucket, onBytes, problem: asError });
        return sent;
      },
    };
  }

  /**
   * What the renderer can play of a file. Nothing runs and nothing counts until it is started.
   * @param subtitleId index of a track to draw into the picture; null for none; left out: as the viewer wishes
   * @throws ProblemError NOT_FOUND, PLAYBACK_UNSUPPORTED
   */
  async openConversion(
    fileId: string,
    accountId: string,
    capabilities: RendererCapabilities,
    device: RendererDevice,
    subtitleId?: string | null,
  ): Promise<OpenedConversion> {
    const located = await this.playables.fileFor(fileId, accountId);
    const { media } = located.file;
    const viewer = await this.viewers.of(accountId, device.id);
    const files = await this.playables.externalSubtitles(fileId);
    const all = media && withBeside(media, files);
    const burn = subtitleId === undefined ? {} : { burn: drawable(all, files, subtitleId) };
    const plan = all ? planFor(all, capabilities, { ...viewer, ...burn }, this.decide) : null;
    const { conversion } = plan ?? {};
    if (!media || !conversion) {
      const detail = plan?.reasons.join(' ') || 'The file could not be read.';
      throw new ProblemError('PLAYBACK_UNSUPPORTED', { detail });
    }
    const input = await this.beside.input(located, media, [conversion.video?.id ?? '']);
    return {
      kind: 'conversion',
      fileId,
      media: conversion.media,
      ...(media.durationSeconds !== null && { durationSeconds: media.durationSeconds }),
      start: async (fromSeconds, signal) => {
        const session = await this.sittings.enter({ accountId, device, located }, conversion.delivery);
        const bucket = await this.bandwidth.bucketOf(accountId);
        const failed = (): void => void this.viewers.failed(device.id, conversion.delivery.failureKey);
        const work = { continuous: this.continuous, input, plan: conversion, session, bucket, failed };
        return beginConversion(work, fromSeconds, signal);
      },
    };
  }

  /**
   * Saves where a renderer is, as any player does: position, watched, one history entry a sitting. Of music, photos and
   * extras nothing is remembered. @throws ProblemError NOT_FOUND, STREAM_LIMIT_REACHED
   */
  async report({ accountId, device, fileId, positionSeconds, state }: RendererReport): Promise<void> {
    const located = await this.playables.fileFor(fileId, accountId);
    const session = await this.sittings.enter({ accountId, device, located }, null);
    if (!session) return;
    session.playing = true;
    const paused = state !== 'playing';
    await this.progress.save({ sessionId: session.facts.id, positionSeconds, paused }, { accountId });
  }

  private offer(
    { file, subtitles }: OfferedFile,
    capabilities: RendererCapabilities,
    viewer: RendererViewer,
  ): RendererOffer {
    const { action, reasons, conversion, burned } = this.planOf(file, subtitles, capabilities, viewer);
    return {
      fileId: file.id,
      fileName: basename(file.relativePath),
      modifiedMs: file.modifiedMs,
      action,
      reasons,
      original: originalMedia(file),
      converted: conversion?.media ?? null,
      subtitles: subtitlesOf(file.media, subtitles),
      burned: burned === null ? null : subtitleIdOf(subtitles, burned),
    };
  }

  private planOf(
    file: OfferedFile['file'],
    subtitles: OfferedFile['subtitles'],
    capabilities: RendererCapabilities,
    viewer: RendererViewer,
  ): Pick<RendererPlan, 'action' | 'reasons' | 'conversion' | 'burned'> {
    const image = imageFormat(file);
    const nothing = { conversion: null, burned: null };
    if (image !== undefined) {
      const shows = [image, '*'].some((name) => capabilities.images.includes(name));
      const reasons = shows ? [] : [`This device does not show ${image.toUpperCase()} pictures.`];
      return { ...nothing, action: shows ? 'direct' : 'none', reasons };
    }
    if (!file.media) return { ...nothing, action: 'none', reasons: ['The file could not be read.'] };
    return planFor(withBeside(file.media, subtitles), capabilities, viewer, this.decide);
  }
}

/** What plays as it is comes first, whatever its size; the order is kept otherwise. */
function directFirst(offers: readonly RendererOffer[]): RendererOffer[] {
  const order = ['direct', 'convert', 'none'];
  return offers.toSorted((a, b) => order.indexOf(a.action) - order.indexOf(b.action));
}

/** @throws ProblemError NOT_FOUND for what is no track in the file or beside it */
function drawable(
  media: MediaInfo | null,
  files: readonly SubtitleFile[],
  subtitleId: string | null,
): number | null {
  if (subtitleId === null) return null;
  const tracks = media ? streamsOf(media, 'subtitle') : [];
  const track = tracks.find(({ index }) => subtitleIdOf(files, index) === subtitleId);
  if (!track) throw notFound('subtitle track of this file');
  return track.index;
}

const asError = (error: unknown): Error => {
  const problem = streamProblem(error);
  return problem instanceof Error ? problem : new Error(String(problem));
};
