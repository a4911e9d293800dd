import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { JobControl } from '../jobs/job-queue.js';
import { EventBus } from './event-bus.js';

/** Makes events of what happens to jobs; only of what this process did, since events reach all processes. */
@Injectable()
export class JobEvents implements OnModuleInit {
  constructor(
    @Inject(JobControl) private readonly jobs: JobControl,
    @Inject(EventBus) private readonly bus: EventBus,
  ) {}

  onModuleInit(): void {
    this.jobs.onOwnChange((job) => this.bus.publish('job.updated', job));
  }
}
