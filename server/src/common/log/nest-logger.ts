import type { LoggerService } from '@nestjs/common';
import type { Logger } from './logger.js';

/** Nest's own messages in our format; its start-up chatter only shows at `debug`. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown): void {
    this.logger.debug(String(message));
  }

  error(message: unknown, stack?: unknown): void {
    this.logger.error(String(message), stack ? { stack } : undefined);
  }

  warn(message: unknown): void {
    this.logger.warn(String(message));
  }
}
