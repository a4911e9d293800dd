import { setImmediate as settle } from 'node:timers/promises';
import type { Clock } from '../clock.port.js';

interface Task {
  readonly at: number;
  readonly work: () => void;
}

/** A clock that a spec turns by hand. */
export class HandClock implements Clock {
  private time = 1_000_000;
  private tasks: Task[] = [];

  now(): number {
    return this.time;
  }

  after(milliseconds: number, work: () => void): () => void {
    const task = { at: this.time + milliseconds, work };
    this.tasks.push(task);
    return () => void (this.tasks = this.tasks.filter((other) => other !== task));
  }

  /** Lets so much time go by, doing everything in its order; whatever is awaited in between has its turn. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.time + milliseconds;
    await settle();
    for (;;) {
      const [next] = this.tasks.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      this.tasks = this.tasks.filter((task) => task !== next);
      this.time = Math.max(this.time, next.at);
      next.work();
      await settle();
    }
    this.time = end;
    await settle();
  }

  /** Passes time until it has happened. @throws Error after `most` milliseconds */
  async until(happened: () => boolean, most = 120_000): Promise<void> {
    const end = this.time + most;
    while (!happened()) {
      if (this.time >= end) throw new Error(`It has not happened within ${most} ms`);
      await this.pass(50);
    }
  }
}
