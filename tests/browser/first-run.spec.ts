import type { Page } from 'playwright-core';
import { browserForFile } from '../support/browser.js';
import { Hearth } from '../support/hearth.js';
import { MediaFolder } from '../support/media-folder.js';

describe('the first run', () => {
  const browser = browserForFile();
  let hearth: Hearth;
  let media: MediaFolder;

  beforeAll(async () => {
    media = await MediaFolder.make();
    await media.film('Quiet Harbour', { year: 2021, genres: ['Drama'], colors: ['#204060', '#e08040'] });
    await media.film('Paper Lanterns', { year: 2019, genres: ['Comedy'] });
    hearth = await Hearth.start();
  }, 120_000);
  afterAll(async () => {
    await hearth.dispose();
    await media.remove();
  });

  /** Walks down the folder browser. */
  async function openFolder(page: Page, path: string): Promise<void> {
    for (const part of path.split('/').filter(Boolean)) {
      await page.getByRole('listitem').getByRole('button', { name: part, exact: true }).click();
      const here = page.getByRole('navigation', { name: 'Folders on the server' });
      await here.locator('[aria-current=location]', { hasText: new RegExp(`^\\s*${part}\\s*$`) }).waitFor();
    }
  }

  browser.test(
    'a newcomer makes an account, picks a folder, and the films appear by themselves',
    async () => {
      const { page } = await browser.visitor(hearth.client.baseUrl);
      await page.goto('/');
      await page.getByRole('heading', { name: 'Welcome to Hearth' }).waitFor();
      expect(new URL(page.url()).pathname).toBe('/setup');

      await page.getByRole('button', { name: 'Create account' }).click();
      await page.getByText('Type a name.').waitFor();
      await page.getByLabel('Your name').fill('Ada');
      await page.getByLabel('Password', { exact: true }).fill('short');
      await page.getByRole('alert').filter({ hasText: 'Use eight characters or more.' }).waitFor();
      await page.getByLabel('Password', { exact: true }).fill('correct horse');
      await page.getByRole('button', { name: 'Create account' }).click();

      await page.getByRole('heading', { name: 'Where are your films?' }).waitFor();
      await openFolder(page, media.path);
      await page.getByLabel('Name', { exact: true }).fill('Our films');
      await page.getByRole('radio', { name: 'Films' }).check({ force: true });
      await page.getByRole('button', { name: 'Add this folder' }).click();
      await page.getByRole('region', { name: 'Your libraries' }).getByText('Our films').waitFor();
      await page.getByRole('button', { name: 'Continue' }).click();

      await page.getByRole('heading', { name: 'How do you like it?' }).waitFor();
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByRole('heading', { name: 'All set' }).waitFor();
      // The page hears of the end of the scan by itself.
      await page.getByText('2 files').waitFor();
      await page.getByRole('button', { name: 'Start watching' }).click();
      await page
        .getByRole('link', { name: /Quiet Harbour/ })
        .first()
        .waitFor();
      await page
        .getByRole('link', { name: /Paper Lanterns/ })
        .first()
        .waitFor();
    },
  );

  browser.test('what is added to the folder later appears on the open home page', async () => {
    const { page } = await browser.visitor(hearth.client.baseUrl);
    await page.goto('/');
    await page.getByLabel('Name', { exact: true }).fill('Ada');
    await page.getByLabel('Password', { exact: true }).fill('correct horse');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page
      .getByRole('link', { name: /Quiet Harbour/ })
      .first()
      .waitFor();
    await page.evaluate(() => Object.assign(window, { neverReloaded: true }));
    await media.film('Late Arrival', { year: 2024 });
    await page
      .getByRole('link', { name: /Late Arrival/ })
      .first()
      .waitFor({ timeout: 40_000 });
    expect(await page.evaluate(() => 'neverReloaded' in window)).toBe(true);
  });

  browser.test('nobody gets into the set-up a second time', async () => {
    const { page } = await browser.visitor(hearth.client.baseUrl);
    await page.goto('/setup');
    await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/login');
  });
});
