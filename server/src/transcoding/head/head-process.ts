import { readFile } from 'node:fs/promises';
import { killGroup, spawnNice } from '../../ffmpeg/process-runner.js';

export interface ProcessEnd {
  /** Null after a signal. */
  readonly code: number | null;
  /** The tail of what it said, at most 64 KiB. */
  readonly stderr: string;
  readonly missing: boolean;
}

export interface ProcessEvents {
  data(chunk: Buffer): void;
  /** The process is gone; its slot is free, though its last bytes may still be read. */
  exited(): void;
  /** Gone, and everything it wrote was read. Called once. */
  closed(end: ProcessEnd): void;
}

const stderrKept = 64 * 1024;

/** Clock ticks a second of /proc: 100 on every Linux (sysconf(_SC_CLK_TCK)). */
const clockTicks = 100;

/**
 * A long-running process whose output is read at our pace: while it is paused nothing is read, its pipe fills up and it
 * blocks, at no cost. It is killed with its whole group, never asked. Should this server die, its next write fails
 * (EPIPE), blocked or not, and ffmpeg ends.
 */
export class HeadProcess {
  private readonly child: ReturnType<typeof spawnNice>;
  private stderr = '';
  private over = false;
  private missing = false;

  /** @param nice added niceness: encoders give way to what answers people */
  constructor(command: string, args: readonly string[], nice: number, events: ProcessEvents) {
    this.child = spawnNice(command, args, nice);
    this.child.stdout.on('data', (chunk: Buffer) => events.data(chunk));
    this.child.stdout.on('error', () => undefined); // its end is told by `close`
    this.child.stderr.on(
      'data',
      (chunk: Buffer) => (this.stderr = (this.stderr + chunk.toString()).slice(-stderrKept)),
    );
    this.child.once('error', () => {
      this.missing = true;
      this.leave(events);
    });
    this.child.once('exit', () => this.leave(events));
    this.child.once('close', (code: number | null) =>
      events.closed({ code, stderr: this.stderr, missing: this.missing || code === 127 }),
    );
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  pause(): void {
    this.child.stdout.pause();
  }

  resume(): void {
    this.child.stdout.resume();
  }

  /** At once; what it wrote and was not read is lost. */
  kill(): void {
    killGroup(this.child);
    this.child.stdout.destroy();
  }

  /** CPU seconds so far, of all its threads; null where there is no /proc. */
  async cpuSeconds(): Promise<number | null> {
    try {
      const stat = await readFile(`/proc/${this.pid}/stat`, 'latin1');
      // Behind the name, which may hold anything: fields 14 and 15, proc_pid_stat(5).
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return (Number(fields[11]) + Number(fields[12])) / clockTicks;
    } catch {
      return null; // gone meanwhile, or not Linux
    }
  }

  private leave(events: ProcessEvents): void {
    if (!this.over) events.exited();
    this.over = true;
  }
}
