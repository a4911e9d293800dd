import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endProcess, startProcess } from '../../../tests/support/private-server.js';
import { DataLock } from './data-lock.js';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hearth-lock-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/** Another process that has the lock, as `DataLock` takes it. */
const holder = () =>
  startProcess(
    process.execPath,
    [
      '-e',
      `const { Database } = require('sqlite3');
      const lock = new Database(process.argv[1], () => lock.exec('BEGIN EXCLUSIVE', (error) => console.log(error ?? 'held')));
      setInterval(() => undefined, 1000);`,
      join(directory, 'hearth.lock'),
    ],
    /held/,
  );

test('a second one is refused, by name of the folder, until the first is released', async () => {
  const first = await DataLock.take(directory);
  await expect(DataLock.take(directory)).rejects.toMatchObject({
    name: 'ConfigError',
    message: expect.stringContaining(`DATA_DIR: ${directory} is in use by another Hearth server`),
  });
  await first.release();
  await (await DataLock.take(directory)).release();
});

test('holds between processes, and a kill -9 ends it', async () => {
  const other = await holder();
  await expect(DataLock.take(directory)).rejects.toThrow('in use by another Hearth server');
  await endProcess(other, 'SIGKILL');
  await (await DataLock.take(directory)).release();
});

test('waits for one that is just stopping', async () => {
  const first = await DataLock.take(directory);
  const second = DataLock.take(directory);
  await first.release();
  await (await second).release();
});
