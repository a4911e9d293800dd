import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { LogSink } from '../common/log/logger.js';
import { EventBus } from '../events/event-bus.js';

/** The live log view: every entry that is written goes to the administrators who are connected. */
@Injectable()
export class LogEvents implements OnApplicationShutdown {
  private readonly stop: () => void;

  constructor(sink: LogSink, events: EventBus) {
    this.stop = sink.listen((entry) => events.publish('log.entry', entry));
  }

  onApplicationShutdown(): void {
    this.stop();
  }
}
