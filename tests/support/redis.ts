import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endProcess, freePort, type PrivateServer, startProcess } from './private-server.js';

/** Whether `startRedis` can work: `TEST_REDIS_URL` names a server, or the `redis-server` program is installed. */
export function hasRedis(): boolean {
  if (process.env['TEST_REDIS_URL']) return true;
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** The Redis of `TEST_REDIS_URL`, or a private one that keeps nothing on disk. */
export async function startRedis(): Promise<PrivateServer> {
  const given = process.env['TEST_REDIS_URL'];
  if (given) return { url: given, stop: () => Promise.resolve() };
  const directory = await mkdtemp(join(tmpdir(), 'hearth-redis-'));
  const port = await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = await startProcess(
    'redis-server',
    [...args, '--dir', directory],
    /Ready to accept connections/,
  );
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: async () => {
      await endProcess(child, 'SIGKILL');
      await rm(directory, { recursive: true, force: true });
    },
  };
}
