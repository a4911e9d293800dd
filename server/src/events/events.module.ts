import { Global, Module } from '@nestjs/common';
import { EventBus } from './event-bus.js';
import { EventsGateway } from './events.gateway.js';
import { JobEvents } from './job-events.js';

@Global()
@Module({ providers: [EventBus, EventsGateway, JobEvents], exports: [EventBus] })
export class EventsModule {}
