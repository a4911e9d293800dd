import type { ChildProcess } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LanHost } from '../../../support/lan.js';
import { TestRenderer, type Truth } from '../test-renderer.js';
import { PrivateUser } from './private-user.js';

const settings = Object.entries({
  'services.webserver': 'true',
  'services.webserverport': '8080',
  'services.webserverauthentication': 'false',
  'services.upnp': 'true',
  'services.upnprenderer': 'true',
  'services.upnpserver': 'false',
  'services.devicename': 'Test Kodi',
}).map(([id, value]) => `<setting id="${id}">${value}</setting>`);

/** Without a loudspeaker Kodi never begins to play. */
const command = `pulseaudio -n --exit-idle-time=-1 --daemonize=no -L module-native-protocol-unix -L module-null-sink &
Xvfb "$DISPLAY" -screen 0 640x360x24 -ac -nolisten tcp &
exec kodi --windowing=x11 --audio-backend=pulseaudio`;

const asker = `const [method, params] = process.argv.slice(2);
fetch(process.argv[1], { method: 'POST', headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: JSON.parse(params) }) })
  .then((answer) => answer.text()).then(console.log);`;

interface KodiTime {
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
}

/** Kodi as a renderer (Platinum); the truth about it comes over its own JSON-RPC, not over UPnP. */
export class KodiRenderer extends TestRenderer {
  private display = 100 + Math.floor(Math.random() * 50_000);

  static async on(host: LanHost, address: string): Promise<KodiRenderer> {
    const user = await PrivateUser.make();
    const kodi = new KodiRenderer('Kodi', host, address, user.home);
    await mkdir(join(user.home, '.kodi/userdata'), { recursive: true });
    await writeFile(
      join(user.home, '.kodi/userdata/guisettings.xml'),
      `<settings version="2">${settings.join('')}</settings>`,
    );
    kodi.user = user;
    return kodi;
  }

  private user: PrivateUser | undefined;

  override async truth(): Promise<Truth> {
    const [player] = await this.rpc<{ playerid: number }[]>('Player.GetActivePlayers');
    if (!player) return { state: 'STOPPED', seconds: 0, uri: '' };
    const { playerid } = player;
    const { time, speed } = await this.rpc<{ time: KodiTime; speed: number }>('Player.GetProperties', {
      playerid,
      properties: ['time', 'speed'],
    });
    const { item } = await this.rpc<{ item: { file?: string } }>('Player.GetItem', {
      playerid,
      properties: ['file'],
    });
    return {
      state: speed === 0 ? 'PAUSED_PLAYBACK' : 'PLAYING',
      seconds: time.hours * 3600 + time.minutes * 60 + time.seconds,
      uri: item.file ?? '',
    };
  }

  override async volume(): Promise<number> {
    return (await this.rpc<{ volume: number }>('Application.GetProperties', { properties: ['volume'] }))
      .volume;
  }

  protected launch(): Promise<ChildProcess> {
    if (!this.user) throw new Error('Kodi has no home');
    // A display of its own each time: a killed Xvfb leaves its lock.
    const environment = ['LIBGL_ALWAYS_SOFTWARE=1', `DISPLAY=:${this.display++}`];
    const [program, ...args] = [...this.user.entry, ...environment, 'sh', '-c', command];
    return Promise.resolve(this.host.spawn(program, args));
  }

  protected descriptionUrl(): string {
    return `http://${this.address}:8080/jsonrpc`;
  }

  protected controlUrl(): string {
    throw new Error('Kodi is asked over JSON-RPC');
  }

  private async rpc<T>(method: string, params: Readonly<Record<string, unknown>> = {}): Promise<T> {
    const args = ['-e', asker, this.descriptionUrl(), method, JSON.stringify(params)];
    const { stdout, stderr } = await this.host.run(process.execPath, args);
    const { result, error } = JSON.parse(stdout || '{}') as { result?: T; error?: unknown };
    if (result === undefined) throw new Error(`${method}: ${JSON.stringify(error)} ${stderr}`);
    return result;
  }
}
