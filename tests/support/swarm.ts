import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { endProcess } from './private-server.js';

export interface SwarmFile {
  /** Path inside the torrent. */
  readonly name: string;
  /** The path of a file, which must stay where it is, or its bytes. */
  readonly from: string | Uint8Array;
}

export interface SwarmOptions {
  /** One without a folder in its name makes a torrent of one file. */
  readonly files: readonly SwarmFile[];
  /** What the torrent is called; a torrent of one file is called as the file. */
  readonly name?: string;
  /** Default 256 KiB. */
  readonly pieceLength?: number;
  /** Bytes a second that the seeder gives in all; default: no limit. */
  readonly uploadLimit?: number;
  readonly private?: boolean;
  /** Addresses of HTTP servers that have the files (BEP 19). */
  readonly webSeeds?: readonly string[];
  /** This `.torrent` of the same files instead of one that is made. */
  readonly metainfo?: Uint8Array;
  /** How often the tracker wants to hear from clients, ms; default 10 min. */
  readonly trackerInterval?: number;
  /** A machine of a test network (`LanHost`) and its address there; default: loopback. */
  readonly host?: { readonly entry: readonly string[]; readonly address: string };
}

interface Ready {
  readonly metainfo: string;
  readonly infoHash: string;
  readonly trackerUrl: string;
  readonly port: number;
  readonly pieceLength: number;
  readonly pieceCount: number;
  readonly files: readonly { readonly path: string; readonly size: number; readonly offset: number }[];
}

/** Seeds these files, on a tracker of its own, in a process of its own. Ready when the tracker knows the seeder. */
export async function startSwarm(options: SwarmOptions): Promise<Swarm> {
  const folder = await mkdtemp(join(tmpdir(), 'hearth-swarm-'));
  try {
    const plan = await layOut(folder, options);
    const child = launch(plan, options.host?.entry ?? []);
    try {
      return new Swarm(child, folder, plan.address, await readiness(child));
    } catch (error) {
      await endProcess(child, 'SIGKILL');
      throw error;
    }
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** A torrent that somebody seeds. */
export class Swarm {
  readonly metainfo: Buffer;
  readonly infoHash: string;
  readonly trackerUrl: string;
  /** `host:port` of who seeds. */
  readonly seederAddress: string;
  /** In the torrent's order: what files are addressed by is the place in here. Offsets in the torrent. */
  readonly files: Ready['files'];
  readonly pieceLength: number;
  readonly pieceCount: number;
  private questions = 0;

  constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    address: string,
    ready: Ready,
  ) {
    this.metainfo = Buffer.from(ready.metainfo, 'base64');
    this.infoHash = ready.infoHash;
    this.trackerUrl = ready.trackerUrl;
    this.seederAddress = `${address}:${ready.port}`;
    this.files = ready.files;
    this.pieceLength = ready.pieceLength;
    this.pieceCount = ready.pieceCount;
  }

  /** With its tracker: who follows it asks that for the seeder. */
  get magnet(): string {
    return `magnet:?xt=urn:btih:${this.infoHash}&tr=${encodeURIComponent(this.trackerUrl)}`;
  }

  /** Names the seeder itself (`x.pe`), for what must work without a tracker. */
  get magnetToPeer(): string {
    return `magnet:?xt=urn:btih:${this.infoHash}&x.pe=${this.seederAddress}`;
  }

  /** Bytes that the seeder has given away of each piece: more than its length has been fetched twice. */
  served(): Promise<number[]> {
    return this.ask<number[]>('served');
  }

  /** Counts what it gives from nothing again. */
  async forgetServed(): Promise<void> {
    await this.ask('forget');
  }

  /** Lets it give so many bytes more, however long that takes, and then nothing; at first there is no such limit. */
  async allow(bytes: number): Promise<void> {
    await this.ask('allow', bytes);
  }

  /** It gives what it is asked for again. */
  async allowAll(): Promise<void> {
    await this.ask('allow', null);
  }

  /** Whether it has given what {@link allow} let it, and somebody waits for more. */
  isWaiting(): Promise<boolean> {
    return this.ask<boolean>('waiting');
  }

  /** The seeder is gone for good; the tracker stays, for whoever else there is. */
  async leave(): Promise<void> {
    await this.ask('leave');
  }

  /** What it gives is wrong from now on, or right again. */
  async spoil(value: boolean): Promise<void> {
    await this.ask('spoil', value);
  }

  /** Bytes of a piece: the last may be shorter. */
  pieceSize(index: number): number {
    const size = this.files.reduce((sum, file) => sum + file.size, 0);
    return Math.min(this.pieceLength, size - index * this.pieceLength);
  }

  /** What clients have told the tracker, in order: `start 127.0.0.1:6881`, also `update`, `complete`, `stop`. */
  announced(): Promise<string[]> {
    return this.ask<string[]>('announced');
  }

  /** Addresses of who is connected to the seeder. */
  peers(): Promise<string[]> {
    return this.ask<string[]>('peers');
  }

  /** Bytes a second; 0 gives nothing, -1 as fast as it goes. */
  async limitUpload(bytesPerSecond: number): Promise<void> {
    await this.ask('uploadLimit', bytesPerSecond);
  }

  /** The seeder leaves everybody it is connected to. */
  async hangUp(): Promise<void> {
    await this.ask('hangUp');
  }

  /** Seeder and tracker stand still, connections open, until {@link thaw}. */
  freeze(): void {
    this.child.kill('SIGSTOP');
  }

  thaw(): void {
    this.child.kill('SIGCONT');
  }

  /** Ends seeder and tracker. */
  async close(): Promise<void> {
    await endProcess(this.child, 'SIGKILL');
    await rm(this.folder, { recursive: true, force: true });
  }

  private async ask<T>(ask: string, value?: unknown): Promise<T> {
    const id = ++this.questions;
    return new Promise((resolve, reject) => {
      const gone = (): void => reject(new Error('The swarm is gone'));
      const listen = (message: unknown): void => {
        const reply = message as { id?: number; answer?: T };
        if (reply.id !== id) return;
        this.child.off('message', listen).off('exit', gone);
        resolve(reply.answer as T);
      };
      this.child.on('message', listen).once('exit', gone);
      this.child.send({ id, ask, value });
    });
  }
}

interface Plan {
  readonly path: string;
  readonly address: string;
}

/** Puts the files where the seeder reads them: by links, as they may be large. */
async function layOut(folder: string, options: SwarmOptions): Promise<Plan> {
  const { files, name, metainfo } = options;
  const [only] = files;
  const isOne = files.length === 1 && only !== undefined && !only.name.includes('/') && name === undefined;
  const called = name ?? (isOne ? only.name : 'Test torrent');
  const path = join(folder, called);
  for (const file of files) {
    const to = isOne ? path : join(path, file.name);
    await mkdir(dirname(to), { recursive: true });
    await (typeof file.from === 'string' ? symlink(file.from, to) : writeFile(to, file.from));
  }
  const saved = join(folder, '.torrent');
  if (metainfo) await writeFile(saved, metainfo);
  return {
    path,
    address: options.host?.address ?? '127.0.0.1',
    ...{ name: called, ...(metainfo && { metainfo: saved }) },
    ...{ pieceLength: options.pieceLength ?? 256 * 1024, uploadLimit: options.uploadLimit ?? -1 },
    ...{ private: options.private ?? false, webSeeds: options.webSeeds ?? [] },
    ...{ trackerInterval: options.trackerInterval ?? 600_000 },
  };
}

function launch(plan: Plan, entry: readonly string[]): ChildProcess {
  const script = join(import.meta.dirname, 'swarm-process.mjs');
  const own = [process.execPath, script, JSON.stringify(plan)] as const;
  const [program, ...args] = entry.length > 0 ? [...entry, ...own] : own;
  return spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}

async function readiness(child: ChildProcess): Promise<Ready> {
  const ended = once(child, 'exit').then(([code]: unknown[]) => {
    throw new Error(`The swarm ended with ${String(code)}`);
  });
  const [message]: unknown[] = await Promise.race([once(child, 'message'), ended]);
  return (message as { ready: Ready }).ready;
}
