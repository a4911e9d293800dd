import { deviceRoutes } from '../../../../contract/src/device.js';
import { rendererRoutes } from '../../../../contract/src/renderer.js';
import { titleRoutes } from '../../../../contract/src/title.js';
import { type TorrentDetails, torrentRoutes } from '../../../../contract/src/torrent.js';
import type { Client } from '../../../support/client.js';
import { MediaFolder } from '../../../support/media.js';
import { startSwarm, type Swarm } from '../../../support/swarm.js';
import { engineOf, quietTorrents, torrentEnvironment, torrentThat } from '../../../support/torrent-hearth.js';
import { waitFor } from '../../../support/wait-for.js';
import { LanHearth } from '../lan-hearth.js';
import { Gmediarender } from '../test-renderer.js';
import { tolerance, WatchedScreen } from '../watched-screen.js';
import { whyNoPeers } from './private-user.js';

const RENDERER = '10.77.0.11';
const SEEDER = '10.77.0.3';
const seconds = 300;
const bitrate = 800_000;
/** Bytes a second: faster than it plays, and whole only long after the last look here. */
const uploadLimit = (bitrate / 8) * 1.6;
/** The engine rests a minute after the last reader has left. */
const restMs = 120_000;
const missing = whyNoPeers();

(missing ? describe.skip : describe)(
  `Play To of a torrent that is still coming${missing ? ` (left out: ${missing})` : ''}`,
  () => {
    let media: MediaFolder;
    let home: LanHearth;
    let swarm: Swarm;
    let ada: Client;
    let mia: Client;
    let renderer: Gmediarender;
    let screen: WatchedScreen;
    let titleId: string;

    beforeAll(async () => {
      media = await MediaFolder.make();
      const film = await media.film('Meadow.2019.mkv', { seconds, bitrate, size: '320x180', group: 20 });
      home = await LanHearth.start(
        { hearth: { eth0: '10.77.0.1' }, gmediarender: { eth0: RENDERER }, seeder: { eth0: SEEDER } },
        { env: torrentEnvironment },
      );
      ada = await home.hearth.setUp();
      mia = await home.hearth.admit(ada);
      await quietTorrents(ada);
      const host = { entry: home.host('seeder').entry, address: SEEDER };
      swarm = await startSwarm({ files: [{ name: 'Meadow.2019.mkv', from: film }], host, uploadLimit });
      titleId = `torrent-${swarm.infoHash}`;
      renderer = await Gmediarender.on(home.host('gmediarender'), RENDERER);
      await renderer.boot();
      screen = await WatchedScreen.find(renderer, ada);
    }, 180_000);
    afterAll(async () => {
      await renderer.dispose();
      await swarm.close();
      await home.dispose();
      await media.remove();
    });

    const torrent = (): Promise<TorrentDetails> => ada.call(torrentRoutes.info, { hash: swarm.infoHash });
    const mustBePartial = async (): Promise<void> => {
      const { haveBytes, size } = await torrent();
      expect(haveBytes).toBeLessThan(size ?? 0);
    };
    const resumeOf = async (who: Client): Promise<number> =>
      (await who.call(titleRoutes.detail, { id: titleId })).state?.positionSeconds ?? 0;
    const play = (positionSeconds?: number): Promise<unknown> =>
      ada.call(rendererRoutes.play, {
        id: screen.id,
        items: [{ titleId }],
        ...(positionSeconds !== undefined && { positionSeconds }),
      });
    const control = (action: 'pause' | 'resume' | 'stop'): Promise<unknown> =>
      ada.call(rendererRoutes.control, { id: screen.id, action });
    const stopped = (): Promise<unknown> =>
      waitFor(
        async () => ['STOPPED', 'NO_MEDIA_PRESENT'].includes((await renderer.truth()).state),
        'it to be still',
      );

    test('it plays as it is, while only a part of it is here', async () => {
      await ada.call(torrentRoutes.add, { magnet: swarm.magnet });
      await torrentThat(ada, swarm.infoHash, 'is known', ({ playFileId }) => playFileId !== null);
      await play(0);
      const now = await screen.until(
        (one) => one.state === 'playing' && one.positionSeconds >= 3,
        'it to play',
        60_000,
      );
      expect(now).toMatchObject({
        ...{ item: { titleId }, canSeek: true, problem: null },
        durationSeconds: expect.closeTo(seconds, 0),
      });
      await screen.untilTrue();
      await mustBePartial();
      expect((await torrent()).readers).not.toEqual([]);
    }, 120_000);

    test('it is sought in, to where nothing was', async () => {
      await ada.call(rendererRoutes.seek, { id: screen.id, positionSeconds: 240 });
      await screen.until(
        ({ positionSeconds }) => positionSeconds >= 243,
        'it to come forward from there',
        60_000,
      );
      await screen.untilTrue();
      await ada.call(rendererRoutes.seek, { id: screen.id, positionSeconds: 120 });
      await screen.until(
        ({ state, positionSeconds }) =>
          state === 'playing' && positionSeconds >= 123 && positionSeconds < 200,
        'it to come forward from there',
        60_000,
      );
      await screen.untilTrue();
      await mustBePartial();
    }, 180_000);

    test('it pauses and goes on', async () => {
      await control('pause');
      const { positionSeconds } = await screen.until(({ state }) => state === 'paused', 'the pause');
      await control('resume');
      await screen.until(
        (one) => one.state === 'playing' && one.positionSeconds > positionSeconds,
        'it to go on',
      );
    }, 60_000);

    test('where it is, is remembered for who sent it; it goes on from there', async () => {
      const { positionSeconds } = await screen.state();
      await control('stop');
      await stopped();
      const resume = await waitFor(async () => (await resumeOf(ada)) || undefined, 'its position');
      expect(Math.abs(resume - positionSeconds)).toBeLessThanOrEqual(15);
      expect((await mia.refused(titleRoutes.detail, { id: titleId })).status).toBe(404);
      await play();
      await screen.until(
        (one) => one.state === 'playing' && one.positionSeconds >= resume + 1,
        'it to go on there',
        60_000,
      );
      await screen.untilTrue();
      await mustBePartial();
    }, 120_000);

    test('what the screen does not play is converted while it comes', async () => {
      await control('stop');
      const { items } = await ada.call(deviceRoutes.list, {});
      const device = items.find(({ rendererId }) => rendererId === screen.id);
      if (!device) throw new Error('It did not fetch anything');
      // No Matroska there.
      await ada.call(deviceRoutes.update, { id: device.id, profileId: 'vizio' });
      try {
        await play(60);
        await screen.until(
          (one) => one.state === 'playing' && one.positionSeconds >= 63,
          'it to play',
          60_000,
        );
        await screen.untilTrue(tolerance + 2, 60);
        await ada.call(rendererRoutes.seek, { id: screen.id, positionSeconds: 200 });
        await screen.until(
          (one) => one.state === 'playing' && one.positionSeconds >= 203,
          'it to go on from there',
          60_000,
        );
        // The bytes begin at the key frame before second 200: they lie two seconds apart.
        await screen.untilTrue(tolerance + 2, 200);
        await mustBePartial();
      } finally {
        await ada.call(deviceRoutes.update, { id: device.id, profileId: null });
      }
    }, 180_000);

    test('stopped, nobody reads it any more, nothing more is fetched, and the engine goes to rest', async () => {
      await control('stop');
      expect(await screen.state()).toMatchObject({ state: 'idle', item: null, accountId: null });
      await stopped();
      const { haveBytes } = await torrentThat(
        ada,
        swarm.infoHash,
        'nobody reads',
        ({ readers, downloadSpeed }) => readers.length === 0 && downloadSpeed === 0,
        30_000,
      );
      const { pid } = home.hearth;
      expect(engineOf(pid)).toBeDefined();
      await waitFor(() => engineOf(pid) === undefined, 'the engine to rest', restMs);
      expect((await torrent()).haveBytes).toBe(haveBytes);
    }, 180_000);
  },
);
