/** What was sent over one connection so far, in seconds of what plays. */
export interface Sent {
  readonly transferId: number;
  readonly from: number;
  readonly to: number;
  /** The connection has ended. */
  readonly ended: boolean;
}

interface Run {
  from: number;
  startedAt: number;
  /** How far it was sent. */
  reach: number;
  /** Most that sending was ever ahead of a player that began with it: its buffer. */
  lead: number;
  advancedAt: number;
  isOpen: boolean;
  /** Its beginning is where the device said it is. */
  isTold: boolean;
}

/** Seconds a run must last, by the clock and in the film, before it counts: players look into both ends first. */
const playedSeconds = 5;
/** Seconds between the end of one request and the beginning of the next that still are one run: players ask in pieces. */
const gapSeconds = 3;
/** Runs remembered of one player: it opens a few connections, and looks here and there. */
const mostRuns = 6;
/** Seconds, or part of the whole, that a player may still play from its buffer when all was sent. */
const longestTail = 60;
const tailShare = 0.1;

/**
 * Where a player is that says nothing but what it fetches. It plays a second a second and fetches ahead as far as its
 * buffer goes; when it is paused it stops fetching once the buffer is full. So it is the largest lead that was seen
 * behind what was sent, and that is right for buffers of any size, with pauses and without.
 */
export class PlayEstimate {
  private readonly runs = new Map<number, Run>();
  private tailEndsAt: number | undefined;

  /** @param durationSeconds 0 where unknown */
  constructor(private readonly durationSeconds: number) {}

  /** @param now milliseconds */
  note({ transferId, from, to, ended }: Sent, now: number): void {
    const run = this.runs.get(transferId) ?? this.begin(transferId, from, now);
    if (to > run.reach) {
      run.reach = to;
      run.advancedAt = now;
    }
    run.lead = Math.max(run.lead, run.reach - run.from - elapsed(run, now));
    run.isOpen = !ended;
    if (ended) this.tailEndsAt = this.tail(run, now);
  }

  /** The device did something else: nothing plays on from its buffer. */
  settle(now: number): void {
    if (this.tailEndsAt !== undefined) this.tailEndsAt = Math.min(this.tailEndsAt, now);
  }

  /** The device says where it is: what it fetches begins to be played there and now, and what it has is its buffer. */
  told(seconds: number, now: number): void {
    this.settle(now);
    for (const run of this.runs.values()) {
      const lead = Math.max(run.lead, run.reach - seconds);
      Object.assign(run, { from: seconds, startedAt: now, advancedAt: now, lead, isTold: true });
    }
  }

  /**
   * The device says that it has just stopped playing. What all fitted into its buffer has been played since it was
   * fetched, a second a second: the only thing that is known of it.
   * @returns seconds; undefined where nothing was fetched that is worth it
   */
  stopped(now: number): number | undefined {
    this.settle(now);
    const known = this.position(now);
    if (known !== undefined) return known;
    const [latest] = [...this.runs.values()]
      .filter((run) => run.reach - run.from >= playedSeconds && elapsed(run, now) >= playedSeconds)
      .sort((a, b) => b.advancedAt - a.advancedAt);
    return latest && Math.min(latest.reach, latest.from + elapsed(latest, now));
  }

  /** Seconds; undefined while nothing has played yet. */
  position(now: number): number | undefined {
    const run = this.playing(now);
    if (!run) return undefined;
    const sent = Math.max(run.from, run.reach - run.lead);
    // What little seems to have been played since may have gone into the buffer.
    if (run.isTold && sent - run.from < playedSeconds) return run.from;
    if (run.isOpen || this.tailEndsAt === undefined) return sent;
    const played = Math.max(0, Math.min(now, this.tailEndsAt) - run.advancedAt) / 1000;
    return Math.min(run.reach, sent + played);
  }

  /** Whether bytes may still come, or the buffer may still play. */
  isLive(now: number): boolean {
    return [...this.runs.values()].some((run) => run.isOpen) || (this.tailEndsAt ?? 0) > now;
  }

  /** When anything was sent last, milliseconds. */
  get lastSentAt(): number {
    return Math.max(0, ...[...this.runs.values()].map((run) => run.advancedAt));
  }

  /** A run goes on where another connection left off; else a new one begins there. */
  private begin(transferId: number, from: number, now: number): Run {
    const before = [...this.runs.values()].find(
      (run) => from >= run.from && Math.abs(from - run.reach) <= gapSeconds,
    );
    const run = before ?? {
      from,
      startedAt: now,
      reach: from,
      lead: 0,
      advancedAt: now,
      isOpen: true,
      isTold: false,
    };
    this.runs.set(transferId, run);
    this.tailEndsAt = undefined;
    const closed = [...this.runs].find(([, one]) => !one.isOpen && one !== run);
    if (this.runs.size > mostRuns) this.runs.delete((closed ?? [...this.runs][0] ?? [transferId])[0]);
    return run;
  }

  /** The latest that lasted. */
  private playing(now: number): Run | undefined {
    return [...this.runs.values()]
      .filter((run) => run.reach - run.from >= playedSeconds && lasted(run, now) >= playedSeconds)
      .sort((a, b) => b.advancedAt - a.advancedAt)[0];
  }

  private tail(run: Run, now: number): number | undefined {
    const isAllSent = this.durationSeconds > 0 && run.reach >= this.durationSeconds * 0.995;
    const buffered = run.lead * 1000;
    const most = Math.max(longestTail, this.durationSeconds * tailShare) * 1000;
    return isAllSent ? now + Math.min(buffered, most) : undefined;
  }
}

const elapsed = ({ startedAt }: Run, now: number): number => (now - startedAt) / 1000;

/** Seconds between its beginning and what was sent last; of one that all fitted into a buffer, until now. */
const lasted = (run: Run, now: number): number =>
  (run.isOpen ? now - run.startedAt : run.advancedAt - run.startedAt) / 1000;
