import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Logger } from '../../common/log/logger.js';
import { niceness } from '../../common/niceness.js';
import { ProblemError } from '../../common/problem-error.js';
import { WorkLimit } from '../../common/work-limit.js';
import type { Config } from '../../config/config.js';
import { InjectConfig } from '../../config/config.module.js';
import { Binaries } from '../../ffmpeg/binaries.js';
import { DerivedFiles } from '../../ffmpeg/derived-files.js';
import { ProcessFailed, run } from '../../ffmpeg/process-runner.js';
import { contentKey, type LocatedFile } from '../playable.service.js';
import { type AudioCopy, copyArguments } from './browser-audio.js';

/** Bytes; what was played longest ago goes first. */
const capacity = 4 * 1024 ** 3;
const madeAtOnce = 2;
/** ms: hours of music take a minute or two. */
const longestWork = 10 * 60_000;

/** Tracks that browsers cannot play, made once into ones they can, and kept as long as there is room. */
@Injectable()
export class AudioCopiesService {
  private readonly files: DerivedFiles;
  private readonly limit = new WorkLimit(madeAtOnce);
  private readonly logger: Logger;

  constructor(
    private readonly binaries: Binaries,
    @InjectConfig() config: Pick<Config, 'dataDirectory'>,
    logger: Logger,
  ) {
    this.files = new DerivedFiles(join(config.dataDirectory, 'cache', 'audio'), capacity);
    this.logger = logger.scoped('music');
  }

  /** @returns where the copy lies @throws ProblemError SOURCE_UNAVAILABLE, with the reason */
  path({ file, path }: LocatedFile, to: AudioCopy, codec: string): Promise<string> {
    const name = `${contentKey(file)}.${to === 'flac' ? 'flac' : 'm4a'}`;
    return this.files.path(name, (output) =>
      this.limit.run(() => this.make(copyArguments(path, output, to, codec))),
    );
  }

  private async make(args: readonly string[]): Promise<void> {
    const { ffmpeg } = this.binaries;
    if (ffmpeg === null)
      throw new ProblemError('SOURCE_UNAVAILABLE', { detail: 'Converting this track needs ffmpeg.' });
    const failure = await run(ffmpeg, args, { timeoutMs: longestWork, nice: niceness.waitedFor }).then(
      ({ exitCode, stderr }) => (exitCode === 0 ? null : stderr.trim().split('\n').at(-1)),
      (error: unknown) => {
        if (error instanceof ProcessFailed) return error.why;
        throw error;
      },
    );
    if (failure === null) return;
    this.logger.warn('A track cannot be converted', { reason: failure });
    throw new ProblemError('SOURCE_UNAVAILABLE', {
      detail: 'The track cannot be converted for this browser.',
    });
  }
}
