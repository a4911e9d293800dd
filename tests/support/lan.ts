import { type ChildProcess, type ChildProcessByStdio, execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { promisify } from 'node:util';

/** Interfaces of a host by name, with their IPv4 addresses; those of one /24 are on one cable. */
export type LanPlan = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface Output {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
}

const isRoot = process.getuid?.() === 0;

/**
 * Why no network can be made here; undefined if one can. Root makes network namespaces, everybody else where the kernel
 * lets users have namespaces of their own.
 */
export function whyNoLan(): string | undefined {
  const attempt = spawnSync('unshare', [
    ...(isRoot ? ['-n'] : ['-Urn']),
    'ip',
    'link',
    'add',
    'hearth0',
    'type',
    'bridge',
  ]);
  if (attempt.error) return `unshare (util-linux) or ip (iproute2) is missing: ${attempt.error.message}`;
  return attempt.status === 0
    ? undefined
    : `network namespaces can't be made: ${attempt.stderr.toString().trim().split('\n')[0]}`;
}

/** Waits for the end of its input, and then ends everything in its network namespace, grandchildren and all. */
const HOLD = `echo ready; cat >/dev/null
own=$(readlink /proc/self/ns/net)
for process in /proc/[0-9]*; do
  id=\${process#/proc/}
  [ "$(readlink "$process/ns/net" 2>/dev/null)" = "$own" ] && [ "$id" != $$ ] && kill -9 "$id" 2>/dev/null
done
exit 0`;

/** A process whose only work is to be in a network namespace; it ends with us, however we end, as its input does. */
class Namespace {
  private constructor(private readonly holder: ChildProcessByStdio<Writable, Readable, null>) {}

  static async make(within?: Namespace): Promise<Namespace> {
    const hold = ['sh', '-c', HOLD];
    const first: [string, ...string[]] = ['unshare', isRoot ? '-n' : '-Urn', ...hold];
    const [program, ...args] = within ? within.command('unshare', ['-n', ...hold]) : first;
    const holder = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    const [word]: unknown[] = await once(holder.stdout, 'data');
    if (String(word).trim() !== 'ready') throw new Error(`No namespace: ${String(word)}`);
    return new Namespace(holder);
  }

  /** A command to be run in here. */
  command(program: string, args: readonly string[]): [string, ...string[]] {
    return ['nsenter', ...this.entry.slice(1), program, ...args];
  }

  /** What goes before a command to run it in here; neither of these forks. */
  get entry(): string[] {
    return [
      'nsenter',
      '-t',
      `${this.holder.pid}`,
      ...(isRoot ? [] : ['-U', '--preserve-credentials']),
      '-n',
      '--',
    ];
  }

  get pid(): number {
    return this.holder.pid!;
  }

  /** Does lines of `ip -batch`. */
  async ip(...lines: string[]): Promise<void> {
    const [program, ...args] = this.command('ip', ['-batch', '-']);
    const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'pipe'] });
    let trouble = '';
    child.stderr.on('data', (text: Buffer) => (trouble += text.toString()));
    child.stdin.end(lines.join('\n'));
    const [code]: unknown[] = await once(child, 'close');
    if (code !== 0) throw new Error(`ip: ${trouble.trim()}\n${lines.join('\n')}`);
  }

  async end(): Promise<void> {
    this.holder.stdin.end();
    if (this.holder.exitCode === null && this.holder.signalCode === null) await once(this.holder, 'exit');
  }
}

/** A machine of the network. */
export class LanHost {
  private readonly children = new Set<ChildProcess>();

  constructor(
    readonly name: string,
    private readonly namespace: Namespace,
  ) {}

  /** What goes before a command to run it on this machine; it keeps its process id. */
  get entry(): string[] {
    return this.namespace.entry;
  }

  /** Starts a program here; it ends with the network at the latest. */
  spawn(program: string, args: readonly string[], env: Record<string, string> = {}): ChildProcess {
    const [first, ...rest] = this.namespace.command(program, args);
    const child = spawn(first, rest, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
    this.children.add(child);
    child.once('exit', () => this.children.delete(child));
    return child;
  }

  /** Runs a program here to its end; its exit code is no error. */
  async run(program: string, args: readonly string[], options: { timeoutMs?: number } = {}): Promise<Output> {
    const [first, ...rest] = this.namespace.command(program, args);
    try {
      const limits = { timeout: options.timeoutMs ?? 60_000, maxBuffer: 64 * 1024 ** 2 };
      return { ...(await promisify(execFile)(first, rest, limits)), code: 0 };
    } catch (error) {
      const { stdout = '', stderr = '', code } = error as Partial<Output> & Error;
      if (typeof code !== 'number' && stdout === '' && stderr === '') throw error;
      return { stdout, stderr, code: typeof code === 'number' ? code : null };
    }
  }

  /** What a program here writes, as bytes. @throws what it says if it fails */
  async output(program: string, args: readonly string[]): Promise<Buffer> {
    const [first, ...rest] = this.namespace.command(program, args);
    const options = { encoding: 'buffer', timeout: 60_000, maxBuffer: 64 * 1024 ** 2 } as const;
    return (await promisify(execFile)(first, rest, options)).stdout;
  }

  /** Changes the machine's network: lines of `ip -batch`. */
  ip(...lines: string[]): Promise<void> {
    return this.namespace.ip(...lines);
  }

  /** Ends everything that runs here. */
  async dispose(): Promise<void> {
    await this.namespace.end();
    const running = [...this.children].filter(
      (child) => child.exitCode === null && child.signalCode === null,
    );
    await Promise.all(running.map((child) => once(child, 'exit')));
  }
}

/** A house full of cables: hosts in network namespaces on bridges, without a way out. Needs no privileges. */
export class Lan {
  private constructor(
    private readonly cables: Namespace,
    private readonly hosts: ReadonlyMap<string, LanHost>,
  ) {}

  static async create(plan: LanPlan): Promise<Lan> {
    const cables = await Namespace.make();
    const networks = new Set(Object.values(plan).flatMap((faces) => Object.values(faces).map(networkOf)));
    await cables.ip(
      ...[...networks].flatMap((network) => [
        // With snooping, a bridge without a querier would swallow multicast after a while.
        `link add br${network} type bridge mcast_snooping 0`,
        `link set br${network} up`,
      ]),
    );
    const hosts = new Map<string, LanHost>();
    for (const [name, faces] of Object.entries(plan)) hosts.set(name, await connect(cables, name, faces));
    return new Lan(cables, hosts);
  }

  host(name: string): LanHost {
    const host = this.hosts.get(name);
    if (!host) throw new Error(`No host ${name} in this network`);
    return host;
  }

  /** Ends everything that runs in it. */
  async dispose(): Promise<void> {
    await Promise.all([...this.hosts.values()].map((host) => host.dispose()));
    await this.cables.end();
  }
}

/** `10.77.0.1` → `10-77-0`: its /24. */
const networkOf = (address: string): string => address.split('.').slice(0, 3).join('-');

let plugs = 0;

async function connect(
  cables: Namespace,
  name: string,
  faces: Readonly<Record<string, string>>,
): Promise<LanHost> {
  const namespace = await Namespace.make(cables);
  for (const [face, address] of Object.entries(faces)) {
    const plug = `p${plugs++}`;
    await cables.ip(
      `link add ${plug} type veth peer name ${face} netns ${namespace.pid}`,
      `link set ${plug} master br${networkOf(address)} up`,
    );
    await namespace.ip(`addr add ${address}/24 brd + dev ${face}`, `link set ${face} up`);
  }
  const [first = ''] = Object.keys(faces);
  // Programs that name no interface say what they say to a group by the first.
  await namespace.ip('link set lo up', `route add 224.0.0.0/4 dev ${first}`);
  return new LanHost(name, namespace);
}
