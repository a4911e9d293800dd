import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { accountRoutes } from '../../../../contract/src/account.js';
import { deviceRoutes } from '../../../../contract/src/device.js';
import { titleRoutes } from '../../../../contract/src/title.js';
import { addLibrary } from '../../../support/app.js';
import type { Client } from '../../../support/client.js';
import { MediaFolder } from '../../../support/media.js';
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
}

const SECONDS = 200;
const seconds = ({ hours, minutes, seconds: rest }: Time): number => hours * 3600 + minutes * 60 + rest;
const ffmpeg = process.env['FFMPEG_PATH'] || 'ffmpeg';

/** HEVC in Matroska and MPEG-4 in AVI: nothing that the household's Kodi may play. */
async function films(folder: MediaFolder): Promise<void> {
  await clockClip(folder.path('Old One (1999)/Old One (1999).avi'), SECONDS, 'mpeg4');
  const path = folder.path('New One (2021)/New One (2021).mkv');
  await mkdir(folder.path('New One (2021)'), { recursive: true });
  const hevc = ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=none', '-c:a', 'copy'];
  const source = folder.path('Old One (1999)/Old One (1999).avi');
  await promisify(execFile)(ffmpeg, ['-v', 'error', '-y', '-nostdin', '-i', source, ...hevc, path]);
}

const missing = whyNoPeers();
if (missing) process.stderr.write(`Kodi is left out: ${missing}\n`);

(missing ? describe.skip : describe)(
  `Kodi plays what is converted for it${missing ? ` (left out: ${missing})` : ''}`,
  () => {
    let home: LanHearth;
    let folder: MediaFolder;
    let tools: MediaFolder;
    let ada: Client;
    let kodi: Kodi;

    beforeAll(async () => {
      tools = await MediaFolder.make();
      await tools.write('ffmpeg', `#!/bin/sh\necho "$*" >>${tools.path('runs.txt')}\nexec ${ffmpeg} "$@"\n`);
      await chmod(tools.path('ffmpeg'), 0o755);
      home = await LanHearth.start(
        { hearth: { eth0: '10.77.0.1' }, tv: { eth0: '10.77.0.2' } },
        { env: { FFMPEG_PATH: tools.path('ffmpeg') } },
      );
      folder = await MediaFolder.make();
      await films(folder);
      ada = await home.hearth.setUp();
      await playsH264Only(ada, home.hearth.dataDirectory, 'kodi');
      await addLibrary(ada, 'movies', folder.root);
      kodi = await Kodi.start(home.host('tv'));
    }, 400_000);
    afterAll(async () => {
      await home.dispose();
      await kodi.dispose();
      await Promise.all([folder.remove(), tools.remove()]);
    });

    /** Seconds from which pictures were encoded since the last question. */
    async function encoderStarts(): Promise<number[]> {
      const runs = await readFile(tools.path('runs.txt'), 'utf8').catch(() => '');
      await rm(tools.path('runs.txt'), { force: true });
      const streams = runs.split('\n').filter((line) => line.includes('-muxrate'));
      return streams.map((line) => Number(/-output_ts_offset ([\d.]+)/.exec(line)?.[1]) - 1);
    }

    const list = async (directory: string): Promise<readonly Entry[]> =>
      (await kodi.call<{ files?: readonly Entry[] }>('Files.GetDirectory', { directory, media: 'files' }))
        .files ?? [];
    const players = (): Promise<{ playerid: number }[]> => kodi.call('Player.GetActivePlayers');
    const playing = (playerid: number): Promise<Playing> =>
      kodi.call<Playing>('Player.GetProperties', { playerid, properties: ['time', 'totaltime'] });

    async function play(title: string): Promise<number> {
      const server = await waitFor(
        async () => (await list('upnp://')).find(({ label }) => label === 'Lan Hearth'),
        'the server in Kodi’s list',
        60_000,
      );
      const all = await list(`${server.file.split('/').slice(0, 3).join('/')}/movies$all/`);
      const file = all.find(({ label }) => label.includes(title))?.file;
      await kodi.call('Player.Open', { item: { file } });
      return (await waitFor(async () => (await players())[0], `${title} to play`, 60_000)).playerid;
    }

    /** Waits until clock and picture are beyond a second, and agree. */
    async function sees(playerid: number, second: number): Promise<void> {
      await waitFor(
        async () => {
          const before = seconds((await playing(playerid)).time);
          const shown = await kodi.secondOnScreen();
          return before >= second && before < second + 30 && Math.abs(before - shown) <= 2;
        },
        `clock and picture at second ${second}`,
        90_000,
      );
    }

    async function stop(): Promise<void> {
      for (const { playerid } of await players()) await kodi.call('Player.Stop', { playerid });
      await waitFor(async () => (await players()).length === 0, 'Kodi to stop', 30_000);
    }
    afterEach(stop);

    test.each(['New One', 'Old One'])(
      '%s: seeks to 60 % and back, to the right pictures, without an encoder for every look into the file',
      async (title) => {
        await encoderStarts();
        const player = await play(title);
        await sees(player, 3);
        // The beginning, and the end, which tells how long it is; once more where Kodi asks anew before it hangs up.
        const [first, second, ...more] = await encoderStarts();
        expect([first, second]).toEqual([expect.closeTo(0, 1), expect.closeTo(SECONDS - 2, 1)]);
        expect(more.length).toBeLessThanOrEqual(1);
        expect(Math.abs(seconds((await playing(player)).totaltime) - SECONDS)).toBeLessThanOrEqual(2);
        await kodi.call('Player.Seek', { playerid: player, value: { percentage: 60 } });
        await sees(player, SECONDS * 0.6 - 3);
        expect((await encoderStarts()).length).toBeLessThanOrEqual(3);
        await kodi.call('Player.Seek', { playerid: player, value: { percentage: 20 } });
        await sees(player, SECONDS * 0.2 - 3);
        expect((await encoderStarts()).length).toBeLessThanOrEqual(3);
      },
      300_000,
    );

    test('half watched, it goes on in the browser of the person it belongs to, and of nobody else', async () => {
      const { code = '' } = await ada.call(accountRoutes.invite, { role: 'member' });
      const { accessToken } = await home.hearth.client.call(accountRoutes.acceptInvitation, {
        ...{ code, username: 'bob', password: 'correct horse' },
      });
      const bob = home.hearth.client.as(accessToken);
      const { items } = await ada.call(deviceRoutes.list);
      const device = items.find(({ address }) => address === '10.77.0.2');
      const accountId = (await ada.call(accountRoutes.me)).id;
      await ada.call(deviceRoutes.update, { id: device?.id ?? '', viewer: { kind: 'person', accountId } });
      const { items: titles } = await ada.call(titleRoutes.list, {});
      const id = titles.find(({ name }) => name === 'New One')?.id ?? '';

      const player = await play('New One');
      await sees(player, 2);
      await kodi.call('Player.Seek', { playerid: player, value: { percentage: 50 } });
      await sees(player, SECONDS * 0.5 + 8);
      const stoppedAt = seconds((await playing(player)).time);
      await stop();
      const { positionSeconds } = await waitFor(
        async () => {
          const { state } = await ada.call(titleRoutes.detail, { id });
          return state !== null && state.positionSeconds > SECONDS * 0.4 && state;
        },
        'the position',
        60_000,
      );
      expect(Math.abs(positionSeconds - stoppedAt)).toBeLessThanOrEqual(15);
      expect((await bob.call(titleRoutes.detail, { id })).state).toBeNull();
    }, 300_000);
  },
);
