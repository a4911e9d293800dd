import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { JobsController } from './jobs.controller.js';

/** The administrator’s view of the server, and its public health. */
@Module({ controllers: [HealthController, JobsController] })
export class AdminModule {}
