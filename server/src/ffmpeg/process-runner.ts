import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';

export type RunOptions = Readonly<{
  timeoutMs: number;
  /** Standard output beyond this kills the process; default 16 MiB. */
  maxOutputBytes?: number;
  /** Takes the standard output as it comes, in place of the result and without its limit. */
  onOutput?: (chunk: Buffer) => void;
  signal?: AbortSignal;
  /** Added niceness, 0 to 19; the child starts under `nice`. */
  nice?: number;
}>;

export type RunResult = Readonly<{ stdout: Buffer; stderr: string; exitCode: number }>;

/** Why a process gave no result. `stderr` is the tail of what it said. */
export class ProcessFailed extends Error {
  override readonly name = 'ProcessFailed';

  constructor(
    readonly why: 'missing' | 'timeout' | 'cancelled' | 'output-too-large' | 'killed',
    readonly command: string,
    readonly stderr: string,
  ) {
    super(`${command}: ${why}${stderr === '' ? '' : `: ${stderr.trim().slice(-300)}`}`);
  }
}

const STDERR_KEPT = 8 * 1024;

/**
 * Runs a program to its end; it is killed with all it started on time-out, on too much output and on abort. A non-zero
 * exit is a result, not an error: what it means is the caller's to say.
 * @throws ProcessFailed
 */
export function run(command: string, args: readonly string[], options: RunOptions): Promise<RunResult> {
  const { timeoutMs, maxOutputBytes = 16 * 1024 * 1024, onOutput, signal, nice = 0 } = options;
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(new ProcessFailed('cancelled', command, ''));
    const child = spawnNice(command, args, nice);
    const stdout: Buffer[] = [];
    let size = 0;
    let stderr = '';
    let failure: ProcessFailed['why'] | null = null;
    const stop = (cause: ProcessFailed['why']): void => {
      failure ??= cause;
      killTree(child);
    };
    const timer = setTimeout(() => stop('timeout'), timeoutMs);
    const abort = (): void => stop('cancelled');
    signal?.addEventListener('abort', abort, { once: true });
    child.stdout.on('data', (chunk: Buffer) => {
      if (onOutput) return onOutput(chunk);
      size += chunk.length;
      if (size > maxOutputBytes) stop('output-too-large');
      else stdout.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => (stderr = (stderr + chunk.toString()).slice(-STDERR_KEPT)));
    const settle = (code: number | null, cause: ProcessFailed['why'] | null): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      const reason = failure ?? cause;
      if (reason !== null || code === null) reject(new ProcessFailed(reason ?? 'killed', command, stderr));
      else resolve({ stdout: Buffer.concat(stdout), stderr, exitCode: code });
    };
    child.once('error', () => settle(null, 'missing'));
    child.once('close', (code) => settle(code, nice > 0 && code === 127 ? 'missing' : null));
  });
}

/**
 * Starts a program that gives way to whatever is less nice. In this server's own session: the kernel groups processes by
 * session (sched(7), autogroup) and shares the processor between groups first, so that niceness would mean nothing to a
 * process in another one: thumbnails took as much as the picture somebody waited for.
 */
export function spawnNice(
  command: string,
  args: readonly string[],
  nice: number,
): ChildProcessByStdio<null, Readable, Readable> {
  const [program, all] = nice > 0 ? ['nice', ['-n', String(nice), command, ...args]] : [command, [...args]];
  return spawn(program, all, { stdio: ['ignore', 'pipe', 'pipe'] });
}

/**
 * SIGKILL to the child and all it started: ffmpeg may be a script that starts it, and SIGTERM waits for a muxer that
 * may hang.
 */
export function killTree(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  for (const pid of [...descendants(child.pid), child.pid])
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // ESRCH: it has ended by itself.
    }
}

function descendants(pid: number): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1');
    return text
      .split(' ')
      .filter(Boolean)
      .map(Number)
      .flatMap((one) => [...descendants(one), one]);
  } catch {
    return []; // gone meanwhile, or not Linux
  }
}
