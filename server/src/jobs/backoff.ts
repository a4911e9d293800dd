const longestMs = 10 * 60_000;

/**
 * Milliseconds to wait after failed try number `attempt` (from 1): doubles each time up to ten minutes, and is spread
 * over half to one and a half of that, so that jobs which failed together do not come back together.
 */
export function backoffMs(attempt: number, baseMs: number, random: () => number = Math.random): number {
  return Math.round(Math.min(longestMs, baseMs * 2 ** (attempt - 1)) * (0.5 + random()));
}
