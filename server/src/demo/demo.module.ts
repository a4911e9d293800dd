import { fork } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LibraryKind } from '@hearth/contract/library';
import { Inject, Module, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { ProblemError } from '../common/problem-error.js';
import type { Config } from '../config/config.js';
import { InjectConfig } from '../config/config.module.js';
import { type JobContext, type JobDefinition, JobInterrupted, JobQueue } from '../jobs/job-queue.js';
import { LibraryModule } from '../library/library.module.js';
import { LibraryService } from '../library/library.service.js';

const demoProgress = z.object({ done: z.int(), total: z.int(), file: z.string() });

/** `--demo`: films, a series, records and photos appear one by one, made by ffmpeg in the background while the first page is read. */
@Module({ imports: [LibraryModule] })
export class DemoModule implements OnModuleInit, OnApplicationBootstrap {
  private readonly directory: string;
  private readonly job: JobDefinition<Record<string, never>> = {
    name: 'demo.create',
    payload: z.strictObject({}),
    key: () => 'demo',
    attempts: 3,
    concurrency: 1,
    handler: (_, context) => this.create(context),
  };

  constructor(
    @InjectConfig() private readonly config: Config,
    @Inject(JobQueue) private readonly jobs: JobQueue,
    @Inject(LibraryService) private readonly libraries: LibraryService,
  ) {
    this.directory = join(config.dataDirectory, 'demo');
  }

  onModuleInit(): void {
    // Known without `--demo` too: a demo that was interrupted goes on at the next start.
    this.jobs.register(this.job);
  }

  async onApplicationBootstrap(): Promise<void> {
    if (!this.config.demo) return;
    await this.addLibrary('Demo films', 'movies', 'Movies');
    await this.addLibrary('Demo series', 'series', 'Series');
    await this.addLibrary('Demo music', 'music', 'Music');
    await this.addLibrary('Demo photos', 'photos', 'Photos');
    await this.jobs.enqueue(this.job, {}, { label: 'Demo household' });
  }

  private async addLibrary(name: string, kind: LibraryKind, folder: string): Promise<void> {
    const path = join(this.directory, folder);
    await mkdir(path, { recursive: true });
    try {
      await this.libraries.create({ name, kind, path });
    } catch (error) {
      // There since the last start.
      if (!(error instanceof ProblemError && error.code === 'FOLDER_IN_USE')) throw error;
    }
  }

  private async create(context: JobContext): Promise<void> {
    const args = [this.directory, this.config.ffmpegPath];
    const child = fork(new URL('./demo-process.js', import.meta.url), args, {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const stop = (): boolean => child.kill('SIGTERM');
    context.signal.addEventListener('abort', stop, { once: true });
    child.on('message', (message) => {
      const { done, total, file } = demoProgress.parse(message);
      context.progress((done / total) * 100, file);
    });
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('exit', resolve);
      child.once('error', reject);
    });
    if (context.signal.aborted) throw new JobInterrupted();
    if (code !== 0) throw new Error('The demo could not be made; the log above says why');
  }
}
