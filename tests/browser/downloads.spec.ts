import { createHash } from 'node:crypto';
import { readFile, stat, utimes, writeFile } from 'node:fs/promises';
import type { Download as SavedFile, Page } from 'playwright-core';
import { type Download, downloadRoutes } from '../../contract/src/download.js';
import { filesAmong, sourceRoutes } from '../../contract/src/source.js';
import { titleRoutes } from '../../contract/src/title.js';
import { addLibrary, signIn } from '../support/app.js';
import { browserForFile, desktop, phone, type Visitor } from '../support/browser.js';
import type { Client } from '../support/client.js';
import { filmSeconds } from '../support/clips.js';
import { Hearth } from '../support/hearth.js';
import { MediaFolder } from '../support/media-folder.js';
import { waitFor } from '../support/wait-for.js';
import { axe, overflow, smallTargets } from '../support/page-audit.js';
import { decode } from '../support/stream-fetch.js';

const password = 'correct horse';

/** A whole second, which can be set again exactly. */
const age = (path: string): Promise<void> => utimes(path, 1_700_000_000, 1_700_000_000);

/** Leaves nothing of a file but its size and age, as a dying disk does: a scan sees no change. */
async function ruin(path: string): Promise<void> {
  const { size } = await stat(path);
  await writeFile(path, Buffer.alloc(size));
  await age(path);
}

describe('downloads', () => {
  const browser = browserForFile();
  let hearth: Hearth;
  let media: MediaFolder;
  let ada: Client;
  let visitor: Visitor;
  let page: Page;
  let film: string;

  beforeAll(async () => {
    media = await MediaFolder.make();
    film = await media.film('Long Crossing', { year: 2020 });
    const doomed = await media.film('Doomed Voyage', { year: 1912 });
    await age(doomed);
    hearth = await Hearth.start();
    ada = await hearth.setUp('Ada', password);
    await addLibrary(ada, 'movies', media.path);
    await ruin(doomed);
    visitor = await browser.visitor(hearth.client.baseUrl, { acceptDownloads: true });
    ({ page } = visitor);
    await signIn(page, 'Ada', password);
  }, 120_000);
  afterAll(async () => {
    await hearth.dispose();
    await media.remove();
  });

  async function titleId(name: string): Promise<string> {
    const { items } = await ada.call(titleRoutes.list, {});
    const found = items.find((one) => one.name === name);
    if (!found) throw new Error(`no title is called ${name}`);
    return found.id;
  }

  /** Opens the menu of a film's version on its page and picks `entry`. */
  async function pick(name: string, entry: RegExp | string): Promise<void> {
    await page.goto(`/title/${await titleId(name)}`);
    await page.getByRole('button', { name: /^Download/ }).click();
    await page.getByRole('menuitem', { name: entry, exact: true }).click();
  }

  const downloads = async (): Promise<Download[]> => (await ada.call(downloadRoutes.list)).items;
  const row = (name: string) => page.getByRole('main').getByRole('listitem').filter({ hasText: name });
  const saved = async (file: SavedFile) => readFile(await file.path());
  const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

  browser.test('without any, the page says how to get one', async () => {
    await page.goto('/downloads');
    await page.getByRole('heading', { name: 'Nothing to take along yet' }).waitFor();
    expect(await axe(page)).toEqual([]);
  });

  browser.test('the original is saved at once, byte for byte, and again from the list', async () => {
    const [first] = await Promise.all([
      page.waitForEvent('download'),
      pick('Long Crossing', /^Original file/),
    ]);
    expect(first.suggestedFilename()).toBe('Long Crossing (2020).mp4');
    expect(digest(await saved(first))).toBe(digest(await readFile(film)));
    await page.getByText('is being saved by your browser').waitFor();
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.waitForURL('**/downloads');
    const [second] = await Promise.all([
      page.waitForEvent('download'),
      row('Long Crossing')
        .getByRole('link', { name: /^Download/ })
        .click(),
    ]);
    expect(digest(await saved(second))).toBe(digest(await readFile(film)));
    expect(await downloads()).toHaveLength(1);
  });

  browser.test(
    'a smaller one is converted while the page tells how far, and is then saved whole',
    async () => {
      await page.goto('/downloads');
      await row('Long Crossing').waitFor();
      await page.evaluate(() => {
        const seen = new Set<string>();
        Object.assign(window, { seen });
        new MutationObserver(() => {
          for (const bar of document.querySelectorAll('[role=progressbar]'))
            seen.add(bar.getAttribute('aria-valuenow') ?? '');
        }).observe(document.body, { subtree: true, childList: true, attributes: true });
      });
      const source = await ada.call(sourceRoutes.ofTitle, { id: await titleId('Long Crossing') });
      const { fileId = '' } = filesAmong(source.items)[0] ?? {};
      await ada.call(downloadRoutes.create, { fileId, quality: '360p' });
      const small = row('360p');
      await small.getByRole('link', { name: /^Download/ }).waitFor({ timeout: 90_000 });
      const seen = await page.evaluate(() => [...(window as unknown as { seen: Set<string> }).seen]);
      // Told by events: the page was never loaded again.
      expect(seen.filter((value) => Number(value) > 0).length).toBeGreaterThan(1);
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        small.getByRole('link', { name: /^Download/ }).click(),
      ]);
      expect(file.suggestedFilename()).toMatch(/^Long Crossing \(2020\).*360p.*\.mp4$/);
      const bytes = await saved(file);
      const [newest] = await downloads();
      expect(bytes.length).toBe(newest?.size);
      expect(Math.abs((await decode([bytes])).seconds - filmSeconds)).toBeLessThan(0.2);
      // What a browser asks for when it goes on with an interrupted download.
      const rest = await ada.fetch(newest?.url ?? '', { headers: { range: 'bytes=1000-' } });
      expect(rest.status).toBe(206);
      expect(Buffer.from(await rest.arrayBuffer()).equals(bytes.subarray(1000))).toBe(true);
    },
    120_000,
  );

  browser.test('one that cannot be made says so, and can be tried again', async () => {
    await pick('Doomed Voyage', '360p');
    await page.getByText('The 360p version is being made.').waitFor();
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    const doomed = row('Doomed Voyage');
    await doomed.getByText('Could not be made: Invalid data found').waitFor({ timeout: 45_000 });
    await doomed.getByRole('button', { name: 'Try again' }).waitFor();
    expect(await axe(page)).toEqual([]);
    await doomed.getByRole('button', { name: 'Try again' }).click();
    await doomed.getByText(/Waiting for its turn|Converting/).waitFor();
    await doomed.getByText(/Could not be made: \S/).waitFor({ timeout: 45_000 });
  });

  browser.test('the list fits a phone', async () => {
    await page.setViewportSize(phone);
    await page.goto('/downloads');
    await row('Doomed Voyage').waitFor();
    expect(await smallTargets(page)).toEqual([]);
    expect(await axe(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await overflow(page)).toEqual({ pixels: 0, culprits: [] });
    await page.setViewportSize(desktop);
  });

  browser.test('what is taken off the list is gone for good', async () => {
    await page.goto('/downloads');
    for (let left = (await downloads()).length; left > 0; left -= 1) {
      await page
        .getByRole('button', { name: /^Take off the list/ })
        .first()
        .click();
      await page.waitForFunction((count) => document.querySelectorAll('main li').length === count, left - 1);
    }
    await page.getByRole('heading', { name: 'Nothing to take along yet' }).waitFor();
    // The list is drawn without it before the server has heard of it.
    await waitFor(async () => (await downloads()).length === 0, 'the server to forget them');
  });
});
