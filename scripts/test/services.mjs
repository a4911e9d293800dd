/**
 * A PostgreSQL that belongs to one test run: random port, nothing durable, gone at its end. Spec files get a database
 * each in it (a cluster takes seconds to make); a Redis they start themselves, as that takes milliseconds and
 * publish/subscribe reaches across Redis databases.
 */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @typedef {{url: string, stop: () => Promise<void>}} Service */

/** @returns {Promise<number>} a port that was free a moment ago */
const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/**
 * Starts a server and waits until it says that it is ready.
 * @param {string} file @param {string[]} args @param {RegExp} ready
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<import('node:child_process').ChildProcess>}
 */
function startServer(file, args, ready, options = {}) {
  const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  return new Promise((resolve, reject) => {
    const read = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk.toString()).slice(-8000);
      if (ready.test(output)) resolve(child);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}:\n${output}`)));
  });
}

/** @param {import('node:child_process').ChildProcess} child @param {NodeJS.Signals} signal */
function endServer(child, signal) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return /** @type {Promise<void>} */ (
    new Promise((resolve) => {
      const force = setTimeout(() => child.kill('SIGKILL'), 10_000);
      child.once('exit', () => {
        clearTimeout(force);
        resolve();
      });
      child.kill(signal);
    })
  );
}

/** PostgreSQL refuses to run as root; its own account, or nobody, runs it then.
 * @param {string} directory @returns {{uid?: number, gid?: number}} */
function unprivileged(directory) {
  if (process.getuid?.() !== 0) return {};
  const account = ['postgres', 'nobody'].find((name) => spawnSync('id', [name]).status === 0) ?? 'nobody';
  const id = (/** @type {string} */ flag) =>
    Number(spawnSync('id', [flag, account], { encoding: 'utf8' }).stdout);
  spawnSync('chown', [account, directory]);
  return { uid: id('-u'), gid: id('-g') };
}

/** @param {string} bin the folder of initdb and postgres @returns {Promise<Service>} */
export async function startPostgres(bin) {
  const directory = mkdtempSync(join(tmpdir(), 'hearth-test-postgres-'));
  chmodSync(directory, 0o700);
  const owner = { ...unprivileged(directory), cwd: directory };
  const init = ['-D', directory, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'];
  const made = spawnSync(join(bin, 'initdb'), init, { ...owner, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const port = await freePort();
  // -F: no fsync; nobody will miss this data. Many spec files connect at once.
  const args = [
    '-D',
    directory,
    '-p',
    `${port}`,
    '-h',
    '127.0.0.1',
    '-k',
    directory,
    '-F',
    '-c',
    'max_connections=300',
  ];
  const child = await startServer(join(bin, 'postgres'), args, /ready to accept connections/, owner);
  const stop = async () => {
    await endServer(child, 'SIGINT'); // Fast shutdown: disconnects whoever is left.
    rmSync(directory, { recursive: true, force: true });
  };
  return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, stop };
}
