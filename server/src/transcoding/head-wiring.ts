import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Cache } from '../cache/cache.js';
import { Logger } from '../common/log/logger.js';
import { niceness } from '../common/niceness.js';
import { Binaries } from '../ffmpeg/binaries.js';
import type { SubtitleFiles } from '../ffmpeg/subtitle-files.js';
import { ContinuousService } from './continuous/continuous.service.js';
import { softwareEncoder } from './head/encoder.js';
import { HeadService } from './head/head.service.js';
import type { HeadTools } from './head/head-tools.js';
import { HardwareService } from './hardware/hardware.service.js';
import type { SegmentStore } from './store/segment-store.port.js';
import type { KeyframeIndexService } from './timeline/keyframe-index.service.js';

const limits = {
  video: { nice: niceness.waitedFor, aheadSeconds: 30, hardwareStartMs: 5000 },
  audio: { nice: niceness.soundAhead, aheadSeconds: 10, hardwareStartMs: 5000 },
};

export interface HeadSurroundings {
  readonly logger: Logger;
  readonly binaries: Binaries;
  readonly store: SegmentStore;
  readonly hardware: Pick<HardwareService, 'best' | 'markBroken'>;
  readonly keyframes: Pick<KeyframeIndexService, 'of'>;
  readonly subtitles: Pick<SubtitleFiles, 'drawFilter'>;
}

export function headTools({
  logger,
  binaries,
  store,
  hardware,
  keyframes,
  subtitles,
}: HeadSurroundings): HeadTools {
  return {
    ffmpeg: binaries.ffmpeg ?? 'ffmpeg',
    store,
    log: logger.scoped('transcoding'),
    now: () => performance.now(),
    encoder: () => hardware.best() ?? softwareEncoder,
    software: softwareEncoder,
    encoderFailed: (encoder, reason) => hardware.markBroken(encoder, reason),
    zscale: async () => (await binaries.ffmpegFeatures()).filters.has('zscale'),
    keyframes: (input) => keyframes.of(input),
    drawText: (input, stream) => subtitles.drawFilter(input, stream),
    videoLimits: limits.video,
    audioLimits: limits.audio,
  };
}

/** Tries the hardware when the server is up, and leaves no process behind when it ends. */
@Injectable()
export class TranscodingLifecycle implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    private readonly hardware: HardwareService,
    private readonly heads: HeadService,
    private readonly continuous: ContinuousService,
  ) {}

  onApplicationBootstrap(): void {
    void this.hardware.start();
  }

  async onApplicationShutdown(): Promise<void> {
    this.heads.close();
    this.continuous.close();
    await this.hardware.stop();
  }
}

export const openHardware = (binaries: Binaries, cache: Cache, logger: Logger): HardwareService =>
  new HardwareService({ binaries, cache, logger: logger.scoped('hardware') });
