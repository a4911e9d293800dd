import { jobRoutes } from '@hearth/contract/job';
import type { RouteInput, RouteReply } from '@hearth/contract/route';
import { Controller, Inject } from '@nestjs/common';
import { Handle, Input } from '../common/http/handle.js';
import { JobControl } from '../jobs/job-queue.js';

type ById = RouteInput<typeof jobRoutes.pause>;
type OneJob = RouteReply<typeof jobRoutes.pause>;

/** Background work, as administrators see and steer it. */
@Controller()
export class JobsController {
  constructor(@Inject(JobControl) private readonly jobs: JobControl) {}

  @Handle(jobRoutes.list)
  async list(@Input() input: RouteInput<typeof jobRoutes.list>): Promise<RouteReply<typeof jobRoutes.list>> {
    return { items: await this.jobs.list(input.limit) };
  }

  @Handle(jobRoutes.pause)
  pause(@Input() input: ById): Promise<OneJob> {
    return this.jobs.pause(input.id);
  }

  @Handle(jobRoutes.resume)
  resume(@Input() input: ById): Promise<OneJob> {
    return this.jobs.resume(input.id);
  }

  @Handle(jobRoutes.cancel)
  cancel(@Input() input: ById): Promise<OneJob> {
    return this.jobs.cancel(input.id);
  }

  @Handle(jobRoutes.retry)
  retry(@Input() input: ById): Promise<OneJob> {
    return this.jobs.retry(input.id);
  }
}
