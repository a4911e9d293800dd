import type { Page } from 'playwright-core';
import { accountRoutes } from '../../contract/src/account.js';
import { playbackRoutes } from '../../contract/src/playback.js';
import { titleRoutes } from '../../contract/src/title.js';
import { addLibrary, signIn } from '../support/app.js';
import { browserForFile, desktop, phone, type Visitor } from '../support/browser.js';
import type { Client } from '../support/client.js';
import { Hearth } from '../support/hearth.js';
import { MediaFolder } from '../support/media-folder.js';
import { axe, overflow, smallTargets } from '../support/page-audit.js';

const password = 'correct horse';
const themes = ['dark', 'light'] as const;
/** A page that is ready has its heading, and nothing on it is still loading. */
const isReady = (page: Page): Promise<unknown> =>
  page.waitForFunction(
    () =>
      document.querySelector('h1') !== null &&
      document.querySelector('[aria-busy=true], .skeleton') === null &&
      document.getAnimations().every((animation) => animation.playState !== 'running'),
  );

describe('every page, for everyone', () => {
  const browser = browserForFile();
  let hearth: Hearth;
  let fresh: Hearth;
  let media: MediaFolder;
  let admin: Client;
  let ada: Visitor;
  let guest: Visitor;
  /** Name of a route → its address. */
  const pages = new Map<string, string>();
  const outside = new Map<string, string>();

  beforeAll(async () => {
    media = await MediaFolder.make();
    const plot = 'A keeper of lights writes letters to a ship that never answers, until one night it does.';
    await media.film('Long Crossing', {
      year: 2020,
      genres: ['Drama'],
      plot,
      rating: 7.9,
      cast: ['Ines Okafor'],
    });
    await media.film('Bright Sand', { year: 2011, genres: ['Comedy'], colors: ['#f8e8c0', '#e0a020'] });
    await media.film('Deep Water', { year: 1999, genres: ['Drama'], colors: ['#102030', '#304080'] });
    await media.series('Night Shift', 2018, [2, 1]);
    await media.text('Broken (2003)/Broken (2003).mkv', 'this is no film');
    [hearth, fresh] = await Promise.all([Hearth.start(), Hearth.start()]);
    admin = await hearth.setUp('Ada', password);
    await addLibrary(admin, 'mixed', media.path);
    await watchABit();
    const { code } = await admin.call(accountRoutes.invite, { role: 'member' });
    outside.set('login', '/login').set('invite', `/invite/${code}`);
    for (const path of [
      '/',
      '/movies',
      '/series',
      '/browse',
      '/search',
      '/search?q=night',
      '/history',
      '/favorites',
    ])
      pages.set(path, path);
    for (const path of ['/settings', '/admin', '/admin/libraries', '/admin/attention', '/admin/people'])
      pages.set(path, path);
    for (const path of ['/admin/jobs', '/admin/logs', '/nowhere']) pages.set(path, path);
    pages.set('/title/:movie', `/title/${await idOf('Long Crossing')}`);
    pages.set('/title/:series', `/title/${await idOf('Night Shift')}`);
    ada = await browser.visitor(hearth.client.baseUrl);
    guest = await browser.visitor(hearth.client.baseUrl);
    await signIn(ada.page, 'Ada', password);
  }, 180_000);
  afterAll(async () => {
    await Promise.all([hearth.dispose(), fresh.dispose()]);
    await media.remove();
  });

  async function idOf(name: string): Promise<string> {
    const { items } = await admin.call(titleRoutes.list, {});
    const title = items.find((one) => one.name === name);
    if (!title) throw new Error(`no title is called ${name}`);
    return title.id;
  }

  /** So that home, history and favourites have something to show. */
  async function watchABit(): Promise<void> {
    const titleId = await idOf('Long Crossing');
    const client = { containers: ['mp4'], videoCodecs: ['h264'], audioCodecs: ['aac'] };
    const { sessionId } = await admin.call(playbackRoutes.start, { titleId, client });
    await admin.call(playbackRoutes.progress, { sessionId, positionSeconds: 40, paused: true });
    await admin.call(playbackRoutes.stop, { sessionId });
    await admin.call(playbackRoutes.addFavorite, { titleId });
  }

  async function setTheme(theme: 'dark' | 'light'): Promise<void> {
    await admin.call(accountRoutes.updateMe, { preferences: { theme } });
    await ada.page.goto('/settings');
    await ada.page.getByRole('radio', { name: theme === 'dark' ? 'Dark' : 'Light', checked: true }).waitFor();
  }

  const sizes = [
    { name: '1440×900', size: desktop },
    { name: '390×844', size: phone },
  ];

  describe.each(themes)('in the %s theme', (theme) => {
    for (const { name, size } of sizes)
      browser.test(
        `axe finds nothing on any route at ${name}`,
        async () => {
          await setTheme(theme);
          await ada.page.setViewportSize(size);
          const table: string[] = [];
          for (const [route, path] of pages) {
            await ada.page.goto(path);
            await isReady(ada.page);
            const shown = await ada.page.evaluate(() => document.documentElement.dataset['theme']);
            if (shown !== theme) table.push(`${route}: shown in ${String(shown)}`);
            table.push(...(await axe(ada.page)).map((fault) => `${route} ${name} ${theme}: ${fault}`));
          }
          expect(table).toEqual([]);
        },
        180_000,
      );
  });

  browser.test(
    'axe finds nothing before anyone is signed in, nor in the first step of the set-up',
    async () => {
      const newcomer = await browser.visitor(fresh.client.baseUrl);
      const table: string[] = [];
      for (const { name, size } of sizes) {
        await Promise.all([guest, newcomer].map(({ page }) => page.setViewportSize(size)));
        for (const [route, path] of outside) {
          await guest.page.goto(path);
          await isReady(guest.page);
          table.push(...(await axe(guest.page)).map((fault) => `${route} ${name}: ${fault}`));
        }
        await newcomer.page.goto('/setup');
        await isReady(newcomer.page);
        table.push(...(await axe(newcomer.page)).map((fault) => `setup ${name}: ${fault}`));
      }
      expect(table).toEqual([]);
      await newcomer.context.close();
    },
  );

  browser.test('axe finds nothing in the player, nor in its open menus and help', async () => {
    const { page } = ada;
    await page.setViewportSize(desktop);
    await page.goto(`/watch/title/${await idOf('Long Crossing')}`);
    await page.getByRole('button', { name: 'Pause (Space)' }).first().waitFor();
    await page.locator('main.stage').focus();
    await page.keyboard.press('k');
    await page.getByRole('button', { name: 'Play (Space)' }).first().waitFor();
    const table = await axe(page);
    await page.getByRole('button', { name: 'Subtitles (C)' }).click();
    table.push(...(await axe(page)));
    await page.keyboard.press('Escape');
    await page.locator('main.stage').focus();
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    table.push(...(await axe(page)));
    expect(table).toEqual([]);
  });

  browser.test(
    'nothing is wider than a window of 360 pixels, in either direction of writing',
    async () => {
      const { page } = ada;
      await page.setViewportSize({ width: 360, height: 740 });
      const table: string[] = [];
      for (const [route, path] of pages) {
        for (const dir of ['ltr', 'rtl']) {
          if (dir === 'ltr') await page.goto(path);
          await isReady(page);
          await page.evaluate((value) => document.documentElement.setAttribute('dir', value), dir);
          const { pixels, culprits } = await overflow(page);
          if (pixels > 0 || culprits.length > 0)
            table.push(`${route} ${dir}: ${pixels} px, ${culprits.join(' ')}`);
        }
      }
      expect(table).toEqual([]);
    },
    120_000,
  );

  browser.test(
    'on a phone every control is large enough for a finger',
    async () => {
      const { page, context } = await browser.visitor(hearth.client.baseUrl, {
        viewport: phone,
        hasTouch: true,
        isMobile: true,
      });
      await signIn(page, 'Ada', password);
      const table: string[] = [];
      for (const [route, path] of pages) {
        await page.goto(path);
        await isReady(page);
        table.push(...(await smallTargets(page)).map((control) => `${route}: ${control}`));
      }
      await context.close();
      expect(table).toEqual([]);
    },
    120_000,
  );
});
