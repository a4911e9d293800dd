import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { endProcess, freePort, type PrivateServer, startProcess } from './private-server.js';

/** Where Debian keeps the programs of each version. */
const debianRoot = '/usr/lib/postgresql';

/** Whether `startPostgres` can work: `TEST_DATABASE_URL` names a server, or PostgreSQL is installed as on Debian. */
export const hasPostgres = (): boolean => Boolean(process.env['TEST_DATABASE_URL']) || existsSync(debianRoot);

/** PostgreSQL refuses to run as root; then its own system user runs it. */
const asPostgres = (command: string, args: string[]): [string, string[]] =>
  process.getuid?.() === 0 ? ['runuser', ['-u', 'postgres', '--', command, ...args]] : [command, args];

/** A database of its own on a server that other spec files use at the same time. */
async function ownDatabase(server: string): Promise<PrivateServer> {
  const name = `hearth_test_${randomUUID().replaceAll('-', '')}`;
  const ask = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  await ask(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, stop: () => ask(`DROP DATABASE ${name} WITH (FORCE)`) };
}

/** A database on the PostgreSQL of `TEST_DATABASE_URL`, or a private one whose data nobody will miss. */
export async function startPostgres(): Promise<PrivateServer> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given) return ownDatabase(given);
  const version = (await readdir(debianRoot)).sort((a, b) => Number(b) - Number(a))[0] ?? '';
  const programs = join(debianRoot, version, 'bin');
  const directory = await mkdtemp(join(tmpdir(), 'hearth-postgres-'));
  if (process.getuid?.() === 0) execFileSync('chown', ['postgres', directory]);
  const initArgs = [
    '-D',
    directory,
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--no-locale',
    '--no-sync',
  ];
  const [init, initAll] = asPostgres(join(programs, 'initdb'), initArgs);
  execFileSync(init, initAll, { stdio: 'ignore', cwd: directory });
  const port = await freePort();
  const serveArgs = ['-D', directory, '-p', String(port), '-h', '127.0.0.1', '-k', directory, '-F'];
  const [serve, serveAll] = asPostgres(join(programs, 'postgres'), serveArgs);
  const child = await startProcess(serve, serveAll, /ready to accept connections/, { cwd: directory });
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    stop: async () => {
      // Fast shutdown; `runuser` passes the signal on.
      await endProcess(child, 'SIGTERM');
      await rm(directory, { recursive: true, force: true });
    },
  };
}
