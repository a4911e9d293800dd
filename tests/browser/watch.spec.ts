import type { Page } from 'playwright-core';
import stremio from 'stremio-addon-client';
import { z } from 'zod';
import { accountRoutes } from '../../contract/src/account.js';
import { addonRoutes } from '../../contract/src/addon.js';
import { playbackRoutes } from '../../contract/src/playback.js';
import { titleRoutes } from '../../contract/src/title.js';
import { addLibrary, signIn } from '../support/app.js';
import { browserForFile } from '../support/browser.js';
import type { Client } from '../support/client.js';
import { embeddedLine, episodeSeconds, externalLine, filmSeconds, srt } from '../support/clips.js';
import { Hearth } from '../support/hearth.js';
import { MediaFolder } from '../support/media-folder.js';
import { currentTime, picture, playsPast } from '../support/picture.js';
import { waitFor } from '../support/wait-for.js';

const password = 'correct horse';

describe('watching', () => {
  const browser = browserForFile();
  let hearth: Hearth;
  let media: MediaFolder;
  let ada: Client;
  let page: Page;

  beforeAll(async () => {
    media = await MediaFolder.make();
    const film = await media.film('Long Crossing', { year: 2020, genres: ['Drama'], plot: 'A sea, a boat.' });
    await media.text(
      film.slice(media.path.length + 1).replace(/mp4$/, 'fr.srt'),
      srt(filmSeconds, (second) => externalLine('French', second)),
    );
    await media.series('Night Shift', 2018, [2, 1]);
    hearth = await Hearth.start();
    ada = await hearth.setUp('Ada', password);
    await ada.call(accountRoutes.createUser, { username: 'Ben', password, role: 'member' });
    await addLibrary(ada, 'mixed', media.path);
    ({ page } = await browser.visitor(hearth.client.baseUrl));
    await signIn(page, 'Ada', password);
  }, 180_000);
  afterAll(async () => {
    await hearth.dispose();
    await media.remove();
  });

  const idOf = async (name: string): Promise<string> => {
    const { items } = await ada.call(titleRoutes.list, {});
    const title = items.find((one) => one.name === name);
    if (!title) throw new Error(`no title is called ${name}`);
    return title.id;
  };
  const seekBar = () => page.getByRole('slider', { name: 'Position' });
  /** Keys go to the picture, as after a click on it. */
  const press = async (key: string): Promise<void> => {
    await page.locator('main.stage').focus();
    await page.keyboard.press(key);
  };
  const isPaused = () => page.locator('video').evaluate((video: HTMLVideoElement) => video.paused);
  const pausedIs = (wanted: boolean) =>
    waitFor(async () => (await isPaused()) === wanted, `paused = ${wanted}`);

  browser.test('a film is opened from home and plays: the clock runs, the picture is alive', async () => {
    await page
      .getByRole('link', { name: /Long Crossing/ })
      .first()
      .click();
    await page.getByRole('heading', { name: 'Long Crossing', level: 1 }).waitFor();
    await page.getByRole('main').getByRole('link', { name: 'Play', exact: true }).click();
    await playsPast(page, 1);
    const early = await picture(page);
    await playsPast(page, 5);
    const late = await picture(page);
    for (const frame of [early, late]) {
      expect(frame.mean).toBeGreaterThan(20);
      expect(frame.variance).toBeGreaterThan(200);
    }
    expect(late.time).toBeGreaterThan(5);
    expect(late.mean).not.toBe(early.mean);
    expect(await page.locator('video').evaluate((video: HTMLVideoElement) => video.duration)).toBeCloseTo(
      filmSeconds,
      0,
    );
  });

  browser.test('the seek bar goes to 60 %, and a reload goes on from there', async () => {
    await page.mouse.move(300, 300);
    const box = await seekBar().boundingBox();
    if (!box) throw new Error('no seek bar');
    await seekBar().click({ position: { x: box.width * 0.6, y: box.height / 2 } });
    await playsPast(page, filmSeconds * 0.6);
    expect(await currentTime(page)).toBeLessThan(filmSeconds * 0.6 + 10);
    expect((await picture(page)).variance).toBeGreaterThan(200);

    await press(' ');
    await pausedIs(true);
    const left = await currentTime(page);
    await page.reload();
    await playsPast(page, left - 10);
    expect(Math.abs((await currentTime(page)) - left)).toBeLessThan(10);
    await page.getByRole('button', { name: 'Start over' }).waitFor();
  });

  browser.test(
    'progress survives in another browser of the same person, through the server alone',
    async () => {
      await press(' ');
      await pausedIs(true);
      const left = await currentTime(page);
      await waitFor(async () => {
        const { state } = await ada.call(titleRoutes.detail, { id: await idOf('Long Crossing') });
        return state && Math.abs(state.positionSeconds - left) < 2;
      }, 'the server to know the place');
      const other = await browser.visitor(hearth.client.baseUrl);
      await signIn(other.page, 'Ada', password);
      await other.page.goto(`/watch/title/${await idOf('Long Crossing')}`);
      await playsPast(other.page, left - 10);
      expect(Math.abs((await currentTime(other.page)) - left)).toBeLessThan(10);
      await other.context.close();
    },
  );

  browser.test(
    'embedded and external subtitles can be chosen, and their lines are drawn in time',
    async () => {
      const lines = page.locator('app-subtitle-layer p');
      await press('0');
      await press('k');
      await page.getByRole('button', { name: 'Subtitles (C)' }).click();
      await page.getByRole('menuitemradio', { name: /French|fran/i }).click();
      await lines
        .filter({ hasText: /^External French line at \d+$/ })
        .first()
        .waitFor();
      const at = await currentTime(page);
      const shown = (await lines.first().textContent()) ?? '';
      expect([externalLine('French', at), externalLine('French', at - 2)]).toContain(shown);
      // A menu that has just closed takes the next press for the one that closed it.
      const english = page.getByRole('menuitemradio', { name: /English/i });
      await waitFor(async () => {
        await page.getByRole('button', { name: 'Subtitles (C)' }).click();
        return english.isVisible();
      }, 'the menu of subtitles');
      await english.click();
      await lines
        .filter({ hasText: embeddedLine(await currentTime(page)).replace(/\d+$/, '') })
        .first()
        .waitFor();
      await press('c');
      await lines.first().waitFor({ state: 'detached' });
    },
  );

  browser.test('the keyboard alone pauses, skips, changes the volume, mutes and leaves', async () => {
    await press('3');
    await playsPast(page, filmSeconds * 0.3);
    await press('ArrowRight');
    await playsPast(page, filmSeconds * 0.3 + 10);
    await press('k');
    await pausedIs(true);
    const here = await currentTime(page);
    await press('ArrowLeft');
    await waitFor(async () => (await currentTime(page)) < here - 9, 'ten seconds back');
    await press('m');
    expect(await page.locator('video').evaluate((video: HTMLVideoElement) => video.muted)).toBe(true);
    await press('m');
    await press('ArrowDown');
    const volume = await page.locator('video').evaluate((video: HTMLVideoElement) => video.volume);
    expect(volume).toBeCloseTo(0.95, 2);
    // The picture, the button to leave, the controls: Enter leads to them, arrows go between them.
    await press('Enter');
    await page.getByRole('group', { name: 'Player controls' }).locator(':focus').waitFor();
    await press('Escape');
    await page.getByRole('heading', { name: 'Long Crossing', level: 1 }).waitFor();
  });

  const running = async () => (await ada.call(playbackRoutes.sessions)).items.length;

  for (const [way, leave] of [
    ['is closed', (tab: Page) => tab.close({ runBeforeUnload: true })],
    ['goes to another address', (tab: Page) => tab.goto('about:blank')],
  ] as const)
    browser.test(`a tab that ${way} is no longer counted, and its place is kept`, async () => {
      await waitFor(async () => (await running()) === 0, 'the sessions before to end', 5000);
      const id = await idOf('Long Crossing');
      const tab = await page.context().newPage();
      await tab.goto(`/watch/title/${id}?from=21`);
      await playsPast(tab, 23);
      expect(await running()).toBe(1);
      await leave(tab);
      // A session that says nothing counts for a minute.
      await waitFor(async () => (await running()) === 0, 'the session to end', 5000);
      const { state } = await ada.call(titleRoutes.detail, { id });
      expect(state?.positionSeconds).toBeGreaterThan(22);
      expect(state?.positionSeconds).toBeLessThan(30);
      await tab.close();
    });

  browser.test(
    'a page that the browser keeps when it is left goes on as it was when it is back',
    async () => {
      const tab = await page.context().newPage();
      await tab.goto(`/watch/title/${await idOf('Long Crossing')}?from=31`);
      await playsPast(tab, 33);
      // Chromium as it is driven here keeps no pages; what one hears that is kept is this.
      const leave = () =>
        tab.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
      const comeBack = () =>
        tab.locator('video').evaluate(async (video) => {
          const loaded = new Promise((done) => video.addEventListener('loadeddata', done, { once: true }));
          dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
          await loaded;
        });
      await leave();
      await waitFor(async () => (await running()) === 0, 'the session to end', 5000);
      await comeBack();
      expect(await running()).toBe(1);
      await playsPast(tab, 33);
      expect(await currentTime(tab)).toBeLessThan(45);

      const isPausedNow = () => tab.getByRole('button', { name: 'Play (Space)' }).waitFor();
      await tab.locator('main.stage').press('k');
      await isPausedNow();
      await leave();
      await comeBack();
      await isPausedNow();
      await tab.close({ runBeforeUnload: true });
      await waitFor(async () => (await running()) === 0, 'the last session to end', 5000);
    },
  );

  browser.test('what was begun is offered on home and listed in the history', async () => {
    await page.goto('/');
    const row = page.getByRole('region', { name: 'Continue watching' });
    await row.getByRole('link', { name: /Long Crossing.*% watched/ }).waitFor();
    await page.goto('/history');
    await page
      .getByRole('main')
      .getByRole('link', { name: /Long Crossing/ })
      .first()
      .waitFor();
  });

  browser.test(
    'another person of the house begins at the beginning and changes nothing for the first',
    async () => {
      const before = await ada.call(titleRoutes.detail, { id: await idOf('Long Crossing') });
      const ben = await browser.visitor(hearth.client.baseUrl);
      await signIn(ben.page, 'Ben', password);
      await ben.page
        .getByRole('link', { name: /Long Crossing/ })
        .first()
        .waitFor();
      expect(await ben.page.getByRole('region', { name: 'Continue watching' }).count()).toBe(0);
      await ben.page.goto(`/watch/title/${await idOf('Long Crossing')}`);
      await playsPast(ben.page, 0.5);
      expect(await currentTime(ben.page)).toBeLessThan(10);
      await ben.page.goto('/history');
      await ben.page.getByRole('main').waitFor();
      const after = await ada.call(titleRoutes.detail, { id: await idOf('Long Crossing') });
      expect(after.state?.positionSeconds).toBe(before.state?.positionSeconds);
      await ben.context.close();
    },
  );

  browser.test('an episode that ends leads to the next one, over the end of a season too', async () => {
    await page.goto(`/title/${await idOf('Night Shift')}`);
    await page.getByRole('tab', { name: /Season 1/ }).waitFor();
    await page.getByRole('tabpanel').getByRole('listitem').nth(1).getByRole('link').click();
    await playsPast(page, 1);
    const first = page.url();
    await press('9');
    await playsPast(page, episodeSeconds * 0.9);
    const card = page.getByRole('region', { name: 'Next episode' });
    await card.getByRole('heading', { name: /^S2 E1/ }).waitFor();
    await card.getByRole('button', { name: 'Play now' }).click();
    await page.waitForURL((url) => url.href !== first);
    await playsPast(page, 1);
    expect(await currentTime(page)).toBeLessThan(15);
    await page.goto('/');
    await page
      .getByRole('link', { name: /Night Shift/ })
      .first()
      .waitFor();
  });

  browser.test(
    'what Stremio’s own client is given of the library plays on a page that knows nothing of Hearth',
    async () => {
      const { addon } = await stremio.detectFromURL((await ada.call(addonRoutes.address)).url);
      const { metas } = z
        .object({ metas: z.array(z.object({ id: z.string(), name: z.string() })) })
        .parse(await addon?.get('catalog', 'movie', 'hearth'));
      const id = metas.find(({ name }) => name === 'Long Crossing')?.id ?? '';
      const { streams } = z
        .object({ streams: z.array(z.object({ url: z.url() })) })
        .parse(await addon?.get('stream', 'movie', id));
      const elsewhere = await page.context().newPage();
      await elsewhere.setContent(
        `<video src="${streams[0]?.url.replaceAll('&', '&amp;')}" autoplay muted></video>`,
      );
      await playsPast(elsewhere, 1);
      await elsewhere.close();
    },
  );
});
