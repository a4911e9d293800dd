import { z } from 'zod';

/** Booleans of raw rows: SQLite gives 0 and 1. */
export const flag = (value: boolean | number | null): boolean => value === true || value === 1;

export const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString();

const textList = z.array(z.string());

/** A list stored as JSON. */
export const parseList = (json: string): string[] => textList.parse(JSON.parse(json));

/** Columns of a play state joined as `ps`. */
export interface PlayStateColumns {
  position_seconds: number | null;
  duration_seconds: number | null;
  watched: boolean | number | null;
  state_updated_at: number | null;
}

export const playStateColumns: [sql: string, name: string][] = [
  ['ps.position_seconds', 'position_seconds'],
  ['ps.duration_seconds', 'duration_seconds'],
  ['ps.watched', 'watched'],
  ['ps.updated_at', 'state_updated_at'],
];

export function playStateOf(row: PlayStateColumns) {
  if (row.state_updated_at === null) return null;
  return {
    positionSeconds: row.position_seconds ?? 0,
    durationSeconds: row.duration_seconds ?? 0,
    watched: flag(row.watched),
    updatedAt: isoTime(row.state_updated_at),
  };
}
