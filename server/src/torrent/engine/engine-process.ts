import { type ChildProcess, fork } from 'node:child_process';
import { getCompileCacheDir } from 'node:module';
import { setPriority } from 'node:os';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Logger } from '../../common/log/logger.js';
import { niceness } from '../../common/niceness.js';

/** A process that the supervisor talks to: forked, or scripted in tests. */
export interface EngineProcess {
  /** undefined if it could not be started */
  readonly pid: number | undefined;
  /** Never throws: who is gone is heard of by `exited`. */
  send(message: unknown): void;
  /** At once, without asking. */
  kill(): void;
}

export interface EngineProcessListener {
  message(message: unknown): void;
  /** Once. @param reason for the log and for administrators */
  exited(reason: string): void;
}

export type StartEngineProcess = (listener: EngineProcessListener) => EngineProcess;

export interface EngineEntry {
  readonly path: string;
  readonly execArgv: readonly string[];
}

/** More than pieces in flight need; a leak ends in a restart instead of the whole machine's memory. */
const heapMegabytes = 512;
/** What is alive is little beside the blocks that come and go, which would have all of it looked through for every few MB. */
const heapGrowth = 300;

/** Lines that a process writes by itself (warnings of Node, the stack of its end), not by messages. */
function logLines(child: ChildProcess, logger: Logger): () => string {
  let last = '';
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on('line', (line) => {
      const text = line.slice(0, 1000);
      if (/^\w*Error\b/.test(text)) last = text;
      logger.warn(text);
    });
  }
  return () => last;
}

/** Pieces are written side by side, and each takes an open, a write and a close: four threads, as Node has them, hold it up. */
const threads = 16;

/** All that the process may know of our environment: where compiled code is kept, as that takes a third off the time to start. */
function environment(): NodeJS.ProcessEnv {
  const ours = getCompileCacheDir(); // for this version of Node, below the one that all versions share
  const cache = ours === undefined ? {} : { NODE_COMPILE_CACHE: dirname(ours) };
  return { ...cache, UV_THREADPOOL_SIZE: String(threads) };
}

/** Forks the engine, with next to no environment: nothing of the server's secrets is there to be read. */
export function forkEngine(
  entry: EngineEntry,
  args: readonly string[],
  logger: Logger,
  listener: EngineProcessListener,
): EngineProcess {
  const child = fork(entry.path, [...args], {
    execArgv: [
      `--max-old-space-size=${heapMegabytes}`,
      `--heap-growing-percent=${heapGrowth}`,
      ...entry.execArgv,
    ],
    env: environment(),
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const lastError = logLines(child, logger);
  let isGone = false;
  const exited = (reason: string): void => {
    if (isGone) return;
    isGone = true;
    listener.exited([reason, lastError()].filter(Boolean).join(': '));
  };
  child.on('message', (message) => isGone || listener.message(message));
  child.once('error', (error) => child.pid === undefined && exited(error.message));
  child.once('exit', (code, signal) => exited(signal ? `ended by ${signal}` : `ended with code ${code}`));
  lower(child.pid);
  return {
    pid: child.pid,
    send: (message) => {
      // A closed channel is told to the callback (or thrown, where there is none): the end is heard of anyway.
      if (child.connected && typeof message === 'object' && message !== null)
        child.send(message, () => undefined);
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

function lower(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, niceness.torrentEngine);
  } catch {
    // It has ended already, or the system does not let us: it runs like any other.
  }
}
