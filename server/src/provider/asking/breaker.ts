/** Whether a provider is left alone. Times are milliseconds since the epoch. */
export interface Breaker {
  /** In a row. */
  readonly failures: number;
  readonly restsUntil: number;
}

export const closedBreaker: Breaker = Object.freeze({ failures: 0, restsUntil: 0 });

/** So many failures in a row, and it rests. */
const patience = 5;
/** Minutes of the first rest, of the one after the next failed try, and so on (ADR 0023). */
const rests = [1, 5, 15, 30, 60, 180, 360, 720, 1440];
const longestRestMs = 24 * 3_600_000;

export const isResting = ({ restsUntil }: Breaker, now: number): boolean => restsUntil > now;

/** It has rested: one question decides whether it is asked again, so it is asked one at a time. */
export const isOnTrial = ({ failures }: Breaker): boolean => failures >= patience;

/**
 * @param retryAfterSeconds what the provider itself asks for
 * @returns what came of questions that were on their way when the rest began does not lengthen it
 */
export function afterFailure(breaker: Breaker, now: number, retryAfterSeconds = 0): Breaker {
  const asked = now + Math.min(retryAfterSeconds * 1000, longestRestMs);
  if (isResting(breaker, now)) return { ...breaker, restsUntil: Math.max(breaker.restsUntil, asked) };
  const failures = breaker.failures + 1;
  const rung = Math.min(failures - patience, rests.length - 1);
  const rest = (rests[rung] ?? 0) * 60_000;
  return { failures, restsUntil: Math.max(now + rest, asked) };
}
