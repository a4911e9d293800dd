import type { LogEntry } from '@hearth/contract/system';

export type LogLevel = LogEntry['level'];

const ranks: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

/** Lines kept on screen; older ones are in the log file. */
export const mostLines = 1000;

/** Whether an entry is at `least` this serious and says `query` somewhere. */
export function fits(entry: LogEntry, least: LogLevel, query: string): boolean {
  if (ranks[entry.level] < ranks[least]) return false;
  const wanted = query.trim().toLowerCase();
  return wanted === '' || lineOf(entry).toLowerCase().includes(wanted);
}

/** One entry as one line of text, as it is copied. */
export function lineOf({ time, level, scope, message, data }: LogEntry): string {
  const rest = data && Object.keys(data).length > 0 ? ` ${JSON.stringify(data)}` : '';
  return `${time} ${level.toUpperCase().padEnd(5)} ${scope}: ${message}${rest}`;
}

/** What an entry brings along, for reading: `files 3 · path /media`; empty when it brings nothing. */
export function pairsOf({ data }: LogEntry): string {
  return Object.entries(data ?? {})
    .map(([key, value]) => `${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' · ');
}

/** `entries` with a new one at the end, and no more than fit. */
export function withEntry(entries: readonly LogEntry[], entry: LogEntry): LogEntry[] {
  return [...entries.slice(1 - mostLines), entry];
}
