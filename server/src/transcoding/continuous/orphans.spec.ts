import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { markedClip } from './testing/marked-clips.js';

const root = resolve(import.meta.dirname, '../../../..');
const isAlive = async (pid: number): Promise<boolean> => {
  const state = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '');
  return state !== '' && !state.includes(') Z ');
};

/** A server that dies without a word while a paused television holds its encoder back. */
test('kill -9 of the server leaves no encoder behind', async () => {
  await markedClip('ten-minutes.mkv');
  const hooks = resolve(root, 'tests/support/typescript-hooks.mjs');
  const program = resolve(import.meta.dirname, 'testing/lonely-stream.ts');
  const server = spawn(process.execPath, ['--import', hooks, program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(server.stdout, 'data')) as [Buffer];
  const pid = Number(line.toString());
  expect(await isAlive(pid)).toBe(true);
  server.kill('SIGKILL');
  await once(server, 'exit');
  const end = Date.now() + 20_000;
  while ((await isAlive(pid)) && Date.now() < end) await new Promise((done) => setTimeout(done, 20));
  expect(await isAlive(pid)).toBe(false);
});
