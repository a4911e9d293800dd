import type { Page } from 'playwright-core';
import { accountRoutes } from '../../contract/src/account.js';
import { downloadRoutes } from '../../contract/src/download.js';
import { matchingRoutes } from '../../contract/src/matching.js';
import { playbackRoutes } from '../../contract/src/playback.js';
import { providerRoutes } from '../../contract/src/provider.js';
import { filesAmong, sourceRoutes } from '../../contract/src/source.js';
import { titleRoutes } from '../../contract/src/title.js';
import { addLibrary, signIn } from '../support/app.js';
import { browserForFile, desktop, phone, type Visitor } from '../support/browser.js';
import type { Client } from '../support/client.js';
import { Hearth } from '../support/hearth.js';
import { MediaFolder } from '../support/media-folder.js';
import { type AddonQuestion, startAddon, type TestAddon } from '../support/stremio-addon.js';
import { waitFor } from '../support/wait-for.js';
import { axe, colourRules, overflow, rested, smallTargets, toastsGone } from '../support/page-audit.js';

const password = 'correct horse';
const found = (name: string, year: number) => ({
  ...{ id: `tt001${year}`, type: 'movie', name, releaseInfo: String(year) },
});
/** Nobody can say which of these a film of the year between is. */
const twins = [found('Deep Water', 1998), found('Deep Water', 2000)];
const other = found('Deeper Water', 1967);
/** An add-on that knows films and has none: such are asked what a title is. */
const facts = {
  ...{ id: 'org.example.facts', version: '1.0.0', name: 'Film Facts', description: 'What films are.' },
  ...{ types: ['movie'], idPrefixes: ['tt'], resources: ['meta'] },
  catalogs: [{ type: 'movie', id: 'find', name: 'Find', extra: [{ name: 'search', isRequired: true }] }],
};
function factsOf({ resource, id, extra }: AddonQuestion): object {
  if (resource === 'meta') return { meta: [...twins, other].find((one) => one.id === id) };
  const asked = String(extra['search']);
  return { metas: asked === other.name ? [other] : asked === 'Deep Water' ? twins : [] };
}

/** Opens a page; it is ready when it has its heading and nothing on it is still loading. @returns what is missing */
async function open(page: Page, path: string): Promise<string[]> {
  await page.goto(path);
  const isReady = (): boolean =>
    document.querySelector('h1, [aria-level="1"]') !== null &&
    document.querySelector('[aria-busy=true], .skeleton') === null &&
    document.getAnimations().every(({ playState }) => playState !== 'running');
  const ready = await page.waitForFunction(isReady, null, { timeout: 10_000 }).catch(() => undefined);
  if (ready) return [];
  return page.evaluate(() => [
    `has ${document.querySelectorAll('h1, [aria-level="1"]').length} headings of the first level and is still busy with ` +
      [...document.querySelectorAll('[aria-busy=true], .skeleton')]
        .map((one) => one.outerHTML.slice(0, 80))
        .join(' '),
  ]);
}

describe('every page, for everyone', () => {
  const browser = browserForFile();
  let hearth: Hearth;
  let fresh: Hearth;
  let media: MediaFolder;
  let addon: TestAddon;
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
    addon = await startAddon(facts, factsOf);
    const env = { PROVIDER_ALLOW_PRIVATE_HOSTS: '127.0.0.1' };
    [hearth, fresh] = await Promise.all([Hearth.start({ env }), Hearth.start()]);
    admin = await hearth.setUp('Ada', password);
    // The films are matched a minute later, while the other tests run.
    await admin.call(providerRoutes.add, { url: `${addon.base}/manifest.json` });
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
      '/torrents',
      '/search?q=night',
      '/history',
      '/favorites',
      '/downloads',
    ])
      pages.set(path, path);
    for (const path of [
      '/settings',
      '/admin',
      '/admin/streams',
      '/admin/libraries',
      '/admin/attention',
      '/admin/matches',
      '/admin/people',
      '/admin/devices',
      '/admin/torrents',
    ])
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
    await addon.close();
    await media.remove();
  });

  async function idOf(name: string): Promise<string> {
    const { items } = await admin.call(titleRoutes.list, {});
    const title = items.find((one) => one.name === name);
    if (!title) throw new Error(`no title is called ${name}`);
    return title.id;
  }

  /** So that home, history, favourites and downloads have something to show. */
  async function watchABit(): Promise<void> {
    const titleId = await idOf('Long Crossing');
    const client = { containers: ['mp4'], videoCodecs: ['h264'], audioCodecs: ['aac'] };
    const { sessionId } = await admin.call(playbackRoutes.start, { titleId, client });
    await admin.call(playbackRoutes.progress, { sessionId, positionSeconds: 40, paused: true });
    await admin.call(playbackRoutes.stop, { sessionId });
    await admin.call(playbackRoutes.addFavorite, { titleId });
    const { items } = await admin.call(sourceRoutes.ofTitle, { id: titleId });
    await admin.call(downloadRoutes.create, {
      fileId: filesAmong(items)[0]?.fileId ?? '',
      quality: 'original',
    });
  }

  const background = () =>
    ada.page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

  const sizes = [
    { name: '1440×900', size: desktop },
    { name: '390×844', size: phone },
  ];
  /** Each size and each theme, and of a second theme what it can break. */
  const looks: { name: string; size: typeof phone; colorScheme: 'dark' | 'light'; rules?: string[] }[] = [
    { name: '1440×900 dark', size: desktop, colorScheme: 'dark' },
    { name: '1440×900 light', size: desktop, colorScheme: 'light', rules: colourRules },
    { name: '390×844 light', size: phone, colorScheme: 'light' },
  ];

  browser.test('the theme that is chosen shows at once, and again before the first paint', async () => {
    const { page } = ada;
    await page.goto('/settings');
    const dark = await background();
    await page.getByRole('radio', { name: 'Light' }).check({ force: true });
    await waitFor(async () => (await background()) !== dark, 'the light theme');
    const light = await background();
    await page.reload({ waitUntil: 'domcontentloaded' });
    expect(await background()).toBe(light);
    // From here on the device decides: that tells the themes apart without loading a page twice.
    await page.getByRole('radio', { name: 'As the device' }).check({ force: true });
    await page.emulateMedia({ colorScheme: 'dark' });
    await waitFor(async () => (await background()) === dark, 'the dark theme of the device');
    await page.emulateMedia({ colorScheme: 'light' });
    await waitFor(async () => (await background()) === light, 'the light theme of the device');
  });

  browser.test(
    'axe finds nothing on any route, in either theme, at either size',
    async () => {
      const table: string[] = [];
      await admin.call(accountRoutes.updateMe, { preferences: { theme: 'system' } });
      // A page with the old theme in its memory hears of the new one when it asks who it is.
      await ada.page.goto('/settings');
      await ada.page
        .getByRole('radio', { name: 'As the device', checked: true })
        .waitFor({ state: 'attached' });
      for (const [route, path] of pages) {
        const faults = await open(ada.page, path);
        const backgrounds = new Set<string>();
        for (const { name, size, colorScheme, rules } of looks) {
          await ada.page.setViewportSize(size);
          await ada.page.emulateMedia({ colorScheme });
          await rested(ada.page);
          backgrounds.add(await background());
          faults.push(...(await axe(ada.page, rules)).map((fault) => `${name}: ${fault}`));
        }
        if (backgrounds.size !== 2) faults.push('the same in both themes');
        table.push(...faults.map((fault) => `${route} ${fault}`));
      }
      expect(table).toEqual([]);
    },
    300_000,
  );

  browser.test(
    'axe finds nothing before anyone is signed in, nor in the first step of the set-up',
    async () => {
      const newcomer = await browser.visitor(fresh.client.baseUrl);
      const table: string[] = [];
      for (const { name, size } of sizes) {
        await Promise.all([guest, newcomer].map(({ page }) => page.setViewportSize(size)));
        for (const [route, path] of outside) {
          table.push(...(await open(guest.page, path)));
          table.push(...(await axe(guest.page)).map((fault) => `${route} ${name}: ${fault}`));
        }
        table.push(...(await open(newcomer.page, '/setup')));
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

  describe('on a phone', () => {
    let mine: Visitor;
    beforeAll(async () => {
      mine = await browser.visitor(hearth.client.baseUrl, {
        viewport: phone,
        hasTouch: true,
        isMobile: true,
      });
      await signIn(mine.page, 'Ada', password);
    });
    afterAll(() => mine.context.close());

    browser.test(
      'every control is large enough for a finger, and nothing is wider than 360 pixels, from either side',
      async () => {
        const { page } = mine;
        const table: string[] = [];
        for (const [route, path] of pages) {
          await page.setViewportSize(phone);
          const faults = await open(page, path);
          faults.push(...(await smallTargets(page)).map((control) => `small: ${control}`));
          await page.setViewportSize({ width: 360, height: 740 });
          for (const dir of ['ltr', 'rtl']) {
            await page.evaluate((value) => document.documentElement.setAttribute('dir', value), dir);
            const { pixels, culprits } = await overflow(page);
            if (pixels > 0 || culprits.length > 0)
              faults.push(`${dir} ${pixels} px too wide: ${culprits.join(' ')}`);
          }
          table.push(...faults.map((fault) => `${route} ${fault}`));
        }
        expect(table).toEqual([]);
      },
      180_000,
    );
  });

  browser.test(
    'what a title may be is looked for by another name, is none of these after all, or this one; axe finds nothing',
    async () => {
      const { page } = ada;
      const isUnsure = async () => (await admin.call(matchingRoutes.unsure, {})).items.length > 0;
      const atBothSizes = async (): Promise<string[]> => {
        const table: string[] = [];
        await toastsGone(page);
        for (const { name, size } of sizes) {
          await page.setViewportSize(size);
          table.push(...(await axe(page)).map((fault) => `${name}: ${fault}`));
        }
        return table;
      };
      await waitFor(isUnsure, 'a match in doubt', 120_000);
      await page.goto('/admin/matches');
      const choices = page.getByRole('list', { name: 'What Deep Water may be' });
      await choices.getByText('nearly the same year').nth(1).waitFor();
      expect(await atBothSizes()).toEqual([]);

      await page.getByRole('button', { name: 'Search another' }).click();
      const dialog = page.getByRole('dialog', { name: 'Search for “Deep Water”' });
      await dialog.getByLabel('Name').fill(other.name);
      await dialog.getByRole('button', { name: 'Search', exact: true }).click();
      await dialog.getByRole('button', { name: 'This one: Deeper Water (1967)' }).waitFor();
      expect(await atBothSizes()).toEqual([]);
      await page.keyboard.press('Escape');

      await page.getByRole('button', { name: 'None of these' }).click();
      await page.getByRole('heading', { name: 'Every match is certain' }).waitFor();
      await page.getByRole('button', { name: 'Undo' }).click();
      await choices.getByRole('button', { name: 'This one: Deep Water (2000)' }).click();
      await page.getByText('“Deep Water” is matched with Deep Water (2000).').waitFor();
      await page.getByRole('heading', { name: 'Every match is certain' }).waitFor();
      expect(await atBothSizes()).toEqual([]);
      expect(await isUnsure()).toBe(false);
    },
    240_000,
  );
});
