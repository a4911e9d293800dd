import { type DynamicModule, Module } from '@nestjs/common';
import { Logger, LogSink } from './log/logger.js';

/** The log, for everyone. */
@Module({})
export class CommonModule {
  static forRoot(sink: LogSink): DynamicModule {
    return {
      module: CommonModule,
      global: true,
      providers: [
        { provide: LogSink, useValue: sink },
        { provide: Logger, useValue: new Logger(sink, 'hearth') },
      ],
      exports: [LogSink, Logger],
    };
  }
}
