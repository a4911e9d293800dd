import type { Locator, Page } from 'playwright-core';
import { accountRoutes } from '../../contract/src/account.js';
import { playbackRoutes } from '../../contract/src/playback.js';
import { titleRoutes } from '../../contract/src/title.js';
import { addLibrary, signIn } from '../support/app.js';
import { browserForFile, phone, type Visitor } from '../support/browser.js';
import type { Client } from '../support/client.js';
import { Hearth } from '../support/hearth.js';
import { axe, smallTargets } from '../support/page-audit.js';
import { currentTime, playsPast } from '../support/picture.js';
import {
  fadeSeconds,
  fadingFilm,
  firstEpisode,
  HeldEncoder,
  introChapter,
  introFilm,
  oldFilm,
  season,
} from '../support/extras-clips.js';
import { MediaFolder } from '../support/media-folder.js';
import { cutOff, hover, lightOf, look, press, preview, tile, tryMenus } from '../support/player-page.js';
import { waitFor } from '../support/wait-for.js';

const password = 'correct horse';

describe('what makes watching pleasant', () => {
  const browser = browserForFile();
  let hearth: Hearth;
  let ada: Client;
  let desk: Visitor;
  let page: Page;
  let media: MediaFolder;
  let encoder: HeldEncoder;

  beforeAll(async () => {
    [media, encoder] = await Promise.all([MediaFolder.make(), HeldEncoder.make()]);
    await media.clip('Slow Dawn (2020).mp4', await fadingFilm());
    await media.clip('Named Parts (2021).mp4', await introFilm());
    await media.clip('Old Codec (1999).avi', await oldFilm());
    await season(media, 'Same Tune', 2018);
    hearth = await Hearth.start({ env: { FFMPEG_PATH: encoder.path } });
    ada = await hearth.setUp('Ada', password);
    await addLibrary(ada, 'mixed', media.path);
    desk = await browser.visitor(hearth.client.baseUrl);
    ({ page } = desk);
    await signIn(page, 'Ada', password);
  }, 300_000);
  afterAll(async () => {
    await hearth.dispose();
    await Promise.all([media.remove(), encoder.remove()]);
  });

  const idOf = async (name: string): Promise<string> => {
    const { items } = await ada.call(titleRoutes.list, { limit: 50 });
    const title = items.find((one) => one.name === name);
    if (!title) throw new Error(`no title is called ${name}`);
    return title.id;
  };
  const seekBar = (of = page): Locator => of.getByRole('slider', { name: 'Position' });
  /** The page goes to `seconds` by itself, as if somebody had watched so far. */
  const goTo = (seconds: number): Promise<void> =>
    page.locator('video').evaluate((video: HTMLVideoElement, at) => {
      video.currentTime = at;
    }, seconds);

  browser.test(
    'pictures come over the seek bar when they are made, and nothing is loaded before',
    async () => {
      const asked: string[] = [];
      page.on('request', (request) => {
        if (request.url().includes('/thumbnails')) asked.push(new URL(request.url()).pathname);
      });
      const extras = page.waitForResponse((reply) => reply.url().endsWith('/extras'), { timeout: 60_000 });
      await page.goto(`/watch/title/${await idOf('Slow Dawn')}`);
      await playsPast(page, 0.5);
      // Made in the background after the first play: the page hears of it by itself.
      expect((await extras).ok()).toBe(true);
      expect(asked).toEqual([]);
      await hover(page, 0.25);
      const early = await lightOf(await tile(page));
      expect(await preview(page).locator('time').textContent()).toBe('0:20');
      expect(await preview(page).locator('.chapter').textContent()).toBe('Morning');
      await look(page, 'thumbnail-desktop');
      await hover(page, 0.9);
      const late = await lightOf(await tile(page));
      // The film brightens evenly, so the light of a picture tells its time.
      expect(early / 255).toBeCloseTo(0.25, 1);
      expect(late / 255).toBeCloseTo(0.9, 1);
      expect(asked.filter((path) => path.endsWith('.vtt'))).toHaveLength(1);
      expect(new Set(asked).size).toBe(asked.length);
      // At both ends the picture stays on the screen.
      for (const part of [0.001, 0.999]) {
        await hover(page, part);
        const box = await (await tile(page)).boundingBox();
        expect(box?.x).toBeGreaterThanOrEqual(0);
        expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
      }
      await page.mouse.move(400, 300);
      await preview(page).waitFor({ state: 'detached' });
    },
  );

  browser.test('the statistics of a file that is sent as it is', async () => {
    await press(page, 'i');
    const panel = page.getByRole('region', { name: 'Statistics' });
    await panel.getByText('The file as it is').waitFor();
    await panel.getByText('Nothing at the moment').waitFor();
    await panel.getByText('As it is · h264').waitFor();
    await look(page, 'statistics-direct-desktop');
    expect(await axe(page)).toEqual([]);
    await press(page, 'i');
    await panel.waitFor({ state: 'detached' });
  });

  browser.test('the keyboard sees the same pictures, on the bar and off it', async () => {
    await press(page, '6');
    expect((await lightOf(await tile(page))) / 255).toBeCloseTo(0.6, 1);
    await preview(page).waitFor({ state: 'detached' });
    await press(page, 'k');
    await page.locator('main.stage').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('group', { name: 'Player controls' }).locator(':focus').waitFor();
    await page.keyboard.press('ArrowUp');
    await page.locator('[role=slider]:focus').waitFor();
    await tile(page);
    await page.keyboard.press('PageDown');
    await waitFor(async () => (await currentTime(page)) < 1, 'a minute back');
    expect((await lightOf(await tile(page))) / 255).toBeLessThan(0.1);
    expect(await seekBar().getAttribute('aria-valuetext')).toMatch(/of 1:20, Night$/);
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('Escape');
  });

  browser.test(
    'an opening named by its chapter is skipped by the button, by its key and by Enter',
    async () => {
      await page.goto(`/watch/title/${await idOf('Named Parts')}?from=0`);
      await playsPast(page, 0.2);
      const button = page.getByRole('button', { name: 'Skip intro' });
      expect(await button.count()).toBe(0);
      const begin = async (): Promise<void> => {
        await goTo(introChapter.start + 1);
        await button.waitFor();
      };
      const isPastIt = async (): Promise<void> => {
        await playsPast(page, introChapter.end - 0.3);
        expect(await currentTime(page)).toBeLessThan(introChapter.end + 4);
        await button.waitFor({ state: 'detached' });
      };
      await begin();
      await look(page, 'skip-desktop');
      expect(await axe(page)).toEqual([]);
      await button.click();
      await isPastIt();
      await begin();
      await press(page, 's');
      await isPastIt();
      await begin();
      await press(page, 'Enter');
      await isPastIt();
      await begin();
      await button.focus();
      await page.keyboard.press('Enter');
      await isPastIt();
      expect(await page.locator('video').evaluate((video: HTMLVideoElement) => video.paused)).toBe(false);
    },
  );

  browser.test('the button goes after a while and comes back with the controls', async () => {
    await goTo(introChapter.start + 0.5);
    const button = page.getByRole('button', { name: 'Skip intro' });
    await button.waitFor();
    await button.waitFor({ state: 'detached', timeout: 30_000 });
    expect(await currentTime(page)).toBeLessThan(introChapter.end - 3);
    await page.mouse.move(500, 310);
    await button.waitFor();
    await press(page, 'Enter');
    // Not offered by itself any more: Enter leads to the buttons, first to the one that is offered.
    await page.locator('app-skip-button button:focus').waitFor();
  });

  browser.test(
    'a season’s opening is heard by the server, and its credits bring the next episode early',
    async () => {
      await page.goto(`/title/${await idOf('Same Tune')}`);
      const heard = new Promise<string>((found) => {
        page.on('response', (reply) => {
          const [, sessionId] = /([^/]+)\/extras$/.exec(reply.url()) ?? [];
          if (!sessionId) return;
          void ada.call(playbackRoutes.extras, { sessionId }).then(({ markers }) => {
            if (markers.length === 2) found(sessionId);
          });
        });
      });
      await page.getByRole('tabpanel').getByRole('listitem').nth(0).getByRole('link').click();
      await playsPast(page, 0.3);
      const first = page.url();
      const { markers } = await ada.call(playbackRoutes.extras, { sessionId: await heard });
      const [intro, credits] = markers;
      expect(intro?.kind).toBe('intro');
      expect(Math.abs((intro?.startSeconds ?? NaN) - firstEpisode.introAt)).toBeLessThan(3);
      expect(
        Math.abs((intro?.endSeconds ?? NaN) - firstEpisode.introAt - firstEpisode.introSeconds),
      ).toBeLessThan(4);
      expect(credits?.kind).toBe('credits');

      // The page that was open heard of it without being loaded again.
      await goTo(firstEpisode.introAt + 4);
      await page.getByRole('button', { name: 'Skip intro' }).click();
      await playsPast(page, (intro?.endSeconds ?? NaN) - 0.3);
      expect(await currentTime(page)).toBeLessThan((intro?.endSeconds ?? NaN) + 4);

      const card = page.getByRole('region', { name: 'Next episode' });
      expect(await card.count()).toBe(0);
      const start = credits?.startSeconds ?? NaN;
      // Without the marker the card would come a tenth before the end.
      expect(start + 3).toBeLessThan(firstEpisode.seconds * 0.9);
      await goTo(start - 1);
      await card.waitFor();
      expect(await currentTime(page)).toBeLessThan(start + 3);
      expect(await page.getByRole('button', { name: 'Skip credits' }).count()).toBe(0);
      await look(page, 'next-desktop');
      expect(await axe(page)).toEqual([]);
      await press(page, 'Enter');
      await card.locator(':focus').waitFor();
      await page.keyboard.press('Enter');
      await page.waitForURL((url) => url.href !== first);
    },
    200_000,
  );

  browser.test(
    'the statistics say what is decided, why, by which encoder, and what took how long',
    async () => {
      const asked: number[] = [];
      page.on('request', (request) => {
        if (/\/api\/playback\/[^/]+$/.test(request.url()) && request.method() === 'GET')
          asked.push(Date.now());
      });
      await page.goto(`/watch/title/${await idOf('Old Codec')}`);
      await playsPast(page, 1, 60_000);
      await press(page, 'i');
      const panel = page.getByRole('region', { name: 'Statistics' });
      await panel.getByText('mpeg4 → h264').waitFor();
      await panel.getByText('This device can’t show this kind of picture.').waitFor();
      await panel.getByText('libx264', { exact: false }).waitFor();
      const table = panel.getByRole('table', { name: 'What took how long' });
      const names = await table.getByRole('rowheader').allTextContents();
      expect(names).toContain('Decision');
      expect(names).toContain('First piece');
      for (const cell of await table.getByRole('cell').allTextContents()) expect(cell).toMatch(/^[\d,]+ ms$/);
      // Each bar lies where its numbers say.
      const drawn = await panel.locator('.rail').evaluateAll((rails) =>
        rails.map((rail) => {
          const bar = rail.firstElementChild?.getBoundingClientRect();
          const all = rail.getBoundingClientRect();
          return bar
            ? { from: (bar.left - all.left) / all.width, to: (bar.right - all.left) / all.width }
            : null;
        }),
      );
      expect(drawn).toHaveLength(names.length);
      for (const bar of drawn) {
        expect(bar?.from).toBeGreaterThanOrEqual(0);
        expect(bar?.to).toBeLessThanOrEqual(1.01);
      }
      expect(Math.max(...drawn.map((bar) => bar?.to ?? 0))).toBeGreaterThan(0.4);
      await look(page, 'statistics-desktop');
      expect(await axe(page)).toEqual([]);
      await tryMenus(page, ['Quality', 'Sound'], 'desktop');
      // Once a second while it is open, and never again after that.
      const before = asked.length;
      await waitFor(() => asked.length >= before + 3, 'three more answers');
      const [first = 0, , third = 0] = asked.slice(-3);
      expect(third - first).toBeGreaterThan(1500);
      await press(page, 'i');
      await panel.waitFor({ state: 'detached' });
      const closed = asked.length;
      await playsPast(page, (await currentTime(page)) + 2.5);
      expect(asked.length).toBeLessThanOrEqual(closed + 1);
    },
    120_000,
  );

  browser.test(
    'whoever waits for a start or a seek reads what for',
    async () => {
      const words = page.locator('.waiting.worded').getByText(/Starting the converter|Converting/);
      try {
        await encoder.hold();
        await page.goto(`/watch/title/${await idOf('Old Codec')}?from=300`);
        await seekBar().waitFor();
        await words.waitFor();
        await look(page, 'waiting-desktop');
        await encoder.release();
        await playsPast(page, 300, 60_000);
        await words.waitFor({ state: 'detached' });
        await encoder.hold();
        await press(page, '8');
        await words.waitFor();
        await encoder.release();
        await playsPast(page, 480, 60_000);
      } finally {
        await encoder.release();
      }
      expect(await currentTime(page)).toBeLessThan(500);
    },
    120_000,
  );

  describe('on a phone', () => {
    let hand: Visitor;
    beforeAll(async () => {
      hand = await browser.visitor(hearth.client.baseUrl, {
        viewport: phone,
        hasTouch: true,
        isMobile: true,
      });
      await signIn(hand.page, 'Ada', password);
    });
    afterAll(() => hand.context.close());

    browser.test(
      'a dragging finger sees pictures',
      async () => {
        await hand.page.goto(`/watch/title/${await idOf('Slow Dawn')}?from=0`);
        await playsPast(hand.page, 0.5);
        await hand.page.locator('main.stage.idle').waitFor();
        await hand.page.touchscreen.tap(195, 120);
        await hand.page.locator('main.stage:not(.idle)').waitFor();
        const box = await seekBar(hand.page).boundingBox();
        if (!box) throw new Error('no seek bar');
        const touch = await hand.context.newCDPSession(hand.page);
        const point = (part: number) => [{ x: box.x + box.width * part, y: box.y + box.height / 2 }];
        await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: point(0.1) });
        await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: point(0.7) });
        expect((await lightOf(await tile(hand.page))) / 255).toBeCloseTo(0.7, 1);
        await look(hand.page, 'thumbnail-phone');
        await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
        await playsPast(hand.page, fadeSeconds * 0.69);
        await preview(hand.page).waitFor({ state: 'detached' });
      },
      120_000,
    );

    browser.test('a finger skips the opening', async () => {
      await hand.page.goto(`/watch/title/${await idOf('Named Parts')}?from=${introChapter.start + 1}`);
      await hand.page.getByRole('button', { name: 'Skip intro' }).waitFor();
      await look(hand.page, 'skip-phone');
      expect(await smallTargets(hand.page)).toEqual([]);
      await hand.page.getByRole('button', { name: 'Skip intro' }).tap();
      await playsPast(hand.page, introChapter.end - 0.3);
    });

    browser.test(
      'statistics, menus, help and controls fit, on a narrow one, too',
      async () => {
        await hand.page.goto(`/watch/title/${await idOf('Old Codec')}?from=0`);
        await playsPast(hand.page, 0.5, 60_000);
        await press(hand.page, 'i');
        const panel = hand.page.getByRole('region', { name: 'Statistics' });
        await panel.getByText('libx264', { exact: false }).waitFor();
        await panel.getByText('What took how long').first().waitFor();
        await look(hand.page, 'statistics-phone');
        const place = await panel.boundingBox();
        expect(place?.x).toBeGreaterThanOrEqual(0);
        expect((place?.x ?? 0) + (place?.width ?? 0)).toBeLessThanOrEqual(phone.width);
        expect(await smallTargets(hand.page)).toEqual([]);
        expect(await axe(hand.page)).toEqual([]);
        await panel.locator('.ticks').scrollIntoViewIfNeeded();
        await look(hand.page, 'statistics-end-phone');
        await press(hand.page, 'i');
        await press(hand.page, 'k');
        await tryMenus(hand.page, ['Quality', 'Sound'], 'phone');
        expect(await cutOff(hand.page)).toEqual([]);
        await press(hand.page, '?');
        await hand.page.getByRole('dialog').waitFor();
        await look(hand.page, 'help-phone');
        await hand.page.keyboard.press('Escape');
        await hand.page.setViewportSize({ width: 360, height: 740 });
        expect(await cutOff(hand.page)).toEqual([]);
        await look(hand.page, 'controls-narrow');
        await ada.call(accountRoutes.updateMe, { preferences: { language: 'de' } });
        await hand.page.reload();
        await press(hand.page, 'i');
        await hand.page.getByRole('table', { name: 'Was wie lange dauerte' }).waitFor();
        await look(hand.page, 'statistics-german');
      },
      120_000,
    );
  });
});
