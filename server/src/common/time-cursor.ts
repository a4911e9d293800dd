import { ProblemError } from './problem-error.js';

/** A place in a list that runs from the newest to the oldest; the id breaks ties. */
export interface TimePlace {
  /** Milliseconds since the epoch. */
  time: number;
  id: string;
}

export const writeTimeCursor = ({ time, id }: TimePlace): string => `${time}_${id}`;

/** @throws ProblemError VALIDATION_FAILED for anything that is not a cursor of ours */
export function readTimeCursor(cursor: string): TimePlace {
  const [, time, id] = /^(\d{1,16})_(\w+)$/.exec(cursor) ?? [];
  if (!time || !id) {
    throw new ProblemError('VALIDATION_FAILED', { errors: [{ path: 'cursor', message: 'not a cursor' }] });
  }
  return { time: Number(time), id };
}
