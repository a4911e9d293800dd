import { expect, test } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { waitFor } from '../../../../tests/support/wait-for.js';
import { Logger, LogSink } from '../../common/log/logger.js';
import { forkEngine } from './engine-process.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const hooks = here('../../../../tests/support/typescript-hooks.mjs');
const limitMs = 60_000;

/** Runs a script as an engine, and tells what it says and how it ends. */
async function forked(script: string) {
  const folder = await mkdtemp(join(tmpdir(), 'engine-process-'));
  await writeFile(join(folder, 'main.mjs'), script);
  const lines: string[] = [];
  const messages: unknown[] = [];
  const logger = new Logger(new LogSink('warn', (line) => void lines.push(line)), 'torrent');
  const end = Promise.withResolvers<string>();
  const process = forkEngine({ path: join(folder, 'main.mjs'), execArgv: [] }, ['one', 'two'], logger, {
    message: (message) => messages.push(message),
    exited: (reason) => end.resolve(reason),
  });
  const ended = end.promise.finally(() => rm(folder, { recursive: true }));
  return { process, ended, messages, lines };
}

test('bytes go both ways; the environment is empty but for ours; it is told its arguments', async () => {
  const { process, ended, messages } = await forked(`
    const { NODE_CHANNEL_FD, NODE_CHANNEL_SERIALIZATION_MODE, NODE_COMPILE_CACHE, ...rest } = process.env;
    process.send({ environment: Object.keys(rest), args: process.argv.slice(2) });
    process.on('message', ({ bytes }) => process.send({ bytes: bytes.map((each) => each + 1) }));
  `);
  await waitFor(() => messages.length > 0, 'the first message', limitMs);
  process.send({ bytes: Uint8Array.of(1, 2, 3) });
  await waitFor(() => messages.length > 1, 'the bytes', limitMs);
  expect(messages).toEqual([
    { environment: ['UV_THREADPOOL_SIZE'], args: ['one', 'two'] },
    { bytes: Uint8Array.of(2, 3, 4) },
  ]);
  process.kill();
  expect(await ended).toBe('ended by SIGKILL');
  process.send({ to: 'nobody' });
  process.kill();
});

test('one that hangs is ended all the same', async () => {
  const { process, ended, messages } = await forked(
    `process.send('now'); setTimeout(() => { for (;;); }, 10);`,
  );
  await waitFor(() => messages.length > 0, 'its word', limitMs);
  process.kill();
  expect(await ended).toBe('ended by SIGKILL');
});

test('its last words are in the log', async () => {
  const { ended, lines } = await forked(`throw new TypeError('nobody expected this');`);
  expect(await ended).toMatch(/ended with code 1/);
  await waitFor(() => lines.some((line) => line.includes('nobody expected this')), 'the log', limitMs);
});

test('one that cannot be started has ended', async () => {
  const { ended } = await forked('process.exit(7)');
  expect(await ended).toBe('ended with code 7');
});

/** Whether it still runs; where nobody reaps it, its remains may stay (Linux). */
async function isAlive(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return /\) [^ZX] /.test(stat);
}

/** A server that only has an engine, and tells its process and socket. */
const server = `
  import { ChildEngine } from ${JSON.stringify(pathToFileURL(here('child-engine.ts')).href)};
  import { Logger, LogSink } from ${JSON.stringify(pathToFileURL(here('../../common/log/logger.ts')).href)};
  import { engineSettings } from ${JSON.stringify(pathToFileURL(here('testing/engine-builders.ts')).href)};
  const [, , dataDirectory, path, hooks] = process.argv;
  const logger = new Logger(new LogSink('warn'), 'torrent');
  const engine = new ChildEngine({ dataDirectory, logger, entry: { path, execArgv: ['--import', hooks] } });
  await engine.start(engineSettings());
  console.log(JSON.stringify({ pid: engine.processId, socket: engine.socketPath() }));
`;

test('when the server is killed, nothing of the engine is left', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'engine-orphan-'));
  await writeFile(join(folder, 'server.mjs'), server);
  const args = [
    '--import',
    hooks,
    join(folder, 'server.mjs'),
    join(folder, 'data'),
    here('child/main.ts'),
    hooks,
  ];
  const parent: ChildProcess = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    if (!parent.stdout) throw new Error('No output to read');
    const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
    const { pid, socket } = JSON.parse(line) as { pid: number; socket: string };
    expect([await isAlive(pid), existsSync(socket)]).toEqual([true, true]);
    parent.kill('SIGKILL');
    await waitFor(async () => !(await isAlive(pid)), 'the end of the engine', limitMs);
    expect(existsSync(dirname(socket))).toBe(false);
  } finally {
    parent.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
});
