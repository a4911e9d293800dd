import type { BeforeApplicationShutdown } from '@nestjs/common';
import { Logger } from '../../common/log/logger.js';
import { RecentMap } from '../../common/recent-map.js';
import type { RendererDevice, RendererReport } from './opened-renderer-media.js';
import { PlayEstimate, type Sent } from './play-estimate.js';

/** What is being watched on which screen, by whom. */
export interface Watching {
  readonly device: RendererDevice;
  readonly accountId: string;
  readonly fileId: string;
  readonly durationSeconds: number;
}

interface Tracked extends Watching {
  readonly estimate: PlayEstimate;
  reportedAt: number;
  reported: number;
  isStopped: boolean;
}

/** How often a position is saved while it moves, ms; and at the end of a request, which may be the last one or not. */
const reportMs = 10_000;
const endedMs = 2000;
/** How long after its last byte a player that fetches in pieces is waited for, ms. */
const graceMs = 15_000;
/** How long after the last byte a player may still ask for the next piece, ms. */
const forgottenMs = 10 * 60_000;
const mostTracked = 200;

/** Where each device is in what it fetches, of those that say nothing else; saved as any player's position is. */
export class Positions implements BeforeApplicationShutdown {
  private readonly tracked = new RecentMap<string, Tracked>(mostTracked);
  private timer: NodeJS.Timeout | undefined;
  private saving: Promise<void> = Promise.resolve();

  constructor(
    private readonly save: (report: RendererReport) => Promise<void>,
    private readonly logger: Logger,
    private readonly now: () => number = Date.now,
  ) {}

  note(watching: Watching, sent: Sent): void {
    const { device, accountId, fileId, durationSeconds } = watching;
    const key = `${device.id}\n${accountId}\n${fileId}`;
    const entry = this.tracked.get(key) ?? {
      ...watching,
      ...{ estimate: new PlayEstimate(durationSeconds), reportedAt: 0, reported: -1, isStopped: true },
    };
    this.tracked.set(key, entry);
    entry.estimate.note(sent, this.now());
    if (sent.ended) this.report(entry);
    this.timer ??= setInterval(() => this.tick(), reportMs / 2).unref();
  }

  /** The device looks at something else: what it fetched before does not play on. */
  settle(deviceId: string): void {
    for (const entry of this.tracked.values()) {
      if (entry.device.id === deviceId) entry.estimate.settle(this.now());
    }
  }

  /** The device says that it has stopped playing a file, and not where: saves what is known, and lets go of it. */
  stopped(deviceId: string, fileId: string): void {
    for (const [key, entry] of this.tracked) {
      if (entry.device.id !== deviceId || entry.fileId !== fileId) continue;
      const positionSeconds = entry.estimate.stopped(this.now());
      this.tracked.delete(key);
      if (positionSeconds !== undefined) this.keep(entry, positionSeconds, 'stopped');
    }
  }

  /** The device says where it is in a file: no estimate takes the place of that, until it has played on from there. */
  told(deviceId: string, fileId: string, positionSeconds: number): void {
    const now = this.now();
    for (const entry of this.tracked.values()) {
      if (entry.device.id !== deviceId || entry.fileId !== fileId) continue;
      entry.estimate.told(positionSeconds, now);
      Object.assign(entry, { reported: positionSeconds, reportedAt: now, isStopped: true });
    }
  }

  /** The device has said that it is done with a file: what it fetched of it means nothing any more. */
  forget(deviceId: string, fileId: string): void {
    for (const [key, entry] of this.tracked)
      if (entry.device.id === deviceId && entry.fileId === fileId) this.tracked.delete(key);
  }

  /** What a device watches now. */
  of(deviceId: string): { fileId: string; positionSeconds: number } | undefined {
    const now = this.now();
    const [latest] = [...this.tracked.values()]
      .filter(({ device, estimate }) => device.id === deviceId && estimate.isLive(now))
      .sort((a, b) => b.estimate.lastSentAt - a.estimate.lastSentAt);
    const positionSeconds = latest?.estimate.position(now);
    return latest && positionSeconds !== undefined ? { fileId: latest.fileId, positionSeconds } : undefined;
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.stop();
  }

  /** Saves what is not saved yet. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.timer = undefined;
    for (const entry of this.tracked.values()) this.report(entry, true);
    this.tracked.clear();
    await this.saving;
  }

  private tick(): void {
    const now = this.now();
    for (const [key, entry] of this.tracked) {
      this.report(entry);
      if (!entry.estimate.isLive(now) && now - entry.estimate.lastSentAt > forgottenMs)
        this.tracked.delete(key);
    }
    if (this.tracked.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** Again only once it moved, or stopped. */
  private report(entry: Tracked, isEnd = false): void {
    const now = this.now();
    const positionSeconds = entry.estimate.position(now);
    if (positionSeconds === undefined) return;
    const state = isEnd ? 'stopped' : stateOf(entry.estimate, now);
    const hasMoved = Math.abs(positionSeconds - entry.reported) >= 1;
    const isDue = hasMoved && now - entry.reportedAt >= (state === 'paused' ? endedMs : reportMs);
    const isOver = state === 'stopped' && (!entry.isStopped || hasMoved);
    if (!isDue && !isOver) return;
    Object.assign(entry, { reportedAt: now, reported: positionSeconds, isStopped: state === 'stopped' });
    this.keep(entry, positionSeconds, state);
  }

  private keep(entry: Tracked, positionSeconds: number, state: RendererReport['state']): void {
    const { device, accountId, fileId } = entry;
    this.saving = this.saving
      .then(() => this.save({ accountId, device, fileId, positionSeconds, state }))
      .catch((error: unknown) => this.logger.warn('A position was not saved', { fileId, error }));
  }
}

function stateOf(estimate: PlayEstimate, now: number): RendererReport['state'] {
  if (estimate.isLive(now)) return 'playing';
  return now - estimate.lastSentAt < graceMs ? 'paused' : 'stopped';
}
