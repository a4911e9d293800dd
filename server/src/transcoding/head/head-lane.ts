/** A running process that holds one place of a lane. */
export interface LaneMember {
  /** Ms nobody has waited for it, `Infinity` where it is held back; null while somebody waits, or did a moment ago. */
  idleMs(forOwner: unknown): number | null;
  kill(): void;
}

/** A start that waits for a place. */
export interface LaneJob {
  readonly owner: unknown;
  wanted(): boolean;
  start(): LaneMember;
}

/** How long the places are left as they are before they are looked at again, ms. */
const lookAgainMs = 200;

/**
 * So many processes at once, the rest in a queue. Who waits for a segment comes before a process that only works ahead:
 * that one is killed, since what it made is kept and starting again is cheap.
 */
export class HeadLane {
  private readonly members = new Set<LaneMember>();
  private readonly dying = new Set<LaneMember>();
  private queue: LaneJob[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(readonly limit: number) {}

  get running(): number {
    return this.members.size;
  }

  enqueue(job: LaneJob): void {
    this.queue.push(job);
    this.pump();
  }

  /** 1 is next; null where the job is not in the queue. */
  position(job: LaneJob): number | null {
    const at = this.queue.indexOf(job);
    return at < 0 ? null : at + 1;
  }

  /** The member's process is gone. */
  left(member: LaneMember): void {
    this.members.delete(member);
    this.dying.delete(member);
    this.pump();
  }

  /** To be called whenever who waits for what has changed. */
  pump(): void {
    this.queue = this.queue.filter((job) => job.wanted());
    while (this.members.size < this.limit) {
      const job = this.queue.shift();
      if (!job) return;
      this.members.add(job.start());
    }
    const missing = this.queue.length - this.dying.size;
    for (const job of this.queue.slice(0, Math.max(0, missing))) this.makeRoom(job);
    if (this.queue.length > 0) this.lookAgain();
  }

  private makeRoom({ owner }: LaneJob): void {
    let victim: LaneMember | undefined;
    let longest = -1;
    for (const member of this.members) {
      const idle = this.dying.has(member) ? null : member.idleMs(owner);
      if (idle !== null && idle > longest) [victim, longest] = [member, idle];
    }
    if (!victim) return;
    this.dying.add(victim);
    victim.kill();
  }

  private lookAgain(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.pump();
    }, lookAgainMs);
    this.timer.unref();
  }
}
