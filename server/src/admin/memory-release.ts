import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { releaseMemory } from '../common/release-memory.js';

/** Loading the modules is over; nobody waits for anything yet. */
const startMs = 2000;
const lookMs = 30_000;
/** Of one core, while nothing happens. */
const idleShare = 0.01;
/** What is given back must be worth the 50 ms it takes. */
const worthBytes = 12 * 1024 * 1024;

/** Whether what lies around since the memory was last given back should go now. */
export const isWorthReleasing = (cpuShare: number, grownBytes: number): boolean =>
  cpuShare < idleShare && grownBytes > worthBytes;

/** Gives back what starting up, a scan or many visitors left behind, once it is quiet again. */
@Injectable()
export class MemoryRelease implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private cpu = process.cpuUsage();
  /** The least since memory was last given back, bytes: what is given back is gone only a moment later. */
  private floor = Infinity;

  onApplicationBootstrap(): void {
    this.timer = setTimeout(() => {
      releaseMemory();
      this.timer = setInterval(() => this.look(), lookMs).unref();
    }, startMs).unref();
  }

  onApplicationShutdown(): void {
    clearTimeout(this.timer);
  }

  private look(): void {
    const spent = process.cpuUsage(this.cpu);
    this.cpu = process.cpuUsage();
    const share = (spent.user + spent.system) / (lookMs * 1000);
    const resident = process.memoryUsage.rss();
    this.floor = Math.min(this.floor, resident);
    if (!isWorthReleasing(share, resident - this.floor)) return;
    releaseMemory();
    this.floor = Infinity;
  }
}
