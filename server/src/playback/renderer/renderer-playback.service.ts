import { Injectable } from '@nestjs/common';
import { ProblemError } from '../../common/problem-error.js';
import { PlayableService } from '../../library/playable.service.js';
import { fileType } from '../media-type.js';
import { BandwidthService } from '../stream/bandwidth.service.js';
import { PlayedFiles } from '../stream/played-files.service.js';
import { opened } from '../stream/stream-problems.js';
import { metered } from './metered-stream.js';
import type {
  OpenedConversion,
  OpenedFile,
  RendererDevice,
  RendererReport,
} from './opened-renderer-media.js';
import { rendererBytes } from './renderer-bytes.js';
import type { RendererCapabilities } from './renderer-capabilities.js';
import { RendererConversions } from './renderer-conversions.service.js';
import { originalMedia } from './renderer-media.js';
import { RendererOffers } from './renderer-offers.service.js';
import { RendererSittings } from './renderer-sittings.service.js';

export type {
  OpenedConversion,
  OpenedFile,
  RendererDevice,
  RendererReport,
  RunningConversion,
} from './opened-renderer-media.js';

/** Playing on screens and speakers in the house, for one account each: the bytes they get, and where they are. */
@Injectable()
export class RendererPlaybackService {
  constructor(
    private readonly files: PlayedFiles,
    private readonly playables: PlayableService,
    private readonly offers: RendererOffers,
    private readonly conversions: RendererConversions,
    private readonly sittings: RendererSittings,
    private readonly bandwidth: BandwidthService,
  ) {}

  /**
   * A file's bytes: films, music, photos. @param device left out where nobody watches, as for a thumbnail
   * @throws ProblemError NOT_FOUND, SOURCE_UNAVAILABLE, STREAM_LIMIT_REACHED, FORBIDDEN
   */
  async openBytes(fileId: string, accountId: string, device?: RendererDevice): Promise<OpenedFile> {
    const located = await this.files.locate(fileId, accountId);
    const place = device && { accountId, device, located };
    if (place) await this.sittings.mayBegin(place);
    const bytes = await opened(rendererBytes(located, this.playables));
    const bucket = await this.bandwidth.bucketOf(accountId);
    const media = originalMedia(located.file);
    return {
      kind: 'bytes',
      fileId,
      media: { ...media, size: bytes.size },
      mediaType: fileType(located.file),
      size: bytes.size,
      ...(media.durationSeconds !== undefined && { durationSeconds: media.durationSeconds }),
      modified: bytes.modified,
      read: (start, end) => {
        const onBytes = (count: number): void => {
          if (place && !this.sittings.sent(place, count)) sent.destroy();
        };
        const sent = metered(bytes.read(start, end), { bucket, onBytes });
        return sent;
      },
    };
  }

  /**
   * What the renderer can play of a file. Nothing runs and nothing counts until it is started.
   * @throws ProblemError NOT_FOUND, PLAYBACK_UNSUPPORTED
   */
  async openConversion(
    fileId: string,
    accountId: string,
    capabilities: RendererCapabilities,
    device: RendererDevice,
  ): Promise<OpenedConversion> {
    const located = await this.files.locate(fileId, accountId);
    const { file } = located;
    const subtitles = await this.playables.externalSubtitles(fileId);
    const plan = await this.offers.plan({ file, subtitles }, capabilities, accountId, device.id);
    const { conversion, reasons } = plan;
    if (!file.media || !conversion)
      throw new ProblemError('PLAYBACK_UNSUPPORTED', { detail: reasons.join(' ') });
    return this.conversions.open({ accountId, device, located }, file.media, conversion);
  }

  /** Saves where a renderer is. @throws ProblemError NOT_FOUND, STREAM_LIMIT_REACHED */
  async report({ accountId, device, fileId, positionSeconds, state }: RendererReport): Promise<void> {
    const located = await this.files.locate(fileId, accountId);
    await this.sittings.report({ accountId, device, located }, positionSeconds, state === 'playing');
  }
}
