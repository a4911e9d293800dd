import type { Page } from 'playwright-core';
import { providerRoutes } from '../../contract/src/provider.js';
import { signIn } from '../support/app.js';
import { browserForFile, desktop, phone } from '../support/browser.js';
import type { Client } from '../support/client.js';
import { Hearth } from '../support/hearth.js';
import { axe, overflow, toastsGone } from '../support/page-audit.js';
import { type AddonQuestion, startAddon, type TestAddon } from '../support/stremio-addon.js';

const password = 'correct horse';
/** Against hanging, for machines many times slower than this one; no measure. */
const limitMs = 300_000;
const films = ['Metropolis', 'Nosferatu', 'The General'].map((name, at) => ({
  ...{ id: `tt00${17136 + at}`, type: 'movie', name, releaseInfo: '1927', description: 'An old film.' },
}));
const manifest = {
  ...{ id: 'org.example.old', version: '1.0.0', name: 'Old Films', description: 'Films that are free.' },
  ...{ types: ['movie'], idPrefixes: ['tt'], resources: ['meta', 'stream', 'subtitles'] },
  catalogs: [
    {
      ...{ type: 'movie', id: 'top', name: 'Best' },
      extra: [{ name: 'genre', options: ['Horror', 'Comedy'] }, { name: 'search' }],
    },
  ],
};

function answer({ resource, id, extra }: AddonQuestion): object {
  if (resource === 'catalog') return { metas: extra['genre'] || extra['search'] ? films.slice(1, 2) : films };
  if (resource === 'meta') return { meta: films.find((film) => film.id === id) };
  return { streams: [{ url: 'https://example.org/film.mp4', name: '1080p', title: 'Metropolis 1080p' }] };
}

describe('providers', () => {
  const browser = browserForFile();
  let hearth: Hearth;
  let addon: TestAddon;
  let ada: Client;
  let page: Page;

  beforeAll(async () => {
    addon = await startAddon(manifest, answer);
    hearth = await Hearth.start({ env: { PROVIDER_ALLOW_PRIVATE_HOSTS: '127.0.0.1' } });
    ada = await hearth.setUp('Ada', password);
    // Nobody outside is asked.
    for (const { id } of (await ada.call(providerRoutes.list)).items)
      await ada.call(providerRoutes.update, { id, enabled: false });
    const visitor = await browser.visitor(hearth.client.baseUrl);
    ({ page } = visitor);
    visitor.context.setDefaultTimeout(60_000);
    await signIn(page, 'Ada', password);
  }, limitMs);
  afterAll(async () => {
    await hearth.dispose();
    await addon.close();
  }, limitMs);

  /** As wide as a desk and as a phone: axe has nothing to say, and nothing sticks out. */
  async function sane(): Promise<void> {
    await toastsGone(page);
    for (const viewport of [desktop, phone]) {
      await page.setViewportSize(viewport);
      expect(await axe(page)).toEqual([]);
      expect((await overflow(page)).culprits).toEqual([]);
    }
    await page.setViewportSize(desktop);
  }

  browser.test(
    'one is added by its address, asked now and moved forward',
    async () => {
      await page.goto('/admin/providers');
      await page.getByRole('button', { name: 'Add a provider' }).click();
      const dialog = page.getByRole('dialog', { name: 'Add a provider' });
      await dialog.getByLabel('Address').fill(`${addon.base}/manifest.json`);
      await sane();
      await dialog.getByRole('button', { name: 'Add', exact: true }).click();
      const row = page.locator('app-provider-card').filter({ hasText: 'Old Films' });
      await row.getByRole('button', { name: 'What to do with Old Films' }).click();
      await row.getByRole('menuitem', { name: 'Ask it now' }).click();
      await row.getByText('Answered after').waitFor();
      const before = (await ada.call(providerRoutes.list)).items.length;
      await row.getByRole('button', { name: 'Ask Old Films earlier' }).click();
      await page.getByText(`Old Films is asked as number ${before - 1} of ${before}.`).waitFor();
      await sane();
    },
    limitMs,
  );

  browser.test(
    'what it lists is discovered, with its own filter, and leads to a title with its sources',
    async () => {
      await page.goto('/');
      await page.getByRole('link', { name: 'Best · Old Films' }).waitFor();
      await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Discover' }).click();
      await page.getByRole('link', { name: 'Best · Old Films' }).click();
      await page.getByRole('list', { name: 'Best' }).getByRole('link', { name: 'Nosferatu' }).waitFor();
      await page.getByRole('button', { name: 'genre' }).click();
      await page.getByRole('menuitemradio', { name: 'Horror' }).click();
      await page.waitForURL('**/movie/top?filter.genre=Horror');
      await page.getByRole('link', { name: 'Metropolis' }).waitFor({ state: 'detached' });
      await sane();
      await page.getByRole('button', { name: 'Clear all' }).click();
      await page.getByRole('link', { name: 'Metropolis' }).click();
      await page.getByRole('heading', { name: 'Metropolis', level: 1 }).waitFor();
      await page.getByRole('row', { name: /Direct.*Play takes this/ }).waitFor();
      expect(await page.getByRole('link', { name: 'Play the best' }).getAttribute('href')).toMatch(
        /^\/watch\/source\//,
      );
      await sane();
    },
    limitMs,
  );

  browser.test(
    'a search asks it too; who hides it has it no more',
    async () => {
      await page.goto('/search?q=nosferatu');
      const section = page.getByRole('region', { name: 'From providers' });
      await section.getByRole('link', { name: 'Nosferatu' }).waitFor();
      await sane();
      await page.goto('/settings');
      const saved = page.waitForResponse((reply) => reply.url().endsWith('/preference') && reply.ok());
      await page.locator('app-sources-form').getByText('Old Films').click();
      await saved;
      await sane();
      await page.goto('/discover');
      await page.getByRole('heading', { name: 'Nothing to discover yet' }).waitFor();
    },
    limitMs,
  );
});
