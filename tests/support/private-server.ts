import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** A server that belongs to one spec file. */
export interface PrivateServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** A TCP port of the loopback that was free a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (typeof address !== 'object' || !address) throw new Error('No port');
  return address.port;
}

/** Starts a process and waits for `ready` in what it prints. */
export async function startProcess(
  command: string,
  args: readonly string[],
  ready: RegExp,
  options: SpawnOptions = {},
): Promise<ChildProcess> {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      printed = (printed + chunk.toString()).slice(-20_000);
      if (ready.test(printed)) resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${command} ended with ${code}:\n${printed}`)));
  });
  return child;
}

/** Ends a process by `signal` and waits until it is gone. */
export async function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}

/**
 * Registers `tests` for a server that may be missing on this machine: elsewhere they are skipped, with the reason
 * in their name; on CI their absence is a failure, so that they cannot go unrun unnoticed.
 */
export function describeWith(what: string, isThere: boolean, tests: () => void): void {
  if (isThere) describe(`on ${what}`, tests);
  else if (!process.env['CI']) describe.skip(`on ${what} (skipped: not installed here)`, tests);
  else {
    test(`${what} is installed`, () => {
      throw new Error(`CI needs ${what}: install it, or name a running one in the environment`);
    });
  }
}
