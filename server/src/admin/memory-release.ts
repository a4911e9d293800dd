import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { releaseMemory } from '../common/release-memory.js';
import { EventBus } from '../events/event-bus.js';

/** Long enough for the probe's threads to end (10 s) and for the next job to begin. */
const quietMs = 20_000;

/** Gives back what starting up and each burst of background work left behind, once it is quiet again. */
@Injectable()
export class MemoryRelease implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private readonly stop: () => void;

  constructor(events: EventBus) {
    this.stop = events.listen(({ name }) => {
      if (name === 'job.updated') this.later(quietMs);
    });
  }

  onApplicationBootstrap(): void {
    this.later(2000);
  }

  onApplicationShutdown(): void {
    this.stop();
    clearTimeout(this.timer);
  }

  private later(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(releaseMemory, milliseconds).unref();
  }
}
