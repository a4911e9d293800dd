import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { leash } from './leash.js';

const sleeper = () => spawn('sleep', ['60'], { stdio: 'ignore' });

test('a process outlives its leash when it is let off', async () => {
  const child = sleeper();
  leash(child.pid ?? 0)();
  expect(child.kill(0)).toBe(true);
  child.kill('SIGKILL');
  await once(child, 'exit');
});

test('it ends with whoever holds the leash, killed without a word', async () => {
  const module = JSON.stringify(new URL('leash.ts', `file://${import.meta.dirname}/`).href);
  const hooks = new URL('../../../tests/support/typescript-hooks.mjs', `file://${import.meta.dirname}/`).href;
  const child = sleeper();
  const gone = once(child, 'exit');
  const script = `const { leash } = await import(${module}); leash(${child.pid}); console.log('held'); setInterval(() => {}, 1000);`;
  const holder = spawn(process.execPath, ['--import', hooks, '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  holder.kill('SIGKILL');
  expect(await gone).toEqual([null, 'SIGKILL']);
});
