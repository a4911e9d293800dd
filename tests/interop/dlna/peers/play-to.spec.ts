import { accountRoutes } from '../../../../contract/src/account.js';
import { deviceRoutes } from '../../../../contract/src/device.js';
import { musicRoutes } from '../../../../contract/src/music.js';
import { type Renderer, rendererRoutes } from '../../../../contract/src/renderer.js';
import { titleRoutes } from '../../../../contract/src/title.js';
import type { Client } from '../../../support/client.js';
import type { LanPlan } from '../../../support/lan.js';
import { MediaFolder } from '../../../support/media.js';
import { song } from '../../../support/songs.js';
import { addLibrary, titleNamed } from '../../../support/scanned.js';
import { waitFor } from '../../../support/wait-for.js';
import { LanHearth } from '../lan-hearth.js';
import { Gmediarender, Rygel, type TestRenderer } from '../test-renderer.js';
import { tolerance, WatchedScreen } from '../watched-screen.js';
import { KodiRenderer } from './kodi-renderer.js';
import { whyNoPeers } from './private-user.js';

const plan: LanPlan = {
  hearth: { eth0: '10.77.0.1' },
  gmediarender: { eth0: '10.77.0.11' },
  rygel: { eth0: '10.77.0.12' },
  kodi: { eth0: '10.77.0.13' },
};

const missing = whyNoPeers();

(missing ? describe.skip : describe)(`Play To${missing ? ` (left out: ${missing})` : ''}`, () => {
  let home: LanHearth;
  let media: MediaFolder;
  let ada: Client;
  let mia: Client;
  let film: string;
  let sequel: string;
  let reel: string;
  let tracks: string[];

  beforeAll(async () => {
    media = await MediaFolder.make();
    await media.film('films/Long Film (2019).mp4', { seconds: 200, group: 20 });
    await media.film('films/Zwölf & Sieben (2020).mkv', { seconds: 40, group: 20 });
    await media.film('films/Reel (2001).mkv', { seconds: 120, group: 20 });
    for (const [index, title] of ['First', 'Second'].entries())
      await song(
        media.path(`music/${title}.mp3`),
        { title, album: 'Record', artist: 'Band', track: `${index + 1}` },
        { seconds: index === 0 ? 12 : 30 },
      );
    home = await LanHearth.start(plan);
    ada = await home.hearth.setUp();
    const login = { username: 'mia', password: 'long enough' };
    await ada.call(accountRoutes.createUser, { ...login, role: 'member' });
    mia = home.hearth.client.as((await home.hearth.client.call(accountRoutes.login, login)).accessToken);
    await addLibrary(ada, 'movies', media.path('films'));
    film = (await titleNamed(ada, 'Long Film')).id;
    sequel = (await titleNamed(ada, 'Zwölf & Sieben')).id;
    reel = (await titleNamed(ada, 'Reel')).id;
    await addLibrary(ada, 'music', media.path('music'));
    const [record] = (await ada.call(musicRoutes.albums, {})).items;
    if (!record) throw new Error('The record was not found');
    tracks = (await ada.call(musicRoutes.album, { id: record.id })).tracks.map(({ id }) => id);
  }, 180_000);

  afterAll(async () => {
    await home.dispose();
    await media.remove();
  });

  describe.each([
    ['gmediarender', () => Gmediarender.on(home.host('gmediarender'), '10.77.0.11')],
    ['Rygel', () => Rygel.on(home.host('rygel'), '10.77.0.12')],
    ['Kodi', () => KodiRenderer.on(home.host('kodi'), '10.77.0.13')],
  ] as const)('on %s', (_name, make) => {
    let renderer: TestRenderer;
    let screen: WatchedScreen;
    let id: string;

    beforeAll(async () => {
      renderer = await make();
      await renderer.boot();
      screen = await WatchedScreen.find(renderer, mia);
      ({ id } = screen);
    }, 180_000);
    afterAll(() => renderer.dispose());

    const state = (): Promise<Renderer> => screen.state();
    const until: WatchedScreen['until'] = (...wanted) => screen.until(...wanted);
    const untilTrue: WatchedScreen['untilTrue'] = (...slack) => screen.untilTrue(...slack);
    const play = (body: { positionSeconds?: number } = {}): Promise<Renderer> =>
      ada.call(rendererRoutes.play, { id, items: [{ titleId: film }, { titleId: sequel }], ...body });

    test('plays from where it is told, and the position is the true one', async () => {
      await play({ positionSeconds: 60 });
      const now = await until(({ state: phase }) => phase === 'playing', 'it to play');
      expect(now).toMatchObject({
        item: { titleId: film },
        durationSeconds: expect.closeTo(200, 0),
        queue: [{ name: expect.stringContaining('Zwölf & Sieben') }],
      });
      expect(now.accountId).not.toBeNull();
      await until(({ positionSeconds }) => positionSeconds >= 63, 'it to come forward');
      for (let look = 0; look < 3; look++) {
        // Asking takes a process; on a busy machine the film goes on meanwhile.
        const before = await state();
        const truth = await renderer.truth();
        const after = await state();
        expect(truth.state).toBe('PLAYING');
        expect(truth.seconds).toBeGreaterThanOrEqual(before.positionSeconds - tolerance);
        expect(truth.seconds).toBeLessThanOrEqual(after.positionSeconds + tolerance);
      }
    });

    test('pauses, and goes on', async () => {
      await ada.call(rendererRoutes.control, { id, action: 'pause' });
      await until(({ state: phase }) => phase === 'paused', 'the pause');
      expect((await renderer.truth()).state).toBe('PAUSED_PLAYBACK');
      const { positionSeconds } = await state();
      await ada.call(rendererRoutes.control, { id, action: 'resume' });
      await until((now) => now.state === 'playing' && now.positionSeconds > positionSeconds, 'it to go on');
      expect((await renderer.truth()).state).toBe('PLAYING');
    });

    test('seeks', async () => {
      await ada.call(rendererRoutes.seek, { id, positionSeconds: 120 });
      await until(({ positionSeconds }) => positionSeconds >= 123, 'it to come forward from there');
      await untilTrue();
    });

    test('sets the volume', async () => {
      await ada.call(rendererRoutes.volume, { id, volume: 37 });
      expect(await renderer.volume()).toBe(37);
      expect((await state()).volume).toBe(37);
    });

    test('is resumed by the one who sent it and by nobody else', async () => {
      const resume = async (who: Client): Promise<number> =>
        (await who.call(titleRoutes.detail, { id: film })).state?.positionSeconds ?? 0;
      await waitFor(
        async () => Math.abs((await resume(ada)) - (await state()).positionSeconds) <= 15,
        'its position',
      );
      expect(await resume(mia)).toBe(0);
    });

    test('goes to the next and back', async () => {
      await ada.call(rendererRoutes.control, { id, action: 'next' });
      const now = await until(
        (one) => one.state === 'playing' && one.item?.titleId === sequel,
        'the next one',
      );
      expect(now.queue).toEqual([]);
      await waitFor(async () => (await renderer.truth()).state === 'PLAYING', 'it to play the next one');
      await ada.call(rendererRoutes.control, { id, action: 'previous' });
      await until((one) => one.state === 'playing' && one.item?.titleId === film, 'the one before');
    });

    test('goes on to the next by itself', async () => {
      await ada.call(rendererRoutes.seek, { id, positionSeconds: 194 });
      await until((one) => one.state === 'playing' && one.item?.titleId === sequel, 'the next one', 60_000);
      await waitFor(async () => (await renderer.truth()).seconds >= 1, 'it to play the next one');
    });

    test('killed in mid-play it is reported, and plays on when it is back', async () => {
      await play({ positionSeconds: 100 });
      await until((one) => one.state === 'playing' && one.positionSeconds >= 103, 'it to play');
      await renderer.kill();
      const lost = await until(({ state: phase }) => phase === 'lost', 'the loss to be told');
      expect(lost.problem).toBe('it does not answer.');
      await renderer.boot();
      const back = await until(
        (one) => one.state === 'playing' && one.positionSeconds >= 102,
        'it to play again',
        60_000,
      );
      expect(back.item).toMatchObject({ titleId: film });
      await waitFor(async () => (await renderer.truth()).seconds >= 98, 'it to be there', 20_000);
    });

    test('stops', async () => {
      await ada.call(rendererRoutes.control, { id, action: 'stop' });
      expect(await state()).toMatchObject({ state: 'idle', item: null, accountId: null });
      await waitFor(
        async () => ['STOPPED', 'NO_MEDIA_PRESENT'].includes((await renderer.truth()).state),
        'it to be still',
      );
    });

    test('a record plays without a gap, track after track', async () => {
      await ada.call(rendererRoutes.play, {
        id,
        items: tracks.map((trackId) => ({ trackId })),
        positionSeconds: 0,
      });
      await until((one) => one.state === 'playing' && one.item?.name.includes('First') === true, 'the first');
      const now = await until((one) => one.item?.name.includes('Second') === true, 'the second', 60_000);
      expect(now).toMatchObject({ queue: [], durationSeconds: expect.closeTo(30, 0) });
      await until(({ positionSeconds }) => positionSeconds >= 2, 'it to come forward');
      // gmediarender says the end of the first one for a second after it has begun the second.
      await untilTrue();
      await until((one) => one.state === 'idle', 'the end', 60_000);
    });

    test('what it does not play is converted, and sought in all the same', async () => {
      const { items } = await ada.call(deviceRoutes.list, {});
      const device = items.find(({ rendererId }) => rendererId === id);
      if (!device) throw new Error('It did not fetch anything');
      // No Matroska there.
      await ada.call(deviceRoutes.update, { id: device.id, profileId: 'vizio' });
      try {
        await ada.call(rendererRoutes.play, { id, items: [{ titleId: reel }], positionSeconds: 40 });
        const now = await until((one) => one.state === 'playing' && one.positionSeconds >= 43, 'it to play');
        expect(now).toMatchObject({ canSeek: true, durationSeconds: expect.closeTo(120, 0) });
        expect(now.positionSeconds).toBeLessThan(60);
        const before = await renderer.truth();
        await ada.call(rendererRoutes.seek, { id, positionSeconds: 90 });
        await until((one) => one.state === 'playing' && one.positionSeconds >= 93, 'it to go on from there');
        // The bytes begin at the key frame before second 90: they lie two seconds apart.
        const truth = await untilTrue(tolerance + 2, 90);
        expect(truth.uri).not.toBe(before.uri);
      } finally {
        await ada.call(deviceRoutes.update, { id: device.id, profileId: null });
        await ada.call(rendererRoutes.control, { id, action: 'stop' });
      }
    });

    test('an administrator shuts it out', async () => {
      const device = (await ada.call(deviceRoutes.list, {})).items.find(
        ({ rendererId }) => rendererId === id,
      );
      if (!device) throw new Error('It did not fetch anything');
      await ada.call(deviceRoutes.update, { id: device.id, access: 'denied' });
      const refusal = await mia.refused(rendererRoutes.play, { id, items: [{ titleId: film }] });
      expect(refusal).toMatchObject({ status: 409, problem: { code: 'RENDERER_REFUSED' } });
      await ada.call(deviceRoutes.update, { id: device.id, access: 'allowed' });
    });

    test('gone without a word, it is said not to answer', async () => {
      await renderer.kill();
      const refusal = await mia.refused(rendererRoutes.play, { id, items: [{ titleId: film }] });
      expect(refusal).toMatchObject({ status: 409, problem: { code: 'RENDERER_UNAVAILABLE' } });
      expect(await state()).toMatchObject({ state: 'stopped', problem: 'it does not answer.' });
    });
  });

  test('a screen that nobody knows is not found', async () => {
    const { status } = await ada.refused(rendererRoutes.play, { id: 'nobody', items: [{ titleId: film }] });
    expect(status).toBe(404);
  });
});
