import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LanHost } from './lan.js';

/** Runs on the host: from a UNIX socket, which all network namespaces see, to a port of its loopback. */
const relay = `
const { createServer, connect } = require('node:net');
const [path, port] = process.argv.slice(1);
createServer((near) => {
  const far = connect(Number(port), '127.0.0.1');
  near.pipe(far).pipe(near);
  near.on('error', () => far.destroy());
  far.on('error', () => near.destroy());
}).listen(path, () => console.log('open'));
`;

/** A way for tests into a host that has no way out: its port, as a port of ours. */
export class LanDoor {
  private constructor(
    readonly url: string,
    private readonly server: Server,
    private readonly folder: string,
  ) {}

  static async to(host: LanHost, port: number): Promise<LanDoor> {
    const folder = await mkdtemp(join(tmpdir(), 'hearth-door-'));
    const path = join(folder, 'socket');
    const child = host.spawn(process.execPath, ['-e', relay, path, `${port}`]);
    await once(child.stdout!, 'data');
    const server = createServer((near) => {
      const far = connect(path);
      near.pipe(far).pipe(near);
      near.on('error', () => far.destroy());
      far.on('error', () => near.destroy());
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const own = typeof address === 'object' && address ? address.port : 0;
    return new LanDoor(`http://127.0.0.1:${own}`, server, folder);
  }

  async close(): Promise<void> {
    this.server.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
