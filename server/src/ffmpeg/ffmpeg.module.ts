import { join } from 'node:path';
import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { configToken } from '../config/config.module.js';
import { Binaries } from './binaries.js';
import { DerivedFiles } from './derived-files.js';
import { FfprobeProbe } from './ffprobe-probe.js';
import { GrowingSubtitles } from './growing-subtitles.js';
import { ProbePool } from './probe-pool.js';
import { Prober } from './prober.js';
import { SubtitleExtractor } from './subtitle-extractor.js';
import { SubtitleFiles } from './subtitle-files.js';

/** Looking into media files: probes, subtitles, and where ffmpeg lies. */
@Global()
@Module({
  providers: [
    {
      provide: Binaries,
      inject: [configToken],
      useFactory: ({ ffmpegPath, ffprobePath }: Config) => new Binaries({ ffmpegPath, ffprobePath }),
    },
    { provide: ProbePool, useFactory: () => new ProbePool() },
    {
      provide: Prober,
      inject: [ProbePool, Binaries],
      useFactory: (pool: ProbePool, { ffprobe }: Binaries) => new Prober(pool, new FfprobeProbe(ffprobe)),
    },
    {
      provide: SubtitleExtractor,
      inject: [ProbePool, Binaries],
      useFactory: (pool: ProbePool, { ffmpeg }: Binaries) => new SubtitleExtractor(pool, ffmpeg),
    },
    {
      provide: GrowingSubtitles,
      inject: [ProbePool],
      useFactory: (pool: ProbePool) => new GrowingSubtitles(pool),
    },
    {
      provide: SubtitleFiles,
      inject: [ProbePool, SubtitleExtractor, Binaries, DerivedFiles],
      useFactory: (
        pool: ProbePool,
        extractor: SubtitleExtractor,
        { ffmpeg }: Binaries,
        files: DerivedFiles,
      ) => new SubtitleFiles(pool, extractor, ffmpeg, files),
    },
    {
      provide: DerivedFiles,
      inject: [configToken],
      useFactory: ({ dataDirectory }: Config) => new DerivedFiles(join(dataDirectory, 'subtitles')),
    },
  ],
  exports: [Binaries, ProbePool, Prober, SubtitleExtractor, GrowingSubtitles, SubtitleFiles, DerivedFiles],
})
export class FfmpegModule implements OnApplicationShutdown {
  constructor(@Inject(ProbePool) private readonly pool: ProbePool) {}

  async onApplicationShutdown(): Promise<void> {
    await this.pool.close();
  }
}
