import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noRanges } from '../../../lists/address-set.js';
import { type ChildEvent, childEvent, reply, type SentCommand } from '../../messages.js';
import type { EngineSettings } from '../../torrent-engine.js';

/** For processes of tests that run our TypeScript. */
export const hooks = new URL('../../../../../../tests/support/typescript-hooks.mjs', import.meta.url);

export const loopbackSettings: EngineSettings = {
  downloadLimit: 0,
  uploadLimit: 0,
  maxConnections: 100,
  maxPeers: 30,
  cacheBytes: 1024 * 1024 * 1024,
  port: 0,
  dht: false,
  dhtBootstrap: [],
  pex: false,
  lsd: false,
  encryption: 'off',
  blockedAddresses: noRanges,
  bindAddresses: ['127.0.0.1'],
  proxy: null,
  allowPrivate: true,
};

/** The engine's process as the server starts it, without the server: for tests of the process itself. */
export class EngineChild {
  readonly events: ChildEvent[] = [];
  private lastId = 0;

  private constructor(
    readonly process: ChildProcess,
    readonly folder: string,
  ) {
    process.on('message', (message) => {
      const event = childEvent.safeParse(message);
      if (event.success) this.events.push(event.data);
    });
  }

  /** @param folder of an earlier one, to go on with what it left */
  static async start(settings: Partial<EngineSettings> = {}, folder?: string): Promise<EngineChild> {
    const own = folder ?? (await mkdtemp(join(tmpdir(), 'hearth-engine-')));
    const entry = new URL('../main.ts', import.meta.url);
    const child = fork(entry.pathname, [join(own, 'bytes.sock'), join(own, 'data')], {
      execArgv: ['--import', hooks.href],
      env: {},
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const engine = new EngineChild(child, own);
    await engine.ask({ name: 'start', settings: { ...loopbackSettings, ...settings, ...mutable(settings) } });
    return engine;
  }

  get data(): string {
    return join(this.folder, 'data');
  }

  /** @throws Error with the code of the failure as its name */
  ask(command: SentCommand): Promise<unknown> {
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      const gone = (code: number | null): void => reject(new Error(`The engine ended with ${String(code)}`));
      const hear = (message: unknown): void => {
        const answer = reply.safeParse(message);
        if (!answer.success || answer.data.id !== id) return;
        this.process.off('message', hear).off('exit', gone);
        if ('error' in answer.data) {
          reject(Object.assign(new Error(answer.data.error.message), { code: answer.data.error.code }));
        } else resolve(answer.data.ok);
      };
      this.process.on('message', hear).once('exit', gone);
      this.process.send({ id, command });
    });
  }

  /** The first event that fits, of those to come or, without one, of those that came. */
  async event<Type extends ChildEvent['type']>(
    type: Type,
    fits: (event: Extract<ChildEvent, { type: Type }>) => boolean = () => true,
  ): Promise<Extract<ChildEvent, { type: Type }>> {
    const isIt = (event: ChildEvent): event is Extract<ChildEvent, { type: Type }> =>
      event.type === type && fits(event as Extract<ChildEvent, { type: Type }>);
    for (;;) {
      const found = this.events.findLast(isIt);
      if (found) return found;
      await once(this.process, 'message');
    }
  }

  /** What the socket answers; its body is still to be read. */
  async open(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      get({ socketPath: join(this.folder, 'bytes.sock'), path, headers, method, agent: false }, resolve).once(
        'error',
        reject,
      );
    });
  }

  async read(path: string, start: number, end: number): Promise<Buffer> {
    const response = await this.open(path, { range: `bytes=${start}-${end}` });
    const chunks: Buffer[] = [];
    for await (const chunk of response) if (chunk instanceof Buffer) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  /** Bytes that pieces take in the data folder, as the system counts blocks. */
  async diskBytes(): Promise<number> {
    let total = 0;
    for (const name of await readdir(this.data, { recursive: true })) {
      const stats = await stat(join(this.data, name)).catch(() => null);
      if (stats?.isFile()) total += stats.blocks * 512;
    }
    return total;
  }

  /** As a crash. */
  async kill(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const gone = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await gone;
  }

  async close(): Promise<void> {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Lists of the port are read-only; those on the wire are not. */
function mutable(settings: Partial<EngineSettings>): {
  dhtBootstrap: string[];
  bindAddresses: string[];
} {
  const { dhtBootstrap, bindAddresses } = { ...loopbackSettings, ...settings };
  return {
    dhtBootstrap: [...dhtBootstrap],
    bindAddresses: [...bindAddresses],
  };
}
