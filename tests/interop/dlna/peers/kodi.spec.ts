import { readFile } from 'node:fs/promises';
import { accountRoutes } from '../../../../contract/src/account.js';
import { deviceRoutes } from '../../../../contract/src/device.js';
import { playbackRoutes } from '../../../../contract/src/playback.js';
import { titleRoutes } from '../../../../contract/src/title.js';
import { addLibrary } from '../../../support/app.js';
import type { Client } from '../../../support/client.js';
import { MediaFolder, srt } from '../../../support/media.js';
import { waitFor } from '../../../support/wait-for.js';
import { LanHearth } from '../lan-hearth.js';
import { clockClip } from './clock-clip.js';
import { playsH264Only } from './h264-only.js';
import { Kodi } from './kodi.js';
import { whyNoPeers } from './private-user.js';

interface Entry {
  readonly file: string;
  readonly label: string;
  readonly filetype: 'file' | 'directory';
}
interface Time {
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
}
interface Playing {
  readonly time: Time;
  readonly totaltime: Time;
  readonly speed: number;
}

const SECONDS = 100;
const seconds = ({ hours, minutes, seconds: rest }: Time): number => hours * 3600 + minutes * 60 + rest;

const missing = whyNoPeers();
if (missing) process.stderr.write(`Kodi is left out: ${missing}\n`);

(missing ? describe.skip : describe)(`Kodi${missing ? ` (left out: ${missing})` : ''}`, () => {
  let home: LanHearth;
  let folder: MediaFolder;
  let ada: Client;
  let kodi: Kodi;
  const entries: Entry[] = [];

  beforeAll(async () => {
    home = await LanHearth.start({ hearth: { eth0: '10.77.0.1' }, tv: { eth0: '10.77.0.2' } });
    folder = await MediaFolder.make();
    await clockClip(folder.path('Salt & Pepper (2019)/Salt & Pepper (2019).mp4'), SECONDS, 'libx264');
    await clockClip(folder.path('Subtitled (2020)/Subtitled (2020).mkv'), SECONDS, 'libx264');
    await folder.write('Subtitled (2020)/Subtitled (2020).en.srt', srt('First line', 'Second line'));
    await clockClip(folder.path('Old One (1999)/Old One (1999).avi'), SECONDS, 'mpeg4');
    ada = await home.hearth.setUp();
    await playsH264Only(ada, home.hearth.dataDirectory, 'kodi');
    await addLibrary(ada, 'movies', folder.root);
    kodi = await Kodi.start(home.host('tv'));
  }, 400_000);
  afterAll(async () => {
    await home.dispose();
    await kodi.dispose();
    await folder.remove();
  });

  const list = async (directory: string): Promise<readonly Entry[]> =>
    (await kodi.call<{ files?: readonly Entry[] }>('Files.GetDirectory', { directory, media: 'files' }))
      .files ?? [];

  test('finds the server by itself, and walks the whole tree', async () => {
    const server = await waitFor(
      async () => (await list('upnp://')).find(({ label }) => label === 'Lan Hearth'),
      'the server in Kodi’s list',
      60_000,
    );
    const open = [server.file];
    for (let directory = open.pop(); directory !== undefined; directory = open.pop())
      for (const entry of await list(directory)) {
        entries.push(entry);
        if (entry.filetype === 'directory') open.push(entry.file);
      }
    const titles = entries.filter(({ filetype }) => filetype === 'file').map(({ label }) => label);
    for (const title of ['Salt & Pepper', 'Subtitled', 'Old One'])
      expect(titles).toContainEqual(expect.stringContaining(title));
    const log = await readFile(kodi.logFile, 'utf8');
    const complaints = log
      .split('\n')
      .filter((line) => /(warning|error) <.*(upnp|didl|platinum)/i.test(line));
    expect(complaints).toEqual([]);
  }, 200_000);

  async function play(title: string): Promise<number> {
    const file = entries.find(({ label, filetype }) => filetype === 'file' && label.includes(title))?.file;
    await kodi.call('Player.Open', { item: { file } });
    const player = await waitFor(async () => (await players())[0], `${title} to play`, 60_000);
    return player.playerid;
  }

  const properties = (playerid: number): Promise<Playing> =>
    kodi.call<Playing>('Player.GetProperties', {
      playerid,
      properties: ['time', 'totaltime', 'speed'],
    });

  /** Waits until clock and picture are at or beyond a second, and compares the two. */
  async function sees(playerid: number, second: number): Promise<void> {
    await waitFor(
      async () => {
        const at = seconds((await properties(playerid)).time);
        return at >= second && at < second + 15;
      },
      `second ${second}`,
      90_000,
    );
    await waitFor(
      async () => {
        // To look at the screen takes a process, and on a busy machine the film goes on meanwhile.
        const before = seconds((await properties(playerid)).time);
        const shown = await kodi.secondOnScreen();
        const after = seconds((await properties(playerid)).time);
        return shown >= before - 3 && shown <= after + 1 && shown >= second - 1;
      },
      'picture and clock to agree',
      60_000,
    );
  }

  const players = (): Promise<{ playerid: number }[]> => kodi.call('Player.GetActivePlayers');
  const log = (): Promise<string> => readFile(kodi.logFile, 'utf8');

  afterEach(async () => {
    for (const { playerid } of await players()) await kodi.call('Player.Stop', { playerid });
    await waitFor(async () => (await players()).length === 0, 'Kodi to stop', 30_000);
  });

  test.each(['Salt & Pepper', 'Subtitled', 'Old One'])(
    'plays %s, and seeks to 60 % to the right picture',
    async (title) => {
      const player = await play(title);
      await sees(player, 3);
      const { totaltime } = await properties(player);
      expect(Math.abs(seconds(totaltime) - SECONDS)).toBeLessThanOrEqual(2);
      await kodi.call('Player.Seek', { playerid: player, value: { percentage: 60 } });
      await sees(player, SECONDS * 0.6 - 3);
    },
    300_000,
  );

  test('what lies beside a film is read as subtitles', async () => {
    await sees(await play('Subtitled'), 2);
    expect(await log()).toContain('Created subtitles parser: SubRip Subtitle Parser');
  }, 120_000);

  test('the old one was converted: its end is known, and other seconds were asked for', async () => {
    expect(await log()).toMatch(/CurlFile::Open - <http:\/\/10\.77\.0\.1:8097\/media\/c_[^>]*\.ts>/);
  });

  describe('whose eyes it sees with', () => {
    const client = { containers: ['mp4', 'matroska'], videoCodecs: ['h264'], audioCodecs: ['aac'] };
    let bob: Client;
    let titles: Map<string, string>;

    beforeAll(async () => {
      const { code = '' } = await ada.call(accountRoutes.invite, { role: 'member' });
      const account = { code, username: 'bob', password: 'correct horse' };
      const { accessToken } = await home.hearth.client.call(accountRoutes.acceptInvitation, account);
      bob = home.hearth.client.as(accessToken);
      const { items } = await ada.call(titleRoutes.list, {});
      titles = new Map(items.map(({ name, id }) => [name, id]));
      const me = await ada.call(accountRoutes.me);
      const { items: devices } = await ada.call(deviceRoutes.list);
      const device = devices.find(({ address }) => address === '10.77.0.2');
      await ada.call(deviceRoutes.update, {
        id: device?.id ?? '',
        viewer: { kind: 'person', accountId: me.id },
      });
    }, 60_000);

    /** Where a person would go on in the browser. */
    const resumesAt = async (person: Client, name: string): Promise<number> =>
      (await person.call(titleRoutes.detail, { id: titles.get(name) ?? '' })).upNext?.resumeSeconds ?? 0;

    test('what is half watched there goes on in the browser of the person it belongs to, and of nobody else', async () => {
      const player = await play('Salt & Pepper');
      await sees(player, 2);
      await kodi.call('Player.Seek', { playerid: player, value: { percentage: 50 } });
      await sees(player, SECONDS * 0.5 - 3);
      const stoppedAt = seconds((await properties(player)).time);
      await kodi.call('Player.Stop', { playerid: player });
      let resumed = 0;
      const isNear = async () => {
        resumed = await resumesAt(ada, 'Salt & Pepper');
        return Math.abs(resumed - stoppedAt) <= 15;
      };
      await waitFor(isNear, 'the position to be saved', 30_000).catch(() => undefined);
      expect(resumed).toBeGreaterThanOrEqual(stoppedAt - 15);
      expect(resumed).toBeLessThanOrEqual(stoppedAt + 15);
      expect(await resumesAt(bob, 'Salt & Pepper')).toBe(0);
    }, 240_000);

    test('what is half watched in the browser goes on there', async () => {
      const { sessionId } = await ada.call(playbackRoutes.start, {
        titleId: titles.get('Subtitled'),
        client,
      });
      await ada.call(playbackRoutes.progress, { sessionId, positionSeconds: 42, paused: true });
      await ada.call(playbackRoutes.stop, { sessionId });
      // A folder nobody has looked into since: Kodi keeps lists until an event says that they have changed.
      const { files } = await kodi.call<{ files: { label: string; resume?: { position: number } }[] }>(
        'Files.GetDirectory',
        {
          directory: `${entries[0]?.file.split('/').slice(0, 3).join('/')}/continue/`,
          media: 'video',
          properties: ['resume'],
        },
      );
      expect(files.find(({ label }) => label === 'Subtitled')?.resume?.position).toBeCloseTo(42, -1);
    }, 60_000);
  });
});
