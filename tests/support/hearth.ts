import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { accountRoutes } from '../../contract/src/account.js';
import { Client } from './client.js';
import { hasPostgres, startPostgres } from './postgres.js';

/** `HEARTH_ENTRY`: another build than this tree's, for example an installed one. */
const entry = process.env['HEARTH_ENTRY'] ?? resolve(import.meta.dirname, '../../server/dist/main.js');

export type DatabaseKind = 'sqlite' | 'postgres';

/** The databases every end-to-end suite runs on. */
export const databaseKinds: readonly DatabaseKind[] = ['sqlite', 'postgres'];

/** For suites about what is played, which reach the database as the others do: both with `HEARTH_MATRIX=all`. */
export const playingDatabaseKinds: readonly DatabaseKind[] =
  process.env['HEARTH_MATRIX'] === 'all' ? databaseKinds : ['sqlite'];

export interface HearthOptions {
  database?: DatabaseKind;
  /** More command-line arguments. */
  args?: readonly string[];
  env?: Record<string, string>;
  /** What goes before the command, to run it in another network. */
  launcher?: readonly string[];
  /** Where its port on 127.0.0.1 is reached from here, if not there. */
  reach?: (port: number) => Promise<string>;
}

/** A real Hearth process of its own, with data nobody will miss. */
export class Hearth {
  private child: ChildProcess | undefined;
  private address: Client | undefined;
  /** Where it listens; the same after each start. */
  port = 0;
  readonly log: string[] = [];

  private constructor(
    readonly dataDirectory: string,
    private readonly options: HearthOptions,
    private readonly databaseUrl: string | undefined,
    private readonly dropDatabase: () => Promise<void>,
  ) {}

  static async start(options: HearthOptions = {}): Promise<Hearth> {
    const directory = await mkdtemp(join(tmpdir(), 'hearth-data-'));
    const { url, drop } = options.database === 'postgres' ? await createPostgresDatabase() : noDatabase;
    const hearth = new Hearth(directory, options, url, drop);
    await hearth.boot();
    return hearth;
  }

  get client(): Client {
    if (!this.address) throw new Error('Hearth is not running');
    return this.address;
  }

  get pid(): number {
    if (this.child?.pid === undefined) throw new Error('Hearth is not running');
    return this.child.pid;
  }

  /** Starts the process (again) and waits until it listens; on the same port as before, if there was one. */
  async boot(): Promise<void> {
    const env = {
      ...process.env,
      DATABASE_URL: this.databaseUrl ?? '',
      HOST: '127.0.0.1',
      // A test server has no business on the developer's television.
      DLNA_ENABLED: 'false',
      DLNA_PORT: '0',
      ...this.options.env,
    };
    const own = [entry, '--data', this.dataDirectory, '--port', `${this.port}`, ...(this.options.args ?? [])];
    const [program = '', ...args] = [...(this.options.launcher ?? []), process.execPath, ...own];
    this.child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stderr?.on('data', (text: Buffer) => this.log.push(text.toString()));
    this.port = await this.listeningPort(this.child);
    const url = (await this.options.reach?.(this.port)) ?? `http://127.0.0.1:${this.port}`;
    this.address = new Client(url);
  }

  /** Ends the process as an operator would, or as a power cut would. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  /** The exit code of a process that ends by itself, or by somebody else's signal; null if that killed it. */
  async exit(): Promise<number | null> {
    const { child } = this;
    this.child = undefined;
    if (!child) throw new Error('Hearth is not running');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    return child.exitCode;
  }

  /** Ends the process and removes everything it kept. */
  async dispose(): Promise<void> {
    await this.stop();
    await this.dropDatabase();
    await rm(this.dataDirectory, { recursive: true, force: true });
  }

  /** Does the first-run setup. @returns a client signed in as the administrator */
  async setUp(username = 'ada', password = 'correct horse'): Promise<Client> {
    const { accessToken } = await this.client.call(accountRoutes.setup, { username, password });
    return this.client.as(accessToken);
  }

  /** Gives a member of the household an account. @returns a client signed in as them */
  async admit(admin: Client, username = 'mia'): Promise<Client> {
    const login = { username, password: 'long enough' };
    await admin.call(accountRoutes.createUser, { ...login, role: 'member' });
    return this.client.as((await this.client.call(accountRoutes.login, login)).accessToken);
  }

  private async listeningPort(child: ChildProcess): Promise<number> {
    if (!child.stdout) throw new Error('No output to read');
    const lines = createInterface({ input: child.stdout });
    const port = new Promise<number>((found, failed) => {
      lines.on('line', (line) => {
        this.log.push(line);
        const [, number] = /Hearth is ready.*"port":(\d+)/.exec(line) ?? [];
        if (number) found(Number(number));
      });
      child.once('exit', (code) =>
        failed(new Error(`Hearth ended with ${code}:\n${this.log.slice(-20).join('\n')}`)),
      );
    });
    return port;
  }
}

interface TemporaryDatabase {
  url: string | undefined;
  drop: () => Promise<void>;
}

const noDatabase: TemporaryDatabase = { url: undefined, drop: () => Promise.resolve() };

async function createPostgresDatabase(): Promise<TemporaryDatabase> {
  if (!hasPostgres())
    throw new Error('No PostgreSQL: install it (Debian: postgresql) or set TEST_DATABASE_URL');
  const server = await startPostgres();
  const name = `hearth_${Date.now().toString(36)}_${Math.random().toString(36).slice(2, 8)}`;
  await administer(server.url, `CREATE DATABASE ${name}`);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  const drop = async (): Promise<void> => {
    await administer(server.url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await server.stop();
  };
  return { url: url.href, drop };
}

async function administer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
}
