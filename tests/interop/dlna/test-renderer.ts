import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LanHost } from '../../support/lan.js';
import { waitFor } from '../../support/wait-for.js';

const asker = join(import.meta.dirname, 'ask-renderer.mjs');
const AV_TRANSPORT = 'urn:schemas-upnp-org:service:AVTransport:1';
const RENDERING_CONTROL = 'urn:schemas-upnp-org:service:RenderingControl:1';

/** What a renderer says of itself to somebody who is not Hearth. */
export interface Truth {
  readonly state: string;
  readonly seconds: number;
  readonly uri: string;
}

/** A real renderer on a machine of the network, and a second control point that asks it for the truth. */
export abstract class TestRenderer {
  protected child: ChildProcess | undefined;
  readonly log: string[] = [];

  protected constructor(
    /** In what its manufacturer and model are called. */
    readonly model: string,
    protected readonly host: LanHost,
    protected readonly address: string,
    protected readonly folder: string,
  ) {}

  /** Starts it; resolves when its description can be had. */
  async boot(): Promise<void> {
    this.child = await this.launch();
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on('data', (text: Buffer) => this.log.push(text.toString()));
    await waitFor(() => this.answers(), `${this.model} to be there`, 90_000);
  }

  /** As when the plug is pulled: with all that it has started. */
  async kill(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    for (const pid of [...(await below(child.pid)), child.pid])
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has gone with its parent.
      }
    await ended;
  }

  async dispose(): Promise<void> {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
  }

  async truth(): Promise<Truth> {
    const [transport, position] = await Promise.all([
      this.ask('transport', AV_TRANSPORT, 'GetTransportInfo'),
      this.ask('transport', AV_TRANSPORT, 'GetPositionInfo'),
    ]);
    const [hours = 0, minutes = 0, seconds = 0] = (position['RelTime'] ?? '').split(':').map(Number);
    return {
      state: transport['CurrentTransportState'] ?? '',
      seconds: hours * 3600 + minutes * 60 + seconds,
      uri: position['TrackURI'] ?? '',
    };
  }

  /** In its own steps. */
  async volume(): Promise<number> {
    const answer = await this.ask('rendering', RENDERING_CONTROL, 'GetVolume', 'Channel=Master');
    return Number(answer['CurrentVolume']);
  }

  protected abstract launch(): Promise<ChildProcess>;
  protected abstract controlUrl(service: 'transport' | 'rendering'): string;
  /** Of anything that it serves once it is there. */
  protected abstract descriptionUrl(): string;

  private async answers(): Promise<boolean> {
    const script = `fetch(process.argv[1]).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))`;
    return (await this.host.run(process.execPath, ['-e', script, this.descriptionUrl()])).code === 0;
  }

  private async ask(
    service: 'transport' | 'rendering',
    type: string,
    action: string,
    ...args: string[]
  ): Promise<Record<string, string>> {
    const { stdout, stderr } = await this.host.run(process.execPath, [
      asker,
      this.controlUrl(service),
      type,
      action,
      ...args,
    ]);
    if (stdout.trim() === '') throw new Error(`${this.model} ${action}: ${stderr}`);
    return JSON.parse(stdout) as Record<string, string>;
  }
}

/** gmediarender 0.1 (libupnp, GStreamer). Its sinks keep time: a plain fake sink would play a film in a second. */
export class Gmediarender extends TestRenderer {
  static async on(host: LanHost, address: string): Promise<Gmediarender> {
    return new Gmediarender('gmediarender', host, address, await mkdtemp(join(tmpdir(), 'hearth-gmr-')));
  }

  protected launch(): Promise<ChildProcess> {
    const sink = 'fakesink sync=true';
    return Promise.resolve(
      this.host.spawn('gmediarender', [
        ...[
          '-f',
          'Test Gmediarender',
          '--uuid',
          '11111111-2222-3333-4444-555555555555',
          '-I',
          'eth0',
          '-p',
          '49494',
        ],
        ...[`--gstout-audiopipe=${sink}`, `--gstout-videopipe=${sink}`, '--logfile=stdout'],
      ]),
    );
  }

  protected descriptionUrl(): string {
    return `http://${this.address}:49494/description.xml`;
  }

  protected controlUrl(service: 'transport' | 'rendering'): string {
    const name = service === 'transport' ? 'rendertransport1' : 'rendercontrol1';
    return `http://${this.address}:49494/upnp/control/${name}`;
  }
}

/** Rygel 0.42's renderer (GUPnP, GStreamer's playbin): MediaRenderer:2. */
export class Rygel extends TestRenderer {
  static async on(host: LanHost, address: string): Promise<Rygel> {
    return new Rygel('Rygel', host, address, await mkdtemp(join(tmpdir(), 'hearth-rygel-')));
  }

  protected async launch(): Promise<ChildProcess> {
    const config = join(this.folder, 'rygel.conf');
    await mkdir(join(this.folder, 'run'), { recursive: true, mode: 0o700 });
    await writeFile(config, rygelConfig);
    const env = {
      HOME: this.folder,
      XDG_RUNTIME_DIR: join(this.folder, 'run'),
      // Sinks that keep time and show nothing; what there is otherwise (DirectFB) crashes without a screen.
      GST_PLUGIN_FEATURE_RANK: 'fakevideosink:MAX,fakeaudiosink:MAX',
    };
    const args = ['--', 'rygel', '-c', config, '-n', 'eth0', '-p', '8300'];
    return this.host.spawn('dbus-run-session', args, env);
  }

  protected descriptionUrl(): string {
    return `http://${this.address}:8300/xml/AVTransport2.xml`;
  }

  protected controlUrl(service: 'transport' | 'rendering'): string {
    return `http://${this.address}:8300/Control/Playbin/Rygel${service === 'transport' ? 'AVTransport' : 'RenderingControl'}`;
  }
}

const rygelConfig = `[general]
upnp-enabled=true
enable-transcoding=false
allow-upload=false
interface=eth0
port=8300
log-level=*:4
${['GstLaunch', 'Tracker', 'Tracker3', 'MediaExport', 'External', 'MPRIS', 'Ruih'].map((name) => `[${name}]\nenabled=false`).join('\n')}
[Playbin]
enabled=true
title=Test Rygel
`;

/** Every process below one (Linux). */
async function below(pid: number): Promise<number[]> {
  const found: number[] = [];
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '');
    const parent = Number(/^\d+ \(.*\) \S (\d+)/s.exec(stat)?.[1]);
    if (parent === pid) found.push(...(await below(Number(entry))), Number(entry));
  }
  return found;
}
