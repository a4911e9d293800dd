import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';

/** The administrator’s view of the server, and its public health. */
@Module({ controllers: [HealthController] })
export class AdminModule {}
