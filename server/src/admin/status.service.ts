import { execFile } from 'node:child_process';
import { stat, statfs } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { promisify } from 'node:util';
import type { SystemStatus } from '@hearth/contract/system';
import { Injectable } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { InjectConfig } from '../config/config.module.js';
import { version } from '../config/version.js';
import { databaseFile } from '../database/data-source.js';
import { Database } from '../database/database.js';

const execute = promisify(execFile);
const startedAt = Date.now();

/** How the server is doing, for the administration overview. Nothing is measured while nobody looks. */
@Injectable()
export class StatusService {
  private lastCpu = { usage: process.cpuUsage(), at: performance.now() };
  private ffmpegVersion: Promise<string | null> | undefined;

  constructor(
    @InjectConfig() private readonly config: Config,
    private readonly database: Database,
  ) {}

  async status(): Promise<SystemStatus> {
    const [ffmpeg, delay, size, disk, counts] = await Promise.all([
      this.ffmpeg(),
      sampleEventLoopDelay(),
      this.databaseSize(),
      statfs(this.config.dataDirectory),
      this.counts(),
    ]);
    return {
      version,
      nodeVersion: process.version,
      startedAt: new Date(startedAt).toISOString(),
      uptimeSeconds: process.uptime(),
      memoryBytes: process.memoryUsage.rss(),
      cpuPercent: this.cpuPercent(),
      eventLoopDelayMs: delay,
      database: { kind: this.database.dialect, sizeBytes: size },
      queue: this.config.redisUrl ? 'redis' : 'database',
      ffmpeg: { available: ffmpeg !== null, version: ffmpeg },
      disks: [{ name: 'data', totalBytes: disk.blocks * disk.bsize, freeBytes: disk.bavail * disk.bsize }],
      counts,
    };
  }

  /** Of one core, since the last look. */
  private cpuPercent(): number {
    const now = performance.now();
    const used = process.cpuUsage(this.lastCpu.usage);
    const percent = (used.user + used.system) / 10 / Math.max(now - this.lastCpu.at, 1);
    this.lastCpu = { usage: process.cpuUsage(), at: now };
    return Math.round(percent * 10) / 10;
  }

  private ffmpeg(): Promise<string | null> {
    this.ffmpegVersion ??= execute(this.config.ffmpegPath, ['-version'], { timeout: 5000 }).then(
      ({ stdout }) => /version (\S+)/.exec(stdout)?.[1] ?? 'unknown',
      () => null,
    );
    return this.ffmpegVersion;
  }

  private async databaseSize(): Promise<number | null> {
    if (this.database.dialect === 'sqlite') {
      // What was written last waits in the write-ahead log.
      const files = [databaseFile(this.config), `${databaseFile(this.config)}-wal`];
      const sizes = await Promise.all(
        files.map((file) =>
          stat(file).then(
            ({ size }) => size,
            () => 0,
          ),
        ),
      );
      return sizes.reduce((sum, size) => sum + size, 0);
    }
    const rows = await this.database.read.query<{ size: number }[]>(
      'SELECT pg_database_size(current_database()) AS size',
    );
    return rows[0]?.size ?? null;
  }

  private async counts(): Promise<SystemStatus['counts']> {
    const count = async (from: string): Promise<number> => {
      const rows = await this.database.read.query<{ n: number }[]>(`SELECT COUNT(*) AS n FROM ${from}`);
      return rows[0]?.n ?? 0;
    };
    return {
      titles: await count('title'),
      files: await count('media_file'),
      unavailableFiles: await count('media_file WHERE missing_since IS NOT NULL'),
      accounts: await count('account'),
    };
  }
}

/** Longest delay of the event loop over a tenth of a second, in ms. */
async function sampleEventLoopDelay(): Promise<number> {
  const monitor = monitorEventLoopDelay({ resolution: 5 });
  monitor.enable();
  await new Promise((resolve) => setTimeout(resolve, 100));
  monitor.disable();
  return Math.round(monitor.max / 1e4) / 100;
}
