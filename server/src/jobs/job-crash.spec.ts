import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasPostgres, startPostgres } from '../../../tests/support/postgres.js';
import { describeWith, endProcess, type PrivateServer } from '../../../tests/support/private-server.js';
import { hasRedis, startRedis } from '../../../tests/support/redis.js';
import { waitFor } from '../../../tests/support/wait-for.js';

const support = join(import.meta.dirname, '../../../tests');
const hooks = join(support, 'support/typescript-hooks.mjs');
const script = join(support, 'fixtures/job-process.ts');

interface JobProcess {
  readonly child: ChildProcess;
  readonly lines: string[];
}

function startJobs(mode: 'enqueue' | 'resume', kind: string, place: string): JobProcess {
  const child = spawn(process.execPath, ['--import', hooks, script, mode, kind, place], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => lines.push(...chunk.toString().split('\n').filter(Boolean)));
  return { child, lines };
}

/** Kills a process in the middle of job 1; the next one must finish it first, then the others. */
async function killAndResume(kind: string, place: string): Promise<void> {
  const first = startJobs('enqueue', kind, place);
  const started: ChildProcess[] = [first.child];
  try {
    await waitFor(() => first.lines.includes('ready'), 'the first process to run job 1', 30_000);
    await endProcess(first.child, 'SIGKILL');
    expect(first.lines).toEqual(['run 1', 'ready']);
    const second = startJobs('resume', kind, place);
    started.push(second.child);
    await waitFor(
      () => second.lines.filter((line) => line.startsWith('done')).length === 3,
      'all jobs',
      30_000,
    );
    const done = second.lines.filter((line) => line.startsWith('done'));
    // Bull hands out the interrupted job once its worker is known to be dead, and does not wait with the others.
    expect(kind === 'redis' ? done.sort() : done).toEqual(['done 1 2', 'done 2 1', 'done 3 1']);
  } finally {
    for (const child of started) await endProcess(child, 'SIGKILL');
  }
}

describe('a queue whose process is killed', () => {
  test('finishes the job from SQLite', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'hearth-crash-'));
    await killAndResume('sqlite', directory);
    await rm(directory, { recursive: true, force: true });
  }, 60_000);

  describeWith('PostgreSQL', hasPostgres(), () => {
    let postgres: PrivateServer;
    beforeAll(async () => {
      postgres = await startPostgres();
    }, 30_000);
    afterAll(() => postgres.stop());
    test('finishes the job', () => killAndResume('postgres', postgres.url), 60_000);
  });

  describeWith('Redis', hasRedis(), () => {
    let redis: PrivateServer;
    beforeAll(async () => {
      redis = await startRedis();
    });
    afterAll(() => redis.stop());
    test('finishes the job', () => killAndResume('redis', redis.url), 60_000);
  });
});
