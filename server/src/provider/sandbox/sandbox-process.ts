import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { niceness } from '../../common/niceness.js';
import { leash } from '../../ffmpeg/leash.js';
import { makeSessionNice } from '../../ffmpeg/process-runner.js';
import { mostMessageBytes } from './limits.js';
import { readLines } from './message-lines.js';
import type { ServerMessage } from './messages.js';

/** A provider's process; never throws: who is gone is heard of by `exited`. */
export interface SandboxProcess {
  send(message: ServerMessage): void;
  /** Milliseconds of the processor that it has used; null where nobody can tell (not Linux). */
  worked(): number | null;
  /** At once, without asking. */
  kill(): void;
}

export interface SandboxListener {
  /** What it said, as text that nobody has looked at. */
  line(text: string): void;
  /** It says more at a time than anybody may. */
  tooLong(): void;
  /** Once. @param words what it wrote about its end, for the log */
  exited(words: string): void;
}

export type StartSandbox = (listener: SandboxListener) => SandboxProcess;

export interface SandboxEntry {
  readonly path: string;
  readonly execArgv: readonly string[];
  readonly niceness: number;
}

const wordsKept = 1000;

/**
 * The built child. Node's permissions are no sandbox ("does not protect against malicious code"), and cost nothing: they
 * hold what would have broken out of WebAssembly without them. It may read its own code and the packages.
 */
export function builtSandbox(): SandboxEntry {
  const own = fileURLToPath(new URL('./', import.meta.url));
  const packages = fileURLToPath(import.meta.resolve('quickjs-emscripten-core'));
  const modules = packages.slice(0, packages.lastIndexOf('node_modules') + 'node_modules/'.length);
  const manifest = fileURLToPath(new URL('../../../package.json', import.meta.url));
  return {
    path: `${own}child/main.js`,
    niceness: niceness.sandbox,
    execArgv: [
      '--permission',
      ...[own, modules, manifest].map((path) => `--allow-fs-read=${path}`),
      '--disallow-code-generation-from-strings',
      '--max-old-space-size=64',
    ],
  };
}

/** Starts a process that knows nothing of ours: no environment, no channel but its two ends of pipes. */
export function startSandbox(entry: SandboxEntry, listener: SandboxListener): SandboxProcess {
  const child = spawn(process.execPath, [...entry.execArgv, entry.path], {
    env: {},
    cwd: '/',
    detached: true, // a session of its own: see makeSessionNice
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => (words = (words + chunk.toString()).slice(-wordsKept)));
  readLines(child.stdout, mostMessageBytes, listener);
  child.stdin.on('error', () => undefined); // EPIPE: its end is heard of
  child.on('error', (error) => child.pid === undefined && listener.exited(error.message));
  // Its pipe ends with the server; what hangs inside the machine at that moment does not look at it.
  const letOff = child.pid === undefined ? () => undefined : leash(child.pid);
  child.once('exit', letOff);
  // Not `exit`: the last words are read by then.
  child.once('close', () => listener.exited(words));
  lower(child.pid, entry.niceness);
  return {
    send: (message) => {
      if (child.stdin.writable) child.stdin.write(`${JSON.stringify(message)}\n`);
    },
    worked: () => workedBy(child.pid),
    kill: () => void child.kill('SIGKILL'),
  };
}

function lower(pid: number | undefined, niceness: number): void {
  try {
    if (pid === undefined || niceness === 0) return;
    setPriority(pid, niceness);
    void makeSessionNice(pid, niceness);
  } catch {
    // It has ended already, or the system does not let us: it runs like any other.
  }
}

/** proc_pid_stat(5): `utime` and `stime` are fields 14 and 15, hundredths of a second on every Linux. */
function workedBy(pid: number | undefined): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return null;
  }
}
