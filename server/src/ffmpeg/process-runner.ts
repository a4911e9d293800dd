import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { setTimeout as after } from 'node:timers/promises';

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
 * Runs a program to its end, in a process group of its own that is killed whole on time-out, on too much output and
 * on abort. A non-zero exit is a result, not an error: what it means is the caller's to say.
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
      killGroup(child);
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
 * Starts a program that gives way to whatever is less nice, in a process group of its own: it is killed whole. Such a group
 * is a session, and Linux shares the processor between sessions before it asks how nice anybody is (sched(7), autogroup):
 * thumbnails took as much as the picture somebody waited for. So the session is made as nice as the program.
 */
export function spawnNice(
  command: string,
  args: readonly string[],
  nice: number,
): ChildProcessByStdio<null, Readable, Readable> {
  const [program, all] = nice > 0 ? ['nice', ['-n', String(nice), command, ...args]] : [command, [...args]];
  const child = spawn(program, all, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  if (nice > 0 && child.pid !== undefined) void makeSessionNice(child.pid, nice);
  return child;
}

/**
 * Makes the session that a process leads give way to others (see `spawnNice`). The kernel takes one change in 100 ms from all
 * who are not root.
 */
export async function makeSessionNice(pid: number, nice: number, tries = 8): Promise<void> {
  try {
    await writeFile(`/proc/${pid}/autogroup`, String(nice));
  } catch (error) {
    // Any other failure: gone already, not Linux, or no such groups here.
    if (tries <= 1 || !(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) return;
    await after(120, undefined, { ref: false });
    await makeSessionNice(pid, nice, tries - 1);
  }
}

/** SIGKILL to the child's whole group: ffmpeg may have helpers, and SIGTERM waits for a muxer that may hang. */
export function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL'); // the group is gone, or was never made
  }
}
