import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = '/usr/lib/postgresql';

/** PostgreSQL refuses to run as root; then its own system user runs it. */
const asOwner = (command, args) =>
  process.getuid() === 0 ? ['runuser', ['-u', 'postgres', '--', command, ...args]] : [command, args];

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

/** CPU time of a process and all below it so far, in ms; 0 where there is no /proc. Of those that ended nothing counts. */
function cpuMs(pid) {
  try {
    const [nanoseconds] = readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ');
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
    return Number(nanoseconds) / 1e6 + children.reduce((sum, child) => sum + cpuMs(child), 0);
  } catch {
    return 0;
  }
}

/** A PostgreSQL of its own, with its default settings, or null where none is installed. */
export async function startBenchPostgres() {
  if (!existsSync(root)) return null;
  const programs = join(root, readdirSync(root).sort((a, b) => b - a)[0], 'bin');
  const directory = await mkdtemp(join(tmpdir(), 'hearth-bench-postgres-'));
  if (process.getuid() === 0) execFileSync('chown', ['postgres', directory]);
  const init = [
    '-D',
    directory,
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
    '--no-sync',
  ];
  execFileSync(...asOwner(join(programs, 'initdb'), init), { stdio: 'ignore', cwd: directory });
  const port = await freePort();
  const serve = ['-D', directory, '-p', String(port), '-h', '127.0.0.1', '-k', directory];
  const child = spawn(...asOwner(join(programs, 'postgres'), serve), { cwd: directory });
  await new Promise((resolve, reject) => {
    child.stderr.on('data', (chunk) => String(chunk).includes('ready to accept') && resolve());
    child.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${code}`)));
  });
  const stop = async () => {
    child.kill('SIGTERM');
    await once(child, 'exit');
    await rm(directory, { recursive: true, force: true });
  };
  return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, stop, cpuMs: () => cpuMs(child.pid) };
}
