import { execFile } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { addLibrary } from '../../../support/app.js';
import { LanDoor } from '../../../support/lan-door.js';
import { MediaFolder } from '../../../support/media.js';
import { waitFor } from '../../../support/wait-for.js';
import { LanHearth } from '../lan-hearth.js';
import { CLOCK_BITS, clockClip, clockSecond } from './clock-clip.js';
import { playsH264Only } from './h264-only.js';
import { PrivateUser, whyNoPeers } from './private-user.js';

const SECONDS = 200;
const ADDRESS = `upnp://10.77.0.1:8097/ContentDirectory/control?ObjectID=${encodeURIComponent('movies$all')}`;

const missing = whyNoPeers();
if (missing) process.stderr.write(`VLC is left out: ${missing}\n`);

(missing ? describe.skip : describe)(
  `VLC plays what is converted for it${missing ? ` (left out: ${missing})` : ''}`,
  () => {
    let home: LanHearth;
    let folder: MediaFolder;
    let user: PrivateUser;

    beforeAll(async () => {
      home = await LanHearth.start({ hearth: { eth0: '10.77.0.1' }, tv: { eth0: '10.77.0.2' } });
      folder = await MediaFolder.make();
      await clockClip(folder.path('Old One (1999)/Old One (1999).avi'), SECONDS, 'mpeg4');
      const ada = await home.hearth.setUp();
      await playsH264Only(ada, home.hearth.dataDirectory, 'vlc');
      await addLibrary(ada, 'movies', folder.root);
      user = await PrivateUser.make();
    }, 200_000);
    afterAll(async () => {
      await home.dispose();
      await Promise.all([user.remove(), folder.remove()]);
    });

    test('plays, and seeks forth and back to the right pictures', async () => {
      const pictures = join(user.home, 'pictures');
      await mkdir(pictures);
      const scenes = ['--video-filter', 'scene', '--scene-path', pictures, '--scene-ratio', '5'];
      const dummies = ['--vout', 'dummy', '--aout', 'dummy', '--miface', 'eth0'];
      const control = [
        '-I',
        'http',
        '--http-host',
        '0.0.0.0',
        '--http-port',
        '8081',
        '--http-password',
        'vlc',
      ];
      const [program, ...args] = [...user.entry, 'vlc', ...control, ...dummies, ...scenes, ADDRESS];
      const vlc = home.host('tv').spawn(program, args);
      vlc.stdout?.resume();
      vlc.stderr?.resume();
      const shows = async (from: number): Promise<void> => {
        // The last may not be written yet.
        const latest = async (): Promise<number> => {
          const name = (await readdir(pictures)).toSorted().at(-2);
          return name === undefined ? -1 : secondOf(join(pictures, name)).catch(() => -1);
        };
        const near = async (): Promise<boolean> => {
          const second = await latest();
          return second >= from - 2 && second <= from + 6;
        };
        await waitFor(near, `second ${from}`, 40_000);
        const begun = await latest();
        const since = performance.now();
        await waitFor(async () => (await latest()) >= begun + 3, 'it to go on', 20_000);
        // A second a second, however long it takes to look.
        const now = await latest();
        expect(now).toBeLessThan(begun + 8 + (performance.now() - since) / 1000);
      };
      await shows(1);
      // As its slider does: it never asks how long a film is that comes over HTTP.
      const door = await LanDoor.to(home.host('tv'), 8081);
      const authorization = `Basic ${Buffer.from(':vlc').toString('base64')}`;
      try {
        for (const percent of [60, 20]) {
          const address = `${door.url}/requests/status.json?command=seek&val=${percent}%25`;
          expect((await fetch(address, { headers: { authorization } })).status).toBe(200);
          await shows((SECONDS * percent) / 100);
        }
      } finally {
        vlc.kill();
        await door.close();
      }
    }, 150_000);
  },
);

async function secondOf(picture: string): Promise<number> {
  const small = ['-vf', `scale=${CLOCK_BITS}:9:flags=area`, '-pix_fmt', 'gray', '-f', 'rawvideo', 'pipe:'];
  const args = ['-v', 'error', '-i', picture, ...small];
  const { stdout } = await promisify(execFile)('ffmpeg', args, { encoding: 'buffer' });
  return clockSecond(stdout);
}
