import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LanHost } from '../../../support/lan.js';
import { LanDoor } from '../../../support/lan-door.js';
import { waitFor } from '../../../support/wait-for.js';
import { CLOCK_BITS, clockSecond } from './clock-clip.js';
import { PrivateUser } from './private-user.js';

const SETTINGS: Readonly<Record<string, string>> = {
  'services.webserver': 'true',
  'services.webserverport': '8080',
  'services.webserverauthentication': 'false',
  'services.upnp': 'true',
  'services.upnprenderer': 'true',
  'services.upnpserver': 'false',
  'services.esenabled': 'true',
  'services.esallinterfaces': 'true',
  'services.devicename': 'Lan Kodi',
};

/** Without a loudspeaker Kodi never begins to play; `--audio-backend=null` is none to it. */
const COMMAND = `pulseaudio -n --exit-idle-time=-1 --daemonize=no -L module-native-protocol-unix -L module-null-sink &
Xvfb "$DISPLAY" -screen 0 1280x720x24 -ac -nolisten tcp &
exec kodi --windowing=x11 --audio-backend=pulseaudio`;

/** A real Kodi without a head: player, control point and renderer. */
export class Kodi {
  private constructor(
    private readonly host: LanHost,
    private readonly door: LanDoor,
    private readonly user: PrivateUser,
    private readonly display: string,
  ) {}

  static async start(host: LanHost): Promise<Kodi> {
    const user = await PrivateUser.make();
    const userdata = join(user.home, '.kodi/userdata');
    await mkdir(userdata, { recursive: true });
    const settings = Object.entries(SETTINGS).map(([id, value]) => `<setting id="${id}">${value}</setting>`);
    await writeFile(
      join(userdata, 'guisettings.xml'),
      `<settings version="2">${settings.join('')}</settings>`,
    );
    // It tells of no position before the third minute: of our clips, which are shorter, before the fifth second.
    const video = '<video><ignoresecondsatstart>5</ignoresecondsatstart></video>';
    const advanced = `<advancedsettings version="1.0"><loglevel>1</loglevel>${video}</advancedsettings>`;
    await writeFile(join(userdata, 'advancedsettings.xml'), advanced);
    const display = `:${100 + Math.floor(Math.random() * 60_000)}`;
    const environment = ['LIBGL_ALWAYS_SOFTWARE=1', `DISPLAY=${display}`];
    const [program, ...args] = [...user.entry, ...environment, 'sh', '-c', COMMAND];
    const child = host.spawn(program, args);
    child.stdout?.resume();
    child.stderr?.resume();
    const kodi = new Kodi(host, await LanDoor.to(host, 8080), user, display);
    await waitFor(() => kodi.ping(), 'Kodi', 120_000);
    return kodi;
  }

  /** One JSON-RPC call. @throws Error with Kodi's words */
  async call<T>(method: string, params: Readonly<Record<string, unknown>> = {}): Promise<T> {
    const response = await fetch(`${this.door.url}/jsonrpc`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
      signal: AbortSignal.timeout(30_000),
    });
    const { result, error } = (await response.json()) as { result: T; error?: unknown };
    if (error !== undefined) throw new Error(`${method}: ${JSON.stringify(error)}`);
    return result;
  }

  /** The second that the film's picture tells (`clockPicture`), as it is on the screen now. */
  async secondOnScreen(): Promise<number> {
    const grab = ['-f', 'x11grab', '-video_size', '1280x720', '-i', this.display, '-frames:v', '1'];
    const small = ['-vf', `scale=${CLOCK_BITS}:9:flags=area`, '-pix_fmt', 'gray', '-f', 'rawvideo', 'pipe:'];
    return clockSecond(await this.host.output('ffmpeg', ['-v', 'error', ...grab, ...small]));
  }

  /** The log so far, in `.kodi/temp/kodi.log`. */
  get logFile(): string {
    return join(this.user.home, '.kodi/temp/kodi.log');
  }

  /** Forgets its home; the process ends with its host. */
  async dispose(): Promise<void> {
    await this.door.close();
    await this.user.remove();
  }

  private ping(): Promise<boolean> {
    return this.call<string>('JSONRPC.Ping').then(
      (word) => word === 'pong',
      () => false,
    );
  }
}
