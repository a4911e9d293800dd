/** Where to begin, and whether that is worth saying. Seconds. */
export interface Start {
  readonly position: number;
  /** True when it goes on from before: offer to start over. */
  readonly resumed: boolean;
}

/** What this browser noted itself, in case the page was reloaded before the server heard. */
export interface NotedPosition {
  /** What was played. */
  readonly target: string;
  readonly position: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A first minute is soon seen again; below this many seconds a film simply starts. */
const leastSeconds = 5;
/** So close to the end there is nothing left to resume. */
const leastLeftSeconds = 10;
/** How long the browser's own note is fresher than the server's (ms). */
const noteLifeMs = 60_000;

/**
 * Where `target` begins. `asked` (from the address) comes first, then a fresh note of this browser, then the server.
 */
export function startAt(options: {
  readonly target: string;
  readonly durationSeconds: number;
  readonly resumeSeconds: number;
  readonly asked?: number | undefined;
  readonly noted?: NotedPosition | undefined;
  readonly now: number;
}): Start {
  const { asked, noted, durationSeconds } = options;
  if (asked !== undefined && Number.isFinite(asked) && asked >= 0) return { position: asked, resumed: false };
  const fresh =
    noted?.target === options.target && options.now - noted.at < noteLifeMs ? noted.position : undefined;
  const position = fresh ?? options.resumeSeconds;
  // An unknown length (0) can't tell where the end is.
  const over = durationSeconds > 0 && position > durationSeconds - leastLeftSeconds;
  return position < leastSeconds || over ? { position: 0, resumed: false } : { position, resumed: true };
}
