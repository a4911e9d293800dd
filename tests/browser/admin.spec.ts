import type { Page } from 'playwright-core';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { libraryRoutes } from '../../contract/src/library.js';
import { titleRoutes } from '../../contract/src/title.js';
import { addLibrary, signIn } from '../support/app.js';
import { browserForFile } from '../support/browser.js';
import type { Client } from '../support/client.js';
import { tinyClip } from '../support/clips.js';
import { Hearth } from '../support/hearth.js';
import { MediaFolder } from '../support/media-folder.js';

/** Odd files of others, where they are present beside the repository. */
const oddMedia = resolve(import.meta.dirname, '../../../shared/media');

describe('the administration', () => {
  const browser = browserForFile();
  let hearth: Hearth;
  let media: MediaFolder;
  let crowd: MediaFolder;
  let admin: Client;
  let page: Page;

  beforeAll(async () => {
    [media, crowd] = await Promise.all([MediaFolder.make(), MediaFolder.make()]);
    await media.tinyFilm('Known Film', { year: 2001 });
    await media.clip('1.mkv', await tinyClip());
    await media.text('Broken (2003)/Broken (2003).mkv', 'this is no film');
    await crowd.crowd(800, 'Crowd');
    hearth = await Hearth.start();
    admin = await hearth.setUp('Ada', 'correct horse');
    await addLibrary(admin, 'movies', media.path);
    ({ page } = await browser.visitor(hearth.client.baseUrl));
    await signIn(page, 'Ada', 'correct horse');
  }, 120_000);
  afterAll(async () => {
    await hearth.dispose();
    await Promise.all([media.remove(), crowd.remove()]);
  });

  browser.test('every page loads with what it is about', async () => {
    const nav = page.getByRole('navigation', { name: 'Administration' });
    const main = page.getByRole('main');
    await page.getByRole('link', { name: 'Admin', exact: true }).first().click();
    await main.getByText('Memory').first().waitFor();
    await main.getByText('Disks').first().waitFor();
    await nav.getByRole('link', { name: 'Libraries' }).click();
    await main.getByText(media.path).waitFor();
    await nav.getByRole('link', { name: 'People' }).click();
    await main.getByText('Ada').first().waitFor();
    await nav.getByRole('link', { name: 'Jobs' }).click();
    await main.getByText('done').first().waitFor();
    await nav.getByRole('link', { name: 'Log' }).click();
    await main
      .getByText(/Hearth is ready/)
      .first()
      .waitFor();
  });

  browser.test(
    'a library added here shows its scan live, with numbers that grow, and its end',
    async () => {
      await page.goto('/admin/libraries');
      await page.getByRole('main').getByText(media.path).waitFor();
      await page.evaluate(() => Object.assign(window, { neverReloaded: true }));
      await admin.call(libraryRoutes.create, { name: 'Crowd', kind: 'movies', path: crowd.path });
      const bar = page.getByRole('progressbar', { name: 'Scan of Crowd' });
      await bar.waitFor();
      await page
        .getByText(/\d+ of 800 files|\d+ files? found so far/)
        .first()
        .waitFor();
      await bar.waitFor({ state: 'detached', timeout: 120_000 });
      await page
        .getByText(/800 titles/)
        .first()
        .waitFor();
      expect(await page.evaluate(() => 'neverReloaded' in window)).toBe(true);
    },
    180_000,
  );

  browser.test('a file that was not recognised says why, and is put into its place by hand', async () => {
    await page.goto('/admin/attention');
    const rows = page.getByRole('main').getByRole('listitem');
    await rows
      .filter({ hasText: 'Broken (2003).mkv' })
      .getByText(/\w{3,}/)
      .first()
      .waitFor();
    await rows.filter({ hasText: '1.mkv' }).getByRole('button', { name: 'Say what it is' }).click();
    const dialog = page.getByRole('dialog', { name: 'What is it?' });
    await dialog.getByLabel('Title').fill('');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Type the title.').waitFor();
    await dialog.getByLabel('Title').fill('One');
    await dialog.getByLabel('Year').fill('1999');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('“One” is in the library.').waitFor();
    await rows.filter({ hasText: /^1\.mkv/ }).waitFor({ state: 'detached' });
    const { items } = await admin.call(titleRoutes.list, { q: 'One' });
    expect(items).toEqual([expect.objectContaining({ name: 'One', year: 1999 })]);
    await page.goto('/movies?year=1999');
    await page.getByRole('main').getByRole('link', { name: /^One/ }).first().waitFor();
  });

  // The files are not in this repository; other suites have their own odd files everywhere.
  (existsSync(oddMedia) ? browser.test : test.skip)(
    'odd real files are all in the library or in the list of those that need a look',
    async () => {
      const id = await addLibrary(admin, 'mixed', oddMedia, 120_000);
      await page.goto('/admin/libraries');
      const { items } = await admin.call(libraryRoutes.list);
      const library = items.find((one) => one.id === id);
      expect(library?.fileCount).toBeGreaterThan(15);
      await page.goto(`/admin/attention?library=${id}`);
      const waiting = (library?.unmatchedCount ?? 0) + (library?.failedCount ?? 0);
      if (waiting > 0) await page.getByText(new RegExp(`^${waiting} files?$`)).waitFor();
      else await page.getByText('Everything has its place').waitFor();
    },
    150_000,
  );
});
