import { Module } from '@nestjs/common';
import { Cache } from '../cache/cache.js';
import { Logger } from '../common/log/logger.js';
import type { Config } from '../config/config.js';
import { configToken } from '../config/config.module.js';
import { Binaries } from '../ffmpeg/binaries.js';
import { SubtitleFiles } from '../ffmpeg/subtitle-files.js';
import { ContinuousService } from './continuous/continuous.service.js';
import { DecisionService } from './decision/decision.service.js';
import { HardwareService } from './hardware/hardware.service.js';
import { headTools, openHardware, TranscodingLifecycle } from './head-wiring.js';
import { HeadService } from './head/head.service.js';
import type { HeadTools } from './head/head-tools.js';
import { RemuxService } from './remux/remux.service.js';
import { openSegmentStore } from './store/open-segment-store.js';
import type { SegmentStore } from './store/segment-store.port.js';
import { KeyframeIndexService } from './timeline/keyframe-index.service.js';
import { TranscodingService } from './transcoding.service.js';
import { WholeFileService } from './whole-file.service.js';

const segmentStore = Symbol('segment store');
const tools = Symbol('what encoders work with');

/** Turns media into what a device can play, in segments made when they are asked for. Knows no titles and no people. */
@Module({
  providers: [
    DecisionService,
    KeyframeIndexService,
    RemuxService,
    TranscodingLifecycle,
    TranscodingService,
    WholeFileService,
    { provide: HardwareService, inject: [Binaries, Cache, Logger], useFactory: openHardware },
    {
      provide: segmentStore,
      inject: [configToken, Logger],
      useFactory: (config: Config, logger: Logger) => openSegmentStore(config, logger.scoped('segments')),
    },
    {
      provide: tools,
      inject: [Logger, Binaries, segmentStore, HardwareService, KeyframeIndexService, SubtitleFiles],
      useFactory: (
        logger: Logger,
        binaries: Binaries,
        store: SegmentStore,
        hardware: HardwareService,
        keyframes: KeyframeIndexService,
        subtitles: SubtitleFiles,
      ) => headTools({ logger, binaries, store, hardware, keyframes, subtitles }),
    },
    { provide: HeadService, inject: [tools], useFactory: (using: HeadTools) => new HeadService(using) },
    {
      provide: ContinuousService,
      inject: [tools, HeadService],
      useFactory: (using: HeadTools, { lanes }: HeadService) => new ContinuousService(using, lanes),
    },
  ],
  exports: [
    ContinuousService,
    DecisionService,
    HardwareService,
    KeyframeIndexService,
    TranscodingService,
    WholeFileService,
  ],
})
export class TranscodingModule {}
