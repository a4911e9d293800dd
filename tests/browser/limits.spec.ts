import type { Page } from 'playwright-core';
import { accountRoutes } from '../../contract/src/account.js';
import { addLibrary, signIn } from '../support/app.js';
import { browserForFile, phone } from '../support/browser.js';
import type { Client } from '../support/client.js';
import { Hearth } from '../support/hearth.js';
import { MediaFolder } from '../support/media-folder.js';
import { axe, overflow, smallTargets } from '../support/page-audit.js';

/** What an administrator keeps from whom, on the page of the people. */
describe('limits', () => {
  const browser = browserForFile();
  let hearth: Hearth;
  let folders: MediaFolder[];
  let admin: Client;
  let page: Page;
  let libraryIds: string[];

  beforeAll(async () => {
    folders = await Promise.all([MediaFolder.make(), MediaFolder.make()]);
    for (const folder of folders) await folder.tinyFilm('Some Film', { year: 2001 });
    hearth = await Hearth.start();
    admin = await hearth.setUp('Ada', 'correct horse');
    await admin.call(accountRoutes.createUser, { username: 'Tim', password: 'long enough', role: 'child' });
    libraryIds = [];
    for (const folder of folders) libraryIds.push(await addLibrary(admin, 'movies', folder.path));
    await admin.call(accountRoutes.updateUser, {
      id: 'kids',
      limits: { hiddenLibraryIds: libraryIds.slice(0, 1), maxStreams: 2 },
    });
    ({ page } = await browser.visitor(hearth.client.baseUrl, { viewport: { width: 1280, height: 800 } }));
    await signIn(page, 'Ada', 'correct horse');
  }, 120_000);
  afterAll(async () => {
    await hearth.dispose();
    await Promise.all(folders.map((folder) => folder.remove()));
  });

  const timsLimits = async () =>
    (await admin.call(accountRoutes.users)).items.find(({ username }) => username === 'Tim')?.limits;
  const looksRight = async (where: Page) => {
    expect(await axe(where)).toEqual([]);
    expect(await overflow(where)).toMatchObject({ pixels: 0 });
    if (where.viewportSize()?.width === phone.width) expect(await smallTargets(where)).toEqual([]);
  };

  browser.test('a child gets an age and loses a library; the row says so', async () => {
    await page.goto('/admin/people');
    await page.getByRole('button', { name: 'More for Tim' }).click();
    await page.getByRole('menuitem', { name: 'Limits' }).click();
    const dialog = page.getByRole('dialog', { name: 'Limits for Tim' });
    await dialog.getByRole('switch').nth(1).waitFor();
    expect(await dialog.getByLabel('Films and series').inputValue()).toBe('');
    await dialog.getByLabel('Films and series').selectOption('Up to age 12: for the whole family');
    await dialog.getByRole('switch').first().locator('xpath=..').click();
    await looksRight(page);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('up to age 12 · 1 library hidden').waitFor();
    expect(await timsLimits()).toMatchObject({ maxAge: 12, hiddenLibraryIds: libraryIds.slice(0, 1) });
    await looksRight(page);
  });

  browser.test('and is free again', async () => {
    await page.getByRole('button', { name: 'More for Tim' }).click();
    await page.getByRole('menuitem', { name: 'Limits' }).click();
    const dialog = page.getByRole('dialog', { name: 'Limits for Tim' });
    await dialog.getByLabel('Films and series').selectOption('Everything');
    const hidden = dialog.getByRole('switch', { checked: false });
    await hidden.locator('xpath=..').click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('up to age 12 · 1 library hidden').waitFor({ state: 'detached' });
    expect(await timsLimits()).toMatchObject({ maxAge: null, hiddenLibraryIds: [] });
  });

  browser.test('shared screens are there with what they see, and can be changed', async () => {
    const shared = page.locator('app-shared-viewers');
    await shared.getByText('Everyone (shared screens)').waitFor();
    await shared.getByText('sees everything').waitFor();
    await shared.getByText('up to age 6 · 1 library hidden · 2 streams').waitFor();
    await shared.getByRole('button', { name: 'Limits for Kids' }).click();
    const dialog = page.getByRole('dialog', { name: 'Limits for Kids' });
    expect(await dialog.getByLabel('Films and series').inputValue()).toBe('6');
    await dialog.getByLabel('Films and series').selectOption('Only what is for all ages');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await shared.getByText('for all ages only · 1 library hidden · 2 streams').waitFor();
    const { items } = await admin.call(accountRoutes.sharedViewers);
    expect(items.find(({ id }) => id === 'kids')?.limits.maxAge).toBe(0);
  });

  browser.test('an age that another program set stays until another is chosen', async () => {
    await admin.call(accountRoutes.updateUser, { id: 'household', limits: { maxAge: 14 } });
    await page.reload();
    const shared = page.locator('app-shared-viewers');
    await shared.getByText('up to age 14').waitFor();
    await shared.getByRole('button', { name: 'Limits for Everyone (shared screens)' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByLabel('Films and series').inputValue()).toBe('14');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'hidden' });
    const { items } = await admin.call(accountRoutes.sharedViewers);
    expect(items.find(({ id }) => id === 'household')?.limits.maxAge).toBe(14);
  });

  browser.test('on a phone, in German, in both themes', async () => {
    for (const theme of ['dark', 'light'] as const) {
      await admin.call(accountRoutes.updateMe, { preferences: { theme, language: 'en' } });
      const { page: small } = await browser.visitor(hearth.client.baseUrl, { viewport: phone });
      await signIn(small, 'Ada', 'correct horse');
      await admin.call(accountRoutes.updateMe, { preferences: { language: 'de' } });
      await small.goto('/admin/people');
      const shared = small.locator('app-shared-viewers');
      await shared.getByText('Alle (gemeinsame Bildschirme)').waitFor();
      await looksRight(small);
      await shared.getByRole('button', { name: 'Grenzen für Kinder' }).click();
      await small.getByRole('dialog').getByRole('switch').nth(1).waitFor();
      await looksRight(small);
      await small.close();
    }
  });
});
