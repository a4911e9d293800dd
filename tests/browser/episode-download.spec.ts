import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addLibrary, signIn } from '../support/app.js';
import { browserForFile } from '../support/browser.js';
import { Hearth } from '../support/hearth.js';
import { MediaFolder } from '../support/media-folder.js';
import { axe } from '../support/page-audit.js';
import { titleNamed } from '../support/scanned.js';

const password = 'correct horse';

describe('episodes to take along', () => {
  const browser = browserForFile();
  let hearth: Hearth;
  let media: MediaFolder;

  beforeAll(async () => {
    media = await MediaFolder.make();
    await media.series('Harbour Nine', 2018, [2]);
    hearth = await Hearth.start();
  }, 120_000);
  afterAll(async () => {
    await hearth.dispose();
    await media.remove();
  });

  browser.test('an episode has the menu that films have, also by the keyboard', async () => {
    const ada = await hearth.setUp('Ada', password);
    await addLibrary(ada, 'series', media.path);
    const { page } = await browser.visitor(hearth.client.baseUrl, { acceptDownloads: true });
    await signIn(page, 'Ada', password);
    await page.goto(`/title/${(await titleNamed(ada, 'Harbour Nine')).id}?season=1`);
    const episode = page.locator('app-episode-row').nth(1);
    const button = episode.getByRole('button', { name: /^Download/ });
    await button.focus();
    await button.press('Enter');
    await episode.getByRole('menuitem', { name: /^Original file/ }).waitFor();
    await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'menuitem');
    expect(await axe(page)).toEqual([]);
    const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    expect(file.suggestedFilename()).toBe('Harbour Nine S01E02.mp4');
    const source = await readFile(join(media.path, 'Harbour Nine (2018)/Season 01/Harbour Nine S01E02.mp4'));
    expect((await readFile(await file.path())).equals(source)).toBe(true);
  });
});
