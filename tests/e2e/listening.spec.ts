import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const entry = process.env['HEARTH_ENTRY'] ?? resolve(import.meta.dirname, '../../server/dist/main.js');

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hearth-listen-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const start = (env: Record<string, string>, flags: string[] = []) =>
  spawn(process.execPath, [...flags, entry, '--data', directory], {
    env: { ...process.env, NODE_OPTIONS: '', DATABASE_URL: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

test('a port in use is named, and no stack trace shown', async () => {
  const other = createServer().listen(0);
  await once(other, 'listening');
  const address = other.address();
  const port = String(typeof address === 'object' && address?.port);
  try {
    const child = start({ PORT: port });
    child.stdout.resume();
    let said = '';
    child.stderr.on('data', (text: Buffer) => (said += text.toString()));
    expect(await once(child, 'close')).toEqual([1, null]);
    expect(said).toContain(`PORT: ${port} is in use`);
    expect(said).not.toContain('    at ');
  } finally {
    other.close();
  }
});

test('where the kernel has no IPv6, IPv4 alone is listened on', async () => {
  // As with `ipv6.disable=1`: sockets of that family cannot be made.
  const withoutIpv6 = `import { Server } from 'node:net';
    const listen = Server.prototype.listen;
    Server.prototype.listen = function (options, ...rest) {
      if (options?.host !== '::') return listen.call(this, options, ...rest);
      const error = Object.assign(new Error('listen EAFNOSUPPORT'), { code: 'EAFNOSUPPORT' });
      process.nextTick(() => this.emit('error', error));
      return this;
    };`;
  const child = start({ PORT: '0', HOST: '::' }, [
    '--import',
    `data:text/javascript,${encodeURIComponent(withoutIpv6)}`,
  ]);
  const exited = once(child, 'exit');
  child.stderr.resume();
  try {
    let port = 0;
    for await (const line of createInterface(child.stdout)) {
      port = Number(/ready on http:\/\/localhost:(\d+)/.exec(line)?.[1] ?? 0);
      if (port > 0) break;
    }
    expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
  } finally {
    child.kill();
    await exited;
  }
});
