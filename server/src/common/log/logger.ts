import type { LogEntry } from '@hearth/contract/system';
import { redact } from './redact.js';

export type LogLevel = LogEntry['level'];

const order: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

/** Where entries go: standard output, and listeners such as the live log view. */
export class LogSink {
  private readonly recent: LogEntry[] = [];
  private readonly listeners = new Set<(entry: LogEntry) => void>();

  /** @param capacity entries kept in memory for the log view */
  constructor(
    private readonly level: LogLevel,
    private readonly write: (line: string) => void = (line) => void process.stdout.write(line),
    private readonly capacity = 1000,
  ) {}

  add(entry: LogEntry): void {
    if (order.indexOf(entry.level) < order.indexOf(this.level)) return;
    this.recent.push(entry);
    if (this.recent.length > this.capacity) this.recent.shift();
    this.write(`${JSON.stringify(entry)}\n`);
    for (const listener of this.listeners) listener(entry);
  }

  /** The newest `limit` entries of at least `level`, oldest first. */
  latest(level: LogLevel, limit: number): LogEntry[] {
    const least = order.indexOf(level);
    return this.recent.filter((entry) => order.indexOf(entry.level) >= least).slice(-limit);
  }

  /** @returns a function that stops listening */
  listen(listener: (entry: LogEntry) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

/** Structured log of one part of the server; secrets are masked before anything is kept. */
export class Logger {
  constructor(
    private readonly sink: LogSink,
    private readonly scope: string,
  ) {}

  scoped(scope: string): Logger {
    return new Logger(this.sink, scope);
  }

  debug(message: string, data?: Record<string, unknown>): void {
    this.log('debug', message, data);
  }

  info(message: string, data?: Record<string, unknown>): void {
    this.log('info', message, data);
  }

  warn(message: string, data?: Record<string, unknown>): void {
    this.log('warn', message, data);
  }

  error(message: string, data?: Record<string, unknown>): void {
    this.log('error', message, data);
  }

  private log(level: LogLevel, message: string, data?: Record<string, unknown>): void {
    const safe = data && (redact(data) as Record<string, unknown>);
    this.sink.add({
      time: new Date().toISOString(),
      level,
      scope: this.scope,
      message: String(redact(message)),
      ...(safe && { data: safe }),
    });
  }
}
